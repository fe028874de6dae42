import { type DateWindow } from '../date-window.ts';

/**
 * Why a date is read: `new` is yesterday, `missed` an earlier date that was never read completely, `recheck` one that
 * reached an age at which corrections are looked for, `unfinished` one with a day that was not over when it was read.
 */
export type ReadReason = 'new' | 'missed' | 'recheck' | 'unfinished';

export type DateToRead = { readonly date: Temporal.PlainDate; readonly reason: ReadReason };

export type ReadPlanInput = {
  /** Where the organisation is. Dates from today on are never part of a morning. */
  readonly today: Temporal.PlainDate;
  /** Ages in days at which a date is read again, of any order. */
  readonly ages: readonly number[];
  /** From this date on, every date is to be read. */
  readonly promisedFrom: Temporal.PlainDate;
  /** The oldest date that Keka is believed to serve. */
  readonly servedFrom: Temporal.PlainDate;
  /**
   * The local date of the last complete read of each date that had one; null for a read that is said to lie in the
   * future, which a clock that was wrong for a while leaves behind, and which counts as none.
   */
  readonly lastReadOn: ReadonlyMap<string, Temporal.PlainDate | null>;
  /** Dates with days that were pending or in progress when they were read, and are over now. */
  readonly unfinished: readonly Temporal.PlainDate[];
};

export type ReadPlan = {
  /** Sorted, each once. */
  readonly dates: readonly DateToRead[];
  /** Dates that were to be read and are served no longer. */
  readonly lost: DateWindow | null;
};

/** What a morning reads, from what was read before: a missed morning changes nothing but that more is to be done. */
export function planReads(input: ReadPlanInput): ReadPlan {
  const { today, promisedFrom, servedFrom, lastReadOn } = input;
  const yesterday = today.subtract({ days: 1 });
  const unfinished = new Set(input.unfinished.map(String));
  const ages = input.ages.toSorted((a, b) => b - a);
  const dates: DateToRead[] = [];
  for (
    let date = servedFrom;
    Temporal.PlainDate.compare(date, yesterday) <= 0;
    date = date.add({ days: 1 })
  ) {
    const reason = reasonFor(date);
    if (reason !== null) dates.push({ date, reason });
  }
  return { dates, lost: lostDates(promisedFrom, servedFrom, lastReadOn) };

  function reasonFor(date: Temporal.PlainDate): ReadReason | null {
    const key = date.toString();
    const readOn = lastReadOn.get(key);
    if (readOn === undefined) {
      if (Temporal.PlainDate.compare(date, promisedFrom) < 0) return null;
      return date.equals(yesterday) ? 'new' : 'missed';
    }
    if (unfinished.has(key)) return 'unfinished';
    const age = ageOn(date, today);
    const wanted = ages.find((one) => one <= age);
    if (wanted === undefined) return null;
    return readOn === null || ageOn(date, readOn) < wanted ? 'recheck' : null;
  }
}

function ageOn(date: Temporal.PlainDate, day: Temporal.PlainDate): number {
  return date.until(day, { largestUnit: 'days' }).days;
}

function lostDates(
  promisedFrom: Temporal.PlainDate,
  servedFrom: Temporal.PlainDate,
  lastReadOn: ReadPlanInput['lastReadOn'],
): DateWindow | null {
  const missing: Temporal.PlainDate[] = [];
  for (
    let date = promisedFrom;
    Temporal.PlainDate.compare(date, servedFrom) < 0;
    date = date.add({ days: 1 })
  ) {
    if (!lastReadOn.has(date.toString())) missing.push(date);
  }
  const [from, to] = [missing[0], missing.at(-1)];
  return from === undefined || to === undefined ? null : { from, to };
}

/**
 * The oldest date that is worth asking for. Keka serves "the last three months": whether these are calendar months or 90 days
 * nobody has said, so the longer of the two is tried, and what is refused is told.
 */
export function oldestServed(today: Temporal.PlainDate): Temporal.PlainDate {
  const [months, days] = [today.subtract({ months: 3 }), today.subtract({ days: 90 })];
  return Temporal.PlainDate.compare(months, days) < 0 ? months : days;
}
