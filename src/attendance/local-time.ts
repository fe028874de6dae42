/** A moment as a person at the place reads it: `HH:MM` and how many days it lies after the day it belongs to. */
export type LocalTime = { readonly time: string; readonly dayOffset: number };

/** Seconds are cut, never rounded up: a punch at 09:59:59 is not a punch at 10:00. */
export function toLocalTime(instant: Temporal.Instant, zone: string, date: Temporal.PlainDate): LocalTime {
  const local = instant.toZonedDateTimeISO(zone);
  return {
    time: local.toPlainTime().toString({ smallestUnit: 'minute', roundingMode: 'trunc' }),
    dayOffset: date.until(local.toPlainDate(), { largestUnit: 'days' }).days,
  };
}

/** `07:10 (+1)`; the offset is shown only when there is one. */
export function formatLocalTime({ time, dayOffset }: LocalTime): string {
  if (dayOffset === 0) return time;
  return `${time} (${dayOffset > 0 ? '+' : ''}${dayOffset})`;
}

/** The calendar day that `now` falls on in a zone. */
export function localDay(now: Temporal.Instant, zone: string): Temporal.PlainDate {
  return now.toZonedDateTimeISO(zone).toPlainDate();
}

export function previousLocalDay(now: Temporal.Instant, zone: string): Temporal.PlainDate {
  return localDay(now, zone).subtract({ days: 1 });
}

/** Whether a name is an IANA zone: abbreviations and bare offsets are refused, they do not say when clocks change. */
export function isZoneName(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Za-z]+(?:[_-][A-Za-z]+)*(?:\/[A-Za-z0-9_+-]+)+$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
