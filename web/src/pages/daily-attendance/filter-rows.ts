import type { DailyRow } from '../../../../src/contract/daily-report.ts';
import type { DailySearch } from './daily-search.ts';

export type RowFilter = Pick<DailySearch, 'q' | 'status' | 'team' | 'location' | 'flag'>;

/** What stands in a filter for rows that have no team or no location. */
export const noneGiven = '-';

/** The rows that fit all filters; within one filter any of its values will do. */
export function filterRows(rows: readonly DailyRow[], filter: RowFilter): readonly DailyRow[] {
  const words = plain(filter.q ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const tests: ((row: DailyRow) => boolean)[] = [];
  if (words.length > 0) tests.push((row) => words.every((word) => textOf(row).includes(word)));
  const { status, team, location, flag } = filter;
  if (status !== undefined) tests.push((row) => status.includes(row.status));
  if (team !== undefined) tests.push((row) => team.includes(row.team ?? noneGiven));
  if (location !== undefined) tests.push((row) => location.includes(row.location ?? noneGiven));
  if (flag !== undefined) tests.push((row) => row.flags.some((one) => flag.includes(one)));
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

export function isFiltered({ q, status, team, location, flag }: RowFilter): boolean {
  return [q, status, team, location, flag].some((value) => value !== undefined);
}

/** How many rows there are of each status, with every other filter applied: what a click on the count would show. */
export function countStatuses(rows: readonly DailyRow[], filter: RowFilter): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { status } of filterRows(rows, { ...filter, status: undefined })) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return counts;
}

/** The values that a column has, sorted; with `noneGiven` last where some rows have none. */
export function valuesIn(rows: readonly DailyRow[], column: 'team' | 'location'): readonly string[] {
  const values = new Set(rows.map((row) => row[column] ?? noneGiven));
  const order = new Intl.Collator(undefined, { numeric: true });
  return [...values].toSorted((a, b) => (a === noneGiven ? 1 : b === noneGiven ? -1 : order.compare(a, b)));
}

const texts = new WeakMap<DailyRow, string>();

function textOf(row: DailyRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const made = plain([row.name, row.employeeId, row.email, row.employeeNumber].join('\n'));
  texts.set(row, made);
  return made;
}

/** Without capitals and accents, so that `jose` finds José. Vowel signs of Devanagari are letters and stay. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u{300}-\u{36F}]/gu, '')
    .toLowerCase();
}
