/**
 * The date that somebody typed: `2026-03-10`, or `10/3/2026`, `10.3.2026` and `10-3-2026` with the day first, as in India;
 * without a year (`10/3`) the last such date up to `today`. Null where it is none.
 */
export function readDate(text: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const typed = text.trim();
  const byYear = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/.exec(typed);
  const byDay = /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})(?:[/.-](?<year>\d{4}))?$/.exec(typed);
  const { year, month, day } = (byYear ?? byDay)?.groups ?? {};
  if (month === undefined || day === undefined) return null;
  const inYear = (whole: number) => toDate(whole, Number(month), Number(day));
  if (year !== undefined) return inYear(Number(year));
  const thisYear = inYear(today.year);
  if (thisYear !== null && Temporal.PlainDate.compare(thisYear, today) <= 0) return thisYear;
  return inYear(today.year - 1);
}

function toDate(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
