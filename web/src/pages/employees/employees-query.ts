import type { EmployeeSort } from '../../../../src/contract/employees.ts';
import type { Question } from '../../api/ask.ts';
import { parseSort } from '../../parts/data-table/sort-text.ts';
import type { EmployeesSearch } from './employees-search.ts';

type Query = NonNullable<Question<'GET /api/v1/employees'>['query']>;
type Filters = Pick<
  Query,
  'search' | 'team' | 'location' | 'tag' | 'status' | 'employment' | 'excluded' | 'link'
>;

export const pageSize = 50;

const byState: Readonly<Record<string, Filters>> = {
  employed: { employment: 'employed', status: 'active', excluded: 'false' },
  to_join: { employment: 'to_join', status: 'active', excluded: 'false' },
  left: { employment: 'left', status: 'active', excluded: 'false' },
  inactive: { status: 'inactive', excluded: 'false' },
  excluded: { excluded: 'true' },
};

/** The filters as the server is asked for them, for the list and for files of it. */
export function filtersOf({ q, state, team, location, tag, link }: EmployeesSearch): Filters {
  return {
    search: q,
    team,
    location,
    tag,
    // An address that was written by hand may hold what there is not; the server says so.
    link: link as Filters['link'],
    ...(state === undefined ? {} : byState[state]),
  };
}

export function queryOf(search: EmployeesSearch): Query {
  const sort = parseSort(search.sort);
  return {
    ...filtersOf(search),
    ...(sort === null ? {} : { sort: sort.id as EmployeeSort, order: sort.desc ? 'desc' : 'asc' }),
    offset: (pageOf(search) - 1) * pageSize,
    limit: pageSize,
  };
}

export function pageOf({ page }: Pick<EmployeesSearch, 'page'>): number {
  const number = Number(page ?? 1);
  return Number.isInteger(number) && number >= 1 && number <= 100_000 ? number : 1;
}

export function isFiltered({ q, state, team, location, tag, link }: EmployeesSearch): boolean {
  return [q, state, team, location, tag, link].some((value) => value !== undefined);
}
