import { plainText } from '../plain-text.ts';
import type { DailyReport, DailyRow, ReportFlag, ReportStatus } from './daily-row.ts';
import type { DailySortColumn } from './daily-sort-columns.ts';

/** Which rows of a day are wanted, in which order. Within one filter any of its values will do. */
export type DailySelection = {
  /** Words that all occur in name, Employee ID, e-mail or number in Keka. */
  readonly search?: string | undefined;
  readonly status?: readonly ReportStatus[] | undefined;
  /** `-` stands for none. */
  readonly team?: readonly string[] | undefined;
  readonly location?: readonly string[] | undefined;
  readonly flag?: readonly ReportFlag[] | undefined;
  readonly sort?: { readonly column: DailySortColumn; readonly isDescending: boolean } | undefined;
};

const noneGiven = '-';

/** The same report with the rows that are left: what the screen shows, a file holds. */
export function selectRows(report: DailyReport, selection: DailySelection): DailyReport {
  const { search, status, team, location, flag, sort } = selection;
  const words = plainText(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const rows = report.rows.filter(
    (row) =>
      (status?.includes(row.status) ?? true) &&
      (team?.includes(row.team ?? noneGiven) ?? true) &&
      (location?.includes(row.location ?? noneGiven) ?? true) &&
      (flag === undefined || row.flags.some((one) => flag.includes(one))) &&
      (words.length === 0 || fits(row, words)),
  );
  return { ...report, rows: sort === undefined ? rows : sortRows(rows, sort) };
}

function fits({ name, employeeId, email, employeeNumber }: DailyRow, words: readonly string[]): boolean {
  const text = plainText([name, employeeId, email, employeeNumber].join('\n'));
  return words.every((word) => text.includes(word));
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function sortRows(
  rows: readonly DailyRow[],
  { column, isDescending }: NonNullable<DailySelection['sort']>,
): readonly DailyRow[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a, column), valueOf(b, column)];
    // What has no value comes last, whichever way round.
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const result =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : order.compare(String(left), String(right));
    return isDescending ? -result : result;
  });
}

function valueOf(row: DailyRow, column: DailySortColumn): string | number | null {
  switch (column) {
    case 'employeeId':
      return row.employeeId ?? row.employeeNumber;
    case 'firstIn':
    case 'lastOut':
      return row[column]?.instant ?? null;
    case 'effective':
    case 'gross':
    case 'break':
    case 'expected':
    case 'late':
    case 'earlyOut':
    case 'overtime':
      return row[`${column}Minutes`];
    case 'flags':
      return row.flags.length === 0 ? null : row.flags.length;
    case 'lastFetched':
      return row.lastFetchedAt;
    case 'name':
    case 'employeeNumber':
    case 'email':
    case 'team':
    case 'location':
    case 'designation':
    case 'status':
    case 'connection':
      return row[column];
  }
}
