import type { DailySort, ReportFlag, ReportStatus } from '../../../../src/contract/daily-report.ts';
import { allOf, oneOf } from '../../search-text.ts';
import { isDate } from '../../time/is-date.ts';

/** What the address of the page says: every filter, the order, and who is open. Sent to somebody, it shows the same. */
export type DailySearch = {
  readonly date?: string | undefined;
  readonly q?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly team?: readonly string[] | undefined;
  readonly location?: readonly string[] | undefined;
  readonly flag?: readonly string[] | undefined;
  /** A column, with a minus before it for the other way round. */
  readonly sort?: string | undefined;
  readonly person?: string | undefined;
};

export function toDailySearch(given: Record<string, unknown>): DailySearch {
  const date = oneOf(given['date']);
  return {
    date: date !== undefined && isDate(date) ? date : undefined,
    q: oneOf(given['q']),
    status: allOf(given['status']),
    team: allOf(given['team']),
    location: allOf(given['location']),
    flag: allOf(given['flag']),
    sort: oneOf(given['sort']),
    person: oneOf(given['person']),
  };
}

/** The same filters and order as the server is asked for them; what it does not know is left out. */
export function filtersOf({ q, status, team, location, flag, sort }: DailySearch) {
  return {
    search: q,
    // An address that was written by hand may hold what there is not; the server says so.
    status: status === undefined ? undefined : ([...status] as ReportStatus[]),
    team: team === undefined ? undefined : [...team],
    location: location === undefined ? undefined : [...location],
    flag: flag === undefined ? undefined : ([...flag] as ReportFlag[]),
    sort: sort as DailySort | undefined,
  };
}
