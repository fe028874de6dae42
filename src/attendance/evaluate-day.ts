import type { AttendanceDay, PunchReading } from './attendance-day.ts';

/**
 * Raised whenever the rules below give another answer for the same day, so that stored evaluations can be told
 * apart and made anew.
 */
export const rulesVersion = 1;

export const dayStatuses = [
  'present',
  'absent',
  'weekly_off',
  'half_weekly_off',
  'holiday',
  'unknown_day_type',
  'in_progress',
  'pending',
] as const;
export type DayStatus = (typeof dayStatuses)[number];

export const dayFlags = [
  'missing_in',
  'missing_out',
  'single_punch',
  'implausible_punch',
  'bad_timestamp',
  'worked_on_weekly_off',
  'worked_on_holiday',
  'half_weekly_off',
  'unknown_day_type',
  'hours_not_computed',
] as const;
export type DayFlag = (typeof dayFlags)[number];

export type Evaluation = { readonly status: DayStatus; readonly flags: readonly DayFlag[] };

/** What the organisation decides. `zone` is an IANA name. */
export type AttendancePolicy = {
  readonly zone: string;
  /** How long after the end of a shift a punch may still arrive: minutes. */
  readonly graceAfterShiftMinutes: number;
};

/** Keka's day types [documented]; every other number is kept and called unknown. */
const dayTypes = { workingDay: 0, holiday: 1, weeklyOff: 2, firstHalfOff: 3, secondHalfOff: 4 } as const;

/** A span longer than this between first in and last out is more likely a wrong punch than a day's work. */
const longestPlausibleSpan = 24n * 3_600_000_000_000n;

type DayToEvaluate = Pick<
  AttendanceDay,
  'date' | 'dayType' | 'shiftEnd' | 'firstIn' | 'lastOut' | 'grossMinutes' | 'effectiveMinutes'
>;

/**
 * The status and flags of one day as it was read at `readAt`. What was read before the day was over (the local day,
 * or the shift with its grace, whichever ends later) is never final: absent and missing out are conclusions.
 */
export function evaluateDay(
  day: DayToEvaluate,
  policy: AttendancePolicy,
  readAt: Temporal.Instant,
): Evaluation {
  return createDayEvaluator(policy, readAt)(day);
}

/** The same for many days of one read: where a local day ends is worked out once for each date. */
export function createDayEvaluator(
  policy: AttendancePolicy,
  readAt: Temporal.Instant,
): (day: DayToEvaluate) => Evaluation {
  // Instants as whole numbers: this runs for every record of every page.
  const readAtNanoseconds = readAt.epochNanoseconds;
  const grace = BigInt(policy.graceAfterShiftMinutes) * 60_000_000_000n;
  const dayEnds = new Map<string, bigint>();
  let latest: { readonly date: Temporal.PlainDate; readonly end: bigint } | null = null;
  const endOfDay = (date: Temporal.PlainDate): bigint => {
    // Most often it is the very date of the record before.
    if (latest?.date === date) return latest.end;
    const key = date.toString();
    const known = dayEnds.get(key);
    if (known !== undefined) return known;
    const end = date.add({ days: 1 }).toZonedDateTime(policy.zone).epochNanoseconds;
    dayEnds.set(key, end);
    latest = { date, end };
    return end;
  };
  return (day) => {
    const dayEnd = endOfDay(day.date);
    // Without a shift the day itself is what may still get a punch.
    const shiftEnd = (day.shiftEnd?.epochNanoseconds ?? dayEnd) + grace;
    return evaluate(day, readAtNanoseconds > (dayEnd > shiftEnd ? dayEnd : shiftEnd));
  };
}

function evaluate(day: DayToEvaluate, isFinal: boolean): Evaluation {
  const hasIn = day.firstIn.kind !== 'none';
  const hasOut = day.lastOut.kind !== 'none';
  const worked = hasIn || hasOut;
  const flags: DayFlag[] = [];

  if (isFinal && hasIn && !hasOut) flags.push('missing_out');
  if (hasOut && !hasIn) flags.push('missing_in');
  if (isUnreadable(day.firstIn) || isUnreadable(day.lastOut)) flags.push('bad_timestamp');
  flags.push(...flagsOfPair(day));
  flags.push(...flagsOfDayType(day.dayType, worked));
  return { status: statusOf(day.dayType, { worked, isFinal, hasOut }), flags };
}

function isUnreadable(reading: PunchReading): boolean {
  return reading.kind === 'unreadable' || (reading.kind === 'punch' && reading.newest === 'unreadable');
}

function statusOf(
  dayType: number | null,
  { worked, isFinal, hasOut }: { worked: boolean; isFinal: boolean; hasOut: boolean },
): DayStatus {
  // Whatever the day type: only a day in progress is evaluated anew although its record stays the same.
  if (worked && !isFinal && !hasOut) return 'in_progress';
  if (dayType === dayTypes.weeklyOff) return 'weekly_off';
  if (dayType === dayTypes.holiday) return 'holiday';
  if (worked) return 'present';
  if (dayType === dayTypes.firstHalfOff || dayType === dayTypes.secondHalfOff) return 'half_weekly_off';
  if (dayType !== dayTypes.workingDay) return 'unknown_day_type';
  return isFinal ? 'absent' : 'pending';
}

function flagsOfDayType(dayType: number | null, worked: boolean): DayFlag[] {
  switch (dayType) {
    case dayTypes.workingDay:
      return [];
    case dayTypes.weeklyOff:
      return worked ? ['worked_on_weekly_off'] : [];
    case dayTypes.holiday:
      return worked ? ['worked_on_holiday'] : [];
    case dayTypes.firstHalfOff:
    case dayTypes.secondHalfOff:
      return worked ? ['half_weekly_off'] : [];
    case null:
    default:
      return worked ? ['unknown_day_type'] : [];
  }
}

function flagsOfPair(day: DayToEvaluate): DayFlag[] {
  const flags: DayFlag[] = [];
  const [firstIn, lastOut] = [day.firstIn, day.lastOut];
  if (firstIn.kind === 'punch' && lastOut.kind === 'punch') {
    const span = lastOut.punch.at.epochNanoseconds - firstIn.punch.at.epochNanoseconds;
    if (span === 0n) flags.push('single_punch');
    if (span < 0n || span > longestPlausibleSpan) flags.push('implausible_punch');
    else if (span > 0n && day.grossMinutes !== null && day.effectiveMinutes === null) {
      flags.push('hours_not_computed');
    }
  }
  return flags;
}
