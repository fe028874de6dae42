import type { DateRanges } from '../db/schema.ts';
import type { DateWindow } from './date-window.ts';

/** Windows as PostgreSQL reads them. */
export function toDateRanges(windows: readonly DateWindow[]): DateRanges {
  const ranges = windows.map(({ from, to }) => `[${from.toString()},${to.toString()}]`);
  return `{${ranges.join(',')}}` as DateRanges; // the one place that writes them
}

/** What PostgreSQL makes of them: ranges without their last day, sorted, none touching another. */
export function readDateRanges(ranges: DateRanges): readonly DateWindow[] {
  return [...ranges.matchAll(/\[(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)\)/g)].map(([, from = '', end = '']) => ({
    from: Temporal.PlainDate.from(from),
    to: Temporal.PlainDate.from(end).subtract({ days: 1 }),
  }));
}

/** From the first to the last day of all. */
export function hullOf(windows: readonly DateWindow[]): DateWindow {
  const [from] = windows.map((window) => window.from).toSorted((a, b) => Temporal.PlainDate.compare(a, b));
  const [to] = windows.map((window) => window.to).toSorted((a, b) => Temporal.PlainDate.compare(b, a));
  if (from === undefined || to === undefined) throw new RangeError('No dates have no hull');
  return { from, to };
}
