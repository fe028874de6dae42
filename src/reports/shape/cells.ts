import { formatLocalTime, type LocalTime, toLocalTime } from '../../attendance/local-time.ts';

/** A punch: what the clock at the company showed, and the same as an instant in UTC. */
export type Moment = LocalTime & { readonly instant: string };

/** What programs compare (`code`) and people read (`text`). */
export type Worded = { readonly code: string | number | readonly string[]; readonly text: string };

export type Cell = string | number | Moment | Worded | null;

/**
 * What a column holds. `text` is never a number, whatever it looks like; `date` is `YYYY-MM-DD`, `instant` is UTC;
 * `minutes` and `count` are whole numbers; `percent` is 0 to 100 with one decimal.
 */
export const cellKinds = [
  'text',
  'date',
  'time',
  'minutes',
  'count',
  'percent',
  'instant',
  'worded',
] as const;
export type CellKind = (typeof cellKinds)[number];

export function toMoment(instant: Temporal.Instant, zone: string, date: Temporal.PlainDate): Moment {
  return { ...toLocalTime(instant, zone, date), instant: instant.toString() };
}

/** A cell as it stands in CSV, in a table and on paper; numbers stay numbers. */
export function cellText(cell: Cell): string | number | null {
  if (typeof cell !== 'object' || cell === null) return cell;
  return isMoment(cell) ? formatLocalTime(cell) : cell.text;
}

/** A cell as programs get it. */
export type JsonCell = string | number | readonly string[] | Moment | null;

export function cellJson(cell: Cell): JsonCell {
  if (typeof cell !== 'object' || cell === null || isMoment(cell)) return cell;
  return cell.code;
}

export function isMoment(cell: Moment | Worded): cell is Moment {
  return 'instant' in cell;
}

/** A share in percent with one decimal; none of nothing. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part * 1000) / whole) / 10;
}
