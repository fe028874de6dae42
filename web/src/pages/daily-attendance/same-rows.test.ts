import { array, assert, constantFrom, option, property, record, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DailyReport, DailyRow } from '../../../../src/reports/daily/daily-row.ts';
import { selectRows } from '../../../../src/reports/daily/select-rows.ts';
import { filterRows } from './filter-rows.ts';

const statuses = ['present', 'absent', 'not_linked'] as const;
const teams = ['Sales', 'Team 9', '-'] as const;
const flags = ['changed', 'missing_out'] as const;

const row = record({
  name: constantFrom('Asha Rao', 'José Pérez', 'प्रिया ठाकुर', null),
  employeeId: constantFrom('00120', '7', null),
  email: constantFrom('asha@x.example', null),
  employeeNumber: constantFrom('X9', null),
  team: constantFrom('Sales', 'Team 9', null),
  location: constantFrom('Pune', null),
  status: constantFrom(...statuses),
  flags: subarray([...flags]),
});
const some = <Value>(...values: readonly Value[]) =>
  option(subarray([...values], { minLength: 1 }), { nil: undefined });
const filter = record({
  q: constantFrom(undefined, '', 'rao', 'JOSE perez', 'x9 ', 'प्रिया', 'nobody'),
  status: some(...statuses),
  team: some(...teams),
  location: some('Pune', '-'),
  flag: some(...flags),
});

describe('the rows that the page shows', () => {
  it('are those that the same filters leave in a file', () => {
    assert(
      property(array(row, { maxLength: 20 }), filter, (given, { q, ...filters }) => {
        const rows = given as unknown as readonly DailyRow[]; // the columns that filters look at
        const report = { rows } as DailyReport; // nothing else is looked at
        expect(selectRows(report, { search: q, ...filters }).rows).toEqual(
          filterRows(rows, { q, ...filters }),
        );
      }),
    );
  });
});
