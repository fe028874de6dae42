import type { ReportStatus } from '../../../../src/contract/daily-report.ts';
import { oneOf } from '../../search-text.ts';
import { isDate } from '../../time/is-date.ts';

/** What the address of a report says: its dates and every filter. Sent to somebody, it shows the same. */
export type ReportSearch = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly q?: string | undefined;
  readonly team?: string | undefined;
  readonly location?: string | undefined;
  readonly employee?: string | undefined;
  readonly status?: string | undefined;
};

export function toReportSearch(given: Record<string, unknown>): ReportSearch {
  const one = (name: string) => oneOf(given[name]);
  const date = (name: string) => {
    const text = one(name);
    return text !== undefined && isDate(text) ? text : undefined;
  };
  return {
    from: date('from'),
    to: date('to'),
    q: one('q'),
    team: one('team'),
    location: one('location'),
    employee: one('employee'),
    status: one('status'),
  };
}

/** The same as the server is asked for it. */
export function queryOf({ from, to, q, team, location, employee, status }: ReportSearch) {
  const any = (value: string | undefined) => (value === undefined ? undefined : [value]);
  return {
    from,
    to,
    search: q,
    team: any(team),
    location: any(location),
    employee: any(employee),
    // An address that was written by hand may hold what there is not; the server says so.
    status: any(status) as ReportStatus[] | undefined,
  };
}

export function isFiltered({ q, team, location, employee, status }: ReportSearch): boolean {
  return [q, team, location, employee, status].some((filter) => filter !== undefined);
}
