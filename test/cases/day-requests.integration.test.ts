import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { guid, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import { exportPerson } from '../../src/privacy/export-person.ts';
import { codesOf, dumpDays, readRevisions, type Stage, useStages } from '../support/case-stage.ts';

// Leave, work from home and on duty, as far as the key may read them, explain days without hiding punches.

const stages = useStages();
const date = '2026-03-10';
const none = { firstInOfTheDay: null, lastOutOfTheDay: null, totalGrossHours: 0, totalEffectiveHours: 0 };
const directory = [
  'employee_id,first_name,last_name',
  ...['Asha', 'Binod', 'Chitra', 'Deepa', 'Esha'].map((name, index) => `E${index + 1},${name},Rao`),
].join('\n');

const leave = (person: number, id: string, changes: object = {}) => ({
  id,
  employeeIdentifier: guid(person),
  employeeNumber: `E${person}`,
  fromDate: `${date}T00:00:00Z`,
  toDate: `${date}T00:00:00Z`,
  fromSession: 0,
  toSession: 1,
  status: 1,
  selection: [{ leaveTypeName: 'Sick Leave', count: 1 }],
  ...changes,
});
/** Of these Keka tells the number of the person alone, and counts states from one. */
const elsewhere = (person: number, id: string, status: number) => ({
  id,
  employeeNumber: `E${person}`,
  fromDate: date,
  toDate: date,
  status,
});

async function open(
  connection: object = { readRequests: true },
  privileges = ['employees', 'attendance', 'leave'],
) {
  const attendance = [1, 2, 3, 4].map((person) => record(person, date, none)).concat(record(5, date));
  const stage = await stages.open({
    scenario: smallScenario(5, [], {
      attendance,
      requests: {
        leaverequests: [
          leave(1, 'a'),
          leave(2, 'b', { status: 3 }),
          leave(5, 'c', { fromDate: '2026-02-25', toDate: '2026-03-11' }),
        ],
        wfh: [elsewhere(3, 'd', 2)],
        od: [elsewhere(4, 'e', 1)],
      },
    }),
    directory,
    connection: { ...connection },
  });
  stage.control.changeKey('main', { privileges: privileges as never }); // names of the sandbox's own list
  return stage;
}

async function told(stage: Stage): Promise<readonly string[]> {
  const { rows } = await stage.company.daily(date);
  return rows.map(({ employeeId, status, flags }) => `${employeeId} ${status} ${flags.join()}`.trim());
}

describe('requests', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await open();
    await stage.fetch(date);
  });

  it('explain a day: approved ones alone, and without hiding punches', async () => {
    expect(await told(stage)).toEqual([
      'E1 on_leave on_leave',
      'E2 absent',
      'E3 present work_from_home',
      'E4 absent',
      'E5 present on_leave',
    ]);
    expect(await stage.company.row(date, 'E5')).toMatchObject({
      firstIn: { time: '09:12' },
      earlyOutMinutes: null,
      expectedMinutes: 0,
    });
  });

  it('that change in Keka change stored days, and no others, although their records are the same', async () => {
    const before = await dumpDays(stage);
    stage.control.setRequests({
      leaverequests: [leave(2, 'b'), leave(5, 'c', { fromDate: '2026-02-25', toDate: '2026-03-11' })],
      od: [elsewhere(4, 'e', 2)],
    });
    const { run } = await stage.fetch(date);
    expect(run).toMatchObject({ state: 'succeeded', counts: { changed: 0, unchanged: 5 } });
    expect(await told(stage)).toEqual([
      'E1 absent',
      'E2 on_leave on_leave',
      'E3 present work_from_home',
      'E4 present on_duty',
      'E5 present on_leave',
    ]);
    expect(await readRevisions(stage)).toEqual([]);
    const after = await dumpDays(stage);
    expect(after.filter((day, index) => day === before[index])).toHaveLength(2);
    await stage.fetch(date);
    expect(await dumpDays(stage)).toEqual(after);
  });

  it('are in the export of the person', async () => {
    const { requests } = await exportPerson(stage.company.context, 'E2');
    expect(requests).toMatchObject([
      { kind: 'leave', state: 'approved', name: 'Sick Leave', date_from: date },
    ]);
  });

  it('are read around the dates of the run, within the range that Keka allows', async () => {
    stage.control.reset();
    await stage.fetch('2026-01-05', '2026-03-11', { acceptUnusualCount: true });
    const asked = stage.control.requests().filter(({ path }) => path === '/api/v1/time/leaverequests');
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.every(({ status }) => status === 200)).toBe(true);
  });
});

describe('a key that may not read leave', () => {
  it('still serves attendance and the other lists, and what is missing is told', async () => {
    const stage = await open({ readRequests: true }, ['employees', 'attendance']);
    const report = await stage.fetch(date);
    expect(codesOf(report)).toEqual(['privilege_missing']);
    expect(report.run).toMatchObject({ state: 'partial', counts: { inserted: 5 } });
    expect(await told(stage)).toEqual([
      'E1 absent',
      'E2 absent',
      'E3 present work_from_home',
      'E4 absent',
      'E5 present early_out',
    ]);
  });
});

describe('a connection that does not read requests', () => {
  it('asks for none, and can be told to', async () => {
    const stage = await open({});
    await stage.fetch(date);
    const isRequestList = ({ path }: { path: string }) => /leaverequests|wfh|\/od$/.test(path);
    expect(stage.control.requests().some(isRequestList)).toBe(false);
    expect(await stage.company.row(date, 'E1')).toMatchObject({ status: 'absent' });
    const changed = await stage.run('connections', 'change', 'test', '--read-requests', 'on');
    expect(changed).toMatchObject({ code: 0 });
    expect((await stage.run('connections', 'change', 'test', '--read-requests', 'maybe')).code).toBe(2);
    await stage.fetch(date);
    expect(await stage.company.row(date, 'E1')).toMatchObject({ status: 'on_leave' });
    const { rows } = await inOrganisation(stage.company.context, (transaction) =>
      sql<{ count: number }>`select count(*)::integer as count from day_request`.execute(transaction),
    );
    expect(rows).toEqual([{ count: 5 }]);
  });
});

describe('the scenario that comes along', () => {
  it('has a day of each kind', async () => {
    const stage = await stages.open({ scenario: 'leave', connection: { readRequests: true } });
    await stage.fetch('2026-03-11');
    const { rows } = await stage.company.daily('2026-03-11');
    expect(
      rows.map(({ employeeId, status, flags }) => `${employeeId} ${status} ${flags.join()}`.trim()),
    ).toEqual([
      'E001 on_leave on_leave',
      'E002 absent',
      'E003 present half_day_leave',
      'E004 present work_from_home',
      'E005 present on_duty',
      'E006 present',
    ]);
  });
});
