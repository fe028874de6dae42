const minute = 60_000;
const longest = 10 * minute;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const httpDate = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

/**
 * Milliseconds to wait after a refusal for too many requests. `hits` counts the refusals of this page in a row, 1 for
 * the first. Keka refills once a minute, so a header that is absent, unreadable or absurd (negative, past, more than ten
 * minutes) means one minute, and a second refusal never waits less: the first hint was evidently too short.
 */
export function waitAfterRefusal(header: string | null, now: Temporal.Instant, hits: number): number {
  const hinted = header === null ? null : hintedWait(header.trim(), now);
  if (hinted === null || hinted < 0 || hinted > longest) return minute;
  return hits > 1 ? Math.max(minute, hinted) : hinted;
}

function hintedWait(header: string, now: Temporal.Instant): number | null {
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(header)) return Math.ceil(Number(header) * 1000);
  const [, day, monthName = '', year, hour, minute, second] = httpDate.exec(header) ?? [];
  const month = months.indexOf(monthName) + 1;
  if (day === undefined || month === 0) return null;
  try {
    const instant = Temporal.PlainDateTime.from(
      {
        year: Number(year),
        month,
        day: Number(day),
        hour: Number(hour),
        minute: Number(minute),
        second: Number(second),
      },
      { overflow: 'reject' },
    )
      .toZonedDateTime('UTC')
      .toInstant();
    return instant.epochMilliseconds - now.epochMilliseconds;
  } catch {
    return null; // a date that does not exist
  }
}
