import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { guid, profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import { changeConnection } from '../../src/connections/change-connection.ts';
import type { DailyReport } from '../../src/reports/daily/daily-row.ts';
import { renderDailyCsv } from '../../src/reports/daily/render-daily.ts';
import type { IntegrationReport } from '../../src/reports/integration/read-integration-report.ts';
import { codesOf, dumpDays, type Stage, useStages } from '../support/case-stage.ts';

// Group D of the known failures: who is who.

const stages = useStages();

function directoryOf(codes: readonly string[]): string {
  return [
    'employee_id,first_name,last_name,email',
    ...codes.map((code, n) => `${code},Asha,Rao ${n},a${n}@acme.example`),
  ].join('\n');
}

describe('codes that look alike', () => {
  let stage: Stage;
  let report: DailyReport;
  let fetched: IntegrationReport;

  beforeAll(async () => {
    stage = await stages.open({ scenario: 'identity' });
    fetched = await stage.fetch('2026-03-11');
    report = await stage.company.daily('2026-03-11');
  });
  const linkedTo = (number: string) =>
    report.rows
      .filter(({ employeeNumber }) => employeeNumber === number)
      .map(({ employeeId, link }) => [employeeId, link]);
  const problemsOf = (code: string) => fetched.problems.filter((problem) => problem.code === code);

  it('C32: zeros in front make another person, and every code is kept byte for byte', async () => {
    for (const code of ['0030', '30', '00123', 'A-030']) expect(linkedTo(code)).toEqual([[code, 'linked']]);
    const names = report.rows
      .filter(({ employeeId }) => ['0030', '30', '00123', 'A-030'].includes(employeeId ?? ''))
      .map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
    const csv = renderDailyCsv(report);
    for (const code of ['0030', '30', '00123', 'A-030']) expect(csv).toContain(`\r\n2026-03-11,${code},`);
    const stored = await inOrganisation(stage.company.context, async (transaction) => {
      const { rows } = await sql<{ code: string }>`
        select distinct employee_number as code from attendance_day where employee_number like '%30' order by 1`.execute(
        transaction,
      );
      return rows.map(({ code }) => code);
    });
    expect(stored).toEqual(['0030', '30', 'A-030']);
  });

  it.each([
    ['EMP017', 'emp017'],
    [' EMP018 ', 'EMP018'],
    ['emp019', 'EMP019'],
    ['EMP020\u200B', 'EMP020'],
  ])('C33: %j in Keka is %j in the directory; each spelling is kept', (number, id) => {
    expect(linkedTo(number)).toEqual([[id, 'linked']]);
  });

  it('C33: two hits link nobody, and say so', () => {
    expect(report.rows.filter(({ employeeNumber }) => employeeNumber === 'EMP021')).toMatchObject([
      { employeeId: null, link: 'ambiguous_match', status: 'present', firstIn: { time: '09:12' } },
    ]);
    expect(problemsOf('ambiguous_match')).toMatchObject([{ employeeNumber: 'EMP021', sourceGuid: guid(13) }]);
  });

  it('C34: two people with one code are two rows by GUID, a warning, and no reason to stop', () => {
    const twins = report.rows.filter(({ employeeNumber }) => employeeNumber === '1042');
    expect(twins.map(({ sourceGuid, link, status }) => `${sourceGuid} ${link} ${status}`).sort()).toEqual([
      `${guid(9)} duplicate_code present`,
      `${guid(10)} duplicate_code present`,
    ]);
    expect(problemsOf('duplicate_code').map(({ employeeNumber }) => employeeNumber)).toEqual([
      '1042',
      '1042',
    ]);
    expect(fetched.run).toMatchObject({ state: 'partial', counts: { inserted: 13, invalid: 0 } });
  });

  it('C37: nobody is dropped: each unlinked person is a row and a problem with the reason', () => {
    const unlinked = report.rows.filter(
      ({ employeeId, sourceGuid }) => employeeId === null && sourceGuid !== null,
    );
    expect(unlinked.map(({ employeeNumber, link }) => `${employeeNumber} ${link}`).sort()).toEqual([
      '1042 duplicate_code',
      '1042 duplicate_code',
      'EMP021 ambiguous_match',
      'EMP099 not_in_directory',
      'null no_source_key',
    ]);
    expect(fetched.run.counts.unlinked).toBe(5);
    expect(problemsOf('not_in_directory')).toMatchObject([
      { employeeNumber: 'EMP099', name: 'Lakshmi Reddy' },
    ]);
    expect(problemsOf('no_source_key')).toMatchObject([{ name: 'Kavya Hegde' }]);
    expect(problemsOf('no_employee_id')).toMatchObject([{ name: 'Jaya Nair', employeeId: null }]);
  });
});

describe('C37: one person more in Keka than in the directory', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => `E${index + 1}`);

  it('gives 101 rows, one of them not linked, and a count that says so', async () => {
    const stage = await stages.open({
      scenario: smallScenario(101, ['2026-03-11']),
      directory: directoryOf(hundred),
    });
    const { run, problems } = await stage.fetch('2026-03-11');
    expect(run).toMatchObject({ state: 'partial', counts: { inserted: 101, unlinked: 1 } });
    expect(problems).toMatchObject([{ code: 'not_in_directory', employeeNumber: 'E101' }]);
    const { rows } = await stage.company.daily('2026-03-11');
    expect(rows).toHaveLength(101);
    expect(await stage.company.row('2026-03-11', 'E101')).toMatchObject({
      employeeId: null,
      link: 'not_in_directory',
      flags: ['early_out', 'not_linked'],
      firstIn: { time: '09:12' },
    });
  });

  it('is linked with the whole stored history as soon as the directory knows the code, without a fetch', async () => {
    const days = ['2026-03-09', '2026-03-10', '2026-03-11'];
    const stage = await stages.open({
      scenario: smallScenario(3, days),
      directory: directoryOf(['E1', 'E2', '']),
    });
    await stage.fetch('2026-03-09', '2026-03-11');
    const before = await dumpDays(stage);
    stage.control.reset();
    const outcome = await stage.company.importDirectory(directoryOf(['E1', 'E2', 'E3']));
    expect(outcome).toMatchObject({ added: 0, changed: 1, linked: 1 });
    for (const day of days) {
      expect(await stage.company.row(day, 'E3')).toMatchObject({
        link: 'linked',
        firstIn: { time: '09:12' },
      });
      expect((await stage.company.daily(day)).rows).toHaveLength(3);
    }
    expect(stage.control.requests()).toEqual([]);
    expect(await dumpDays(stage)).toEqual(before);
  });
});

describe('C38: one person among fifty that something is wrong with', () => {
  it.each([
    ['is in no directory', {}, 50, 0],
    [
      'has a record without any identifier',
      { employeeIdentifier: null, firstInOfTheDay: null, lastOutOfTheDay: null },
      49,
      1,
    ],
    ['has a record with a GUID that is none', { employeeIdentifier: 'number seven' }, 49, 1],
    ['has a record that is damaged', { dayType: 'working' }, 49, 1],
  ])('who %s stops nobody else, and not the next run', async (_, changes, stored, invalid) => {
    const codes = Array.from({ length: 50 }, (_, index) => `E${index + 1}`).filter((code) => code !== 'E7');
    const scenario = smallScenario(50, []);
    const attendance = Array.from({ length: 50 }, (_, index) =>
      index === 6
        ? { $day: '2026-03-11', $person: guid(7), $record: record(7, '2026-03-11', changes) }
        : record(index + 1, '2026-03-11'),
    );
    const stage = await stages.open({ scenario: { ...scenario, attendance }, directory: directoryOf(codes) });
    for (const [inserted, unchanged] of [
      [stored, 0],
      [0, stored],
    ]) {
      const { run, problems } = await stage.fetch('2026-03-11');
      expect(run).toMatchObject({ state: 'partial', counts: { inserted, unchanged, invalid } });
      expect(problems).toHaveLength(1);
    }
    const { rows } = await stage.company.daily('2026-03-11');
    expect(rows.filter(({ employeeId, status }) => employeeId !== null && status === 'present')).toHaveLength(
      49,
    );
  });
});

describe('C36: somebody who left or has not joined yet', () => {
  let stage: Stage;
  let fetched: IntegrationReport;

  beforeAll(async () => {
    stage = await stages.open({ scenario: 'leavers' });
    fetched = await stage.fetch('2026-03-09', '2026-03-19');
  });
  const datesOf = async (code: string): Promise<readonly string[]> => {
    const dates: string[] = [];
    for (let day = 9; day <= 19; day += 1) {
      const date = `2026-03-${String(day).padStart(2, '0')}`;
      const { rows } = await stage.company.daily(date);
      if (rows.some(({ employeeId }) => employeeId === code)) dates.push(date);
    }
    return dates;
  };

  it('has rows up to the last day, marked with it, and none after', async () => {
    expect(await datesOf('E001')).toEqual(['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']);
    const row = await stage.company.row('2026-03-10', 'E001');
    expect(row).toMatchObject({
      status: 'present',
      leavingDate: '2026-03-12',
      flags: ['early_out', 'leaver'],
    });
    expect(renderDailyCsv(await stage.company.daily('2026-03-10'))).toContain('leaves 2026-03-12');
  });

  it('has no rows before the joining date', async () => {
    expect(await datesOf('E003')).toEqual(['2026-03-16', '2026-03-17', '2026-03-18', '2026-03-19']);
  });

  it('keeps and flags a punch after the last day', async () => {
    expect(await datesOf('E004')).toEqual([
      '2026-03-09',
      '2026-03-10',
      '2026-03-11',
      '2026-03-12',
      '2026-03-17',
    ]);
    const row = await stage.company.row('2026-03-17', 'E004');
    expect(row).toMatchObject({
      firstIn: { time: '09:12' },
      flags: expect.arrayContaining(['outside_employment']),
    });
    expect(fetched.problems).toMatchObject([
      {
        code: 'punch_outside_employment',
        employeeId: 'E004',
        date: '2026-03-17',
        dateTo: '2026-03-17',
        days: 1,
      },
    ]);
  });

  it('by what Keka says, where nobody of the directory is linked: no rows and no problem outside of the employment', async () => {
    const unlinked = await stages.open({ scenario: 'leavers', directory: null });
    const first = await unlinked.fetch('2026-03-13');
    expect(first.problems.map(({ employeeNumber }) => employeeNumber)).toEqual(['E002']);
    const numbers = async (date: string) =>
      (await unlinked.company.daily(date)).rows.map(({ employeeNumber }) => employeeNumber);
    expect(await numbers('2026-03-13')).toEqual(['E002']);
    await unlinked.fetch('2026-03-10', '2026-03-17');
    expect(await numbers('2026-03-10')).toEqual(['E001', 'E002', 'E004']);
    expect(await numbers('2026-03-17')).toEqual(['E002', 'E003', 'E004']);
  });
});

describe('the identification key', () => {
  const people = [
    { employeeNumber: 'N1', attendanceNumber: '9001', email: 'Asha.Rao@acme.example' },
    { employeeNumber: 'N2', attendanceNumber: '9002', email: 'binod.thakur@acme.example' },
  ];
  const scenario = smallScenario(2, [], {
    employees: people.map((person, index) => profile(index + 1, person)),
    attendance: people.map(({ employeeNumber }, index) =>
      record(index + 1, '2026-03-11', { employeeNumber }),
    ),
  });

  it.each([
    ['attendance_number', ['9001', '9002']],
    ['email', ['asha.rao@acme.example', 'BINOD.THAKUR@acme.example']],
    ['guid', [guid(1).toUpperCase(), guid(2)]],
    ['employee_number', ['n1', 'N2']],
  ])('can be the %s', async (identificationKey, codes) => {
    const stage = await stages.open({
      scenario,
      connection: { identificationKey },
      directory: directoryOf(codes),
    });
    const fetched = await stage.fetch('2026-03-11');
    expect(codesOf(fetched)).toEqual([]);
    expect(fetched.run.counts).toMatchObject({ inserted: 2, unlinked: 0 });
    for (const code of codes) {
      expect(await stage.company.row('2026-03-11', code)).toMatchObject({
        link: 'linked',
        firstIn: { time: '09:12' },
      });
    }
  });

  it('is told to be missing where it stands in the profiles and the key may not read them', async () => {
    const stage = await stages.open({
      scenario,
      connection: { identificationKey: 'email' },
      directory: directoryOf(['asha.rao@acme.example', 'binod.thakur@acme.example']),
    });
    stage.control.changeKey('main', { privileges: ['attendance'] });
    const { run, problems } = await stage.fetch('2026-03-11');
    expect(run).toMatchObject({ state: 'partial', counts: { inserted: 2, unlinked: 2 } });
    expect(problems.map(({ code }) => code).sort()).toEqual([
      'no_source_key',
      'no_source_key',
      'privilege_missing',
    ]);
    // As soon as the profiles can be read, everything that is stored finds its people.
    stage.control.changeKey('main', { privileges: ['attendance', 'employees'] });
    const second = await stage.fetch('2026-03-11');
    expect(second.run).toMatchObject({ state: 'succeeded', counts: { unchanged: 2, unlinked: 0 } });
    expect(await stage.company.row('2026-03-11', 'asha.rao@acme.example')).toMatchObject({
      name: 'Asha Rao 0',
    });
  });

  it('links by number without the profiles; their absence is told, and only the names are missing', async () => {
    const stage = await stages.open({ scenario, directory: directoryOf(['N1']) });
    stage.control.changeKey('main', { privileges: ['attendance'] });
    const { run, problems } = await stage.fetch('2026-03-11');
    expect(run).toMatchObject({ state: 'partial', counts: { inserted: 2, unlinked: 1 } });
    expect(problems).toMatchObject([
      { code: 'privilege_missing', details: { list: 'employees', endpoint: '/hris/employees' } },
      { code: 'not_in_directory', employeeNumber: 'N2', name: null },
    ]);
    expect(await stage.company.row('2026-03-11', 'N1')).toMatchObject({ link: 'linked', name: 'Asha Rao 0' });
    expect(await stage.company.row('2026-03-11', 'N2')).toMatchObject({
      link: 'not_in_directory',
      name: null,
    });
  });

  it('when it is changed, compares everybody who is not linked anew and leaves the links that exist', async () => {
    const stage = await stages.open({ scenario, directory: directoryOf(['N1', '9002']) });
    await stage.fetch('2026-03-11');
    expect(await stage.company.row('2026-03-11', '9002')).toMatchObject({ status: 'not_linked' });
    const { context, encryptionKey } = stage.company;
    await changeConnection(context, encryptionKey, await stage.company.connection(), {
      identificationKey: 'attendance_number',
    });
    expect(await stage.company.row('2026-03-11', '9002')).toMatchObject({
      link: 'linked',
      status: 'present',
    });
    expect(await stage.company.row('2026-03-11', 'N1')).toMatchObject({ link: 'linked', status: 'present' });
  });
});

describe('a link that was made', () => {
  it('stays with the person in Keka when the e-mail that made it changes', async () => {
    const scenario = smallScenario(1, ['2026-03-10', '2026-03-11'], {
      employees: [profile(1, { email: 'old@acme.example' })],
    });
    const stage = await stages.open({
      scenario,
      connection: { identificationKey: 'email' },
      directory: directoryOf(['old@acme.example']),
    });
    await stage.fetch('2026-03-10');
    stage.control.upsertEmployees([profile(1, { email: 'new@acme.example' })]);
    stage.clock.advance({ hours: 24 });
    expect(codesOf(await stage.fetch('2026-03-11'))).toEqual([]);
    for (const date of ['2026-03-10', '2026-03-11']) {
      expect(await stage.company.row(date, 'old@acme.example')).toMatchObject({
        link: 'linked',
        status: 'present',
      });
    }
  });

  it('keeps the history with the earlier person when the code is given to a new one', async () => {
    const scenario = smallScenario(1, ['2026-03-10']);
    const stage = await stages.open({ scenario, directory: directoryOf(['E1']) });
    await stage.fetch('2026-03-10');
    stage.control.removeAttendance([{ employeeIdentifier: guid(1), date: '2026-03-11' }]);
    stage.control.upsertEmployees([profile(2, { employeeNumber: 'E1', displayName: 'Chitra Iyer' })]);
    stage.control.upsertAttendance([record(2, '2026-03-11', { employeeNumber: 'E1' })]);
    stage.clock.advance({ hours: 24 });
    const { problems } = await stage.fetch('2026-03-11');
    expect(problems).toMatchObject([
      { code: 'employee_already_linked', sourceGuid: guid(2), name: 'Chitra Iyer' },
    ]);
    expect(await stage.company.row('2026-03-10', 'E1')).toMatchObject({
      sourceGuid: guid(1),
      status: 'present',
    });
    const { rows } = await stage.company.daily('2026-03-11');
    expect(rows.map(({ employeeId, sourceGuid, status }) => [employeeId, sourceGuid, status])).toEqual([
      ['E1', guid(1), 'no_record'],
      [null, guid(2), 'present'],
    ]);
  });
});
