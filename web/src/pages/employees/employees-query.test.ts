import { describe, expect, it } from 'vitest';
import { isFiltered, pageOf, queryOf } from './employees-query.ts';
import { toEmployeesSearch } from './employees-search.ts';

describe('the list of employees', () => {
  it('is asked for with what the address says', () => {
    const search = toEmployeesSearch({ q: 'rao', state: 'left', sort: '-joining_date', page: '3' });
    expect(queryOf(search)).toMatchObject({
      search: 'rao',
      employment: 'left',
      sort: 'joining_date',
      order: 'desc',
      offset: 100,
      limit: 50,
    });
    expect(isFiltered(search)).toBe(true);
    expect(isFiltered(toEmployeesSearch({ sort: 'name', page: '2' }))).toBe(false);
  });

  it('begins at its first page where the address says nonsense', () => {
    for (const page of ['0', '-1', 'two', '1.5']) expect(pageOf({ page })).toBe(1);
  });

  it('counts everybody in one state only', () => {
    expect(queryOf({ state: 'inactive' })).toMatchObject({ status: 'inactive', excluded: 'false' });
    expect(queryOf({ state: 'employed' })).toMatchObject({ status: 'active', excluded: 'false' });
    expect(queryOf({ state: 'excluded' })).toMatchObject({ excluded: 'true' });
  });
});
