/** Once a day, at a time of the clock in a zone (an IANA name). */
export type DailyTime = { readonly time: Temporal.PlainTime; readonly zone: string };

/** The local date that it is due for, and the moment. */
export type DueTime = { readonly date: Temporal.PlainDate; readonly at: Temporal.Instant };

/** A zone has skipped a date, and may do so again; never two in a row. */
const longestSearchDays = 4;

/**
 * The moment of a date at which the clock shows the time: the first one where it does so twice, the end of the gap where
 * it never does. Null for a date that the zone leaves out.
 */
export function dueOn(date: Temporal.PlainDate, { time, zone }: DailyTime): Temporal.Instant | null {
  const wanted = date.toPlainDateTime(time);
  const before = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (before.toPlainDateTime().equals(wanted)) return before.toInstant();
  const gapEnd = before.getTimeZoneTransition('next');
  return gapEnd !== null && gapEnd.toPlainDate().equals(date) ? gapEnd.toInstant() : null;
}

/** The first due time after `now`, for a date after `after` where one is given. */
export function nextDue(
  daily: DailyTime,
  now: Temporal.Instant,
  after: Temporal.PlainDate | null = null,
): DueTime {
  const today = now.toZonedDateTimeISO(daily.zone).toPlainDate();
  const earliest =
    after === null || Temporal.PlainDate.compare(after, today) < 0 ? today : after.add({ days: 1 });
  for (let days = 0; days <= longestSearchDays; days += 1) {
    const date = earliest.add({ days });
    const at = dueOn(date, daily);
    if (at !== null && Temporal.Instant.compare(at, now) > 0) return { date, at };
  }
  throw new RangeError(
    `No due time within ${longestSearchDays} days of ${earliest.toString()} in ${daily.zone}`,
  );
}

/** The latest due time that is not after `now`. */
export function latestDue(daily: DailyTime, now: Temporal.Instant): DueTime {
  const today = now.toZonedDateTimeISO(daily.zone).toPlainDate();
  for (let days = 0; days <= longestSearchDays; days += 1) {
    const date = today.subtract({ days });
    const at = dueOn(date, daily);
    if (at !== null && Temporal.Instant.compare(at, now) <= 0) return { date, at };
  }
  throw new RangeError(
    `No due time within ${longestSearchDays} days before ${today.toString()} in ${daily.zone}`,
  );
}
