import { describe, expect, it } from 'vitest';
import type { DailyRow } from '../../../../src/contract/daily-report.ts';
import { toDailySearch } from './daily-search.ts';
import { countStatuses, filterRows, isFiltered, noneGiven, valuesIn } from './filter-rows.ts';

function row(of: Partial<DailyRow>): DailyRow {
  return {
    date: '2026-03-10',
    employeeId: null,
    name: null,
    email: null,
    team: null,
    designation: null,
    location: null,
    leavingDate: null,
    connection: null,
    sourceGuid: null,
    employeeNumber: null,
    link: 'linked',
    firstIn: null,
    lastOut: null,
    grossMinutes: null,
    effectiveMinutes: null,
    breakMinutes: null,
    lateMinutes: null,
    earlyOutMinutes: null,
    overtimeMinutes: null,
    expectedMinutes: null,
    recordedStatus: 'present',
    note: null,
    notedBy: null,
    shiftStart: null,
    shiftEnd: null,
    dayType: null,
    status: 'present',
    flags: [],
    lastFetchedAt: null,
    ...of,
  };
}

const asha = row({ name: 'Asha Rao', employeeId: '00120', team: 'Sales', email: 'asha@x.example' });
const jose = row({ name: 'José Pérez', employeeId: '7', team: 'Team 10', status: 'absent' });
const priya = row({ name: 'प्रिया ठाकुर', team: 'Team 9', flags: ['missing_out', 'changed'] });
const guest = row({ name: null, employeeNumber: 'X9', status: 'not_linked' });
const rows = [asha, jose, priya, guest];

describe('filtering the rows of a day', () => {
  it.each([
    [{ q: 'rao asha' }, [asha]],
    [{ q: 'JOSE perez' }, [jose]],
    [{ q: 'प्रिया' }, [priya]],
    [{ q: '0012' }, [asha]],
    [{ q: 'x9' }, [guest]],
    [{ q: 'asha perez' }, []],
    [{ q: '   ' }, rows],
    [{ status: ['absent', 'not_linked'] }, [jose, guest]],
    [{ team: ['Sales', noneGiven] }, [asha, guest]],
    [{ flag: ['changed'] }, [priya]],
    [{ flag: ['changed'], team: ['Sales'] }, []],
    [{}, rows],
  ])('%j', (filter, wanted) => {
    expect(filterRows(rows, filter)).toEqual(wanted);
  });

  it('counts each status as a click on it would show it', () => {
    expect(countStatuses(rows, { status: ['absent'] })).toEqual(
      new Map([
        ['present', 2],
        ['absent', 1],
        ['not_linked', 1],
      ]),
    );
    expect(countStatuses(rows, { q: 'asha' })).toEqual(new Map([['present', 1]]));
  });

  it('lists teams as people count, with none given last', () => {
    expect(valuesIn(rows, 'team')).toEqual(['Sales', 'Team 9', 'Team 10', noneGiven]);
    expect(valuesIn(rows, 'location')).toEqual([noneGiven]);
  });
});

describe('the address of the page', () => {
  it('is read with care', () => {
    expect(toDailySearch({ date: '2026-02-30', status: 'absent', team: ['A', 'B'], q: ['a', 'b'] })).toEqual({
      status: ['absent'],
      team: ['A', 'B'],
    });
    expect(toDailySearch({ date: '2026-03-10' }).date).toBe('2026-03-10');
    expect(isFiltered(toDailySearch({ date: '2026-03-10', sort: 'name', person: 'x' }))).toBe(false);
    expect(isFiltered(toDailySearch({ flag: 'changed' }))).toBe(true);
  });
});
