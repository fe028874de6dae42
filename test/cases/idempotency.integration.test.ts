import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { guid, profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import { listRuns } from '../../src/runs/list-runs.ts';
import {
  codesOf,
  dumpContent,
  dumpDays,
  readCoverage,
  readRevisions,
  type Stage,
  useStages,
} from '../support/case-stage.ts';

// Group H of the known failures: runs that are repeated, that fail half-way, and that bring less than usual.

const stages = useStages();

const attendance = '/api/v1/time/attendance';
const day = '2026-03-11';
const week = [
  '2026-03-04',
  '2026-03-05',
  '2026-03-06',
  '2026-03-07',
  '2026-03-08',
  '2026-03-09',
  '2026-03-10',
];

const directory = ['employee_id,first_name,last_name', 'E1,Asha,Rao', 'E2,Binod,Thakur'].join('\n');

const problemsOf = async (stage: Stage, from: string, to = from) => {
  const { run, problems } = await stage.fetch(from, to);
  return { run, problems: problems.filter(({ code }) => code !== 'not_in_directory') };
};

describe('C73: the same day fetched again', () => {
  it('five times, by hand and by schedule, leaves the same rows byte for byte', async () => {
    const stage = await stages.open({ scenario: smallScenario(30, [day]) });
    await stage.fetch(day);
    const first = await dumpDays(stage);
    expect(first).toHaveLength(30);
    for (const trigger of ['schedule', 'manual', 'schedule', 'manual'] as const) {
      const { run } = await stage.fetch(day, day, { trigger });
      expect(run.counts).toMatchObject({ inserted: 0, changed: 0, unchanged: 30 });
      stage.clock.advance({ hours: 7 });
    }
    expect(await dumpDays(stage)).toEqual(first);
    expect(await readRevisions(stage)).toEqual([]);
    expect(await readCoverage(stage)).toEqual({ [day]: 30 });
  });

  it('as part of a longer window leaves it alone, too', async () => {
    const stage = await stages.open({ scenario: smallScenario(3, [...week, day]) });
    await stage.fetch(day);
    const before = await dumpDays(stage);
    const { run } = await stage.fetch('2026-03-04', day);
    expect(run.counts).toMatchObject({ inserted: 21, changed: 0, unchanged: 3 });
    expect((await dumpDays(stage)).slice(-3)).toEqual(before);
  });

  it('the database itself holds one row for one person and date', async () => {
    const stage = await stages.open({ scenario: smallScenario(1, [day]) });
    await stage.fetch(day);
    const twice = inOrganisation(stage.company.context, (transaction) =>
      sql`insert into attendance_day select * from attendance_day`.execute(transaction),
    );
    await expect(twice).rejects.toMatchObject({ details: { sqlState: '23505' } });
  });
});

describe('C74: a row that cannot be written', () => {
  it("fails the run, is nobody else's mark of success, and is stored by the next run", async () => {
    const stage = await stages.open({ scenario: smallScenario(100, ['2026-03-10', day]) });
    await stage.fetch('2026-03-10');
    const before = await dumpDays(stage);
    const { pool } = stages.database;
    await pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
      create trigger refuse before insert on attendance_day for each row
        when (new.source_guid = '${guid(40)}' and new.date = '${day}') execute function refuse()`);
    try {
      await expect(stage.fetch(day)).rejects.toMatchObject({ code: 'internal' });
    } finally {
      await pool.query('drop function refuse cascade');
    }
    expect(await dumpDays(stage)).toEqual(before);
    expect(await readCoverage(stage)).toEqual({ '2026-03-10': 100 });
    const [failed] = await listRuns(stage.company.context, { limit: 1 });
    expect(failed).toMatchObject({ state: 'failed', errorCode: 'internal', counts: { inserted: 0 } });
    expect((await stage.company.daily(day)).dataAsOf).toBeNull();
    expect((await stage.fetch(day)).run.counts).toMatchObject({ inserted: 100 });
    expect(await stage.company.row(day, 'E40')).toMatchObject({ status: 'present' });
  });
});

describe('C75: an empty answer', () => {
  it('for a day that had 240 rows leaves them as they are and says what was expected', async () => {
    const stage = await stages.open({ scenario: 'emptied-day' });
    await stage.fetch(day);
    const before = await dumpDays(stage);
    expect(before).toHaveLength(240);
    for (const _ of [1, 2, 3]) {
      const { run, problems } = await stage.fetch(day);
      expect(run).toMatchObject({ state: 'partial', counts: { inserted: 0, changed: 0, unchanged: 0 } });
      expect(problems[0]).toMatchObject({
        code: 'suspicious_empty',
        date: day,
        details: { expected: 240, actual: 0 },
      });
      expect(await dumpDays(stage)).toEqual(before);
    }
    const { rows } = await stage.company.daily(day);
    expect(rows.filter(({ status }) => status === 'present').length).toBe(240);
    expect(rows.filter(({ status }) => status === 'absent')).toEqual([]);
  });

  it('within a longer window keeps only its own day from being stored', async () => {
    const stage = await stages.open({ scenario: smallScenario(20, [...week, day]) });
    await stage.fetch('2026-03-04', day);
    stage.control.removeAttendance(
      Array.from({ length: 20 }, (_, n) => ({ employeeIdentifier: guid(n + 1), date: '2026-03-09' })),
    );
    stage.control.upsertAttendance([
      record(5, '2026-03-06', { lastOutOfTheDay: null }),
      record(5, day, { lastOutOfTheDay: null }),
    ]);
    const before = await dumpDays(stage);
    const { run, problems } = await problemsOf(stage, '2026-03-04', day);
    expect(run).toMatchObject({ state: 'partial', counts: { changed: 2, unchanged: 7 * 20 - 2 } });
    expect(problems).toMatchObject([{ code: 'suspicious_empty', date: '2026-03-09', dateTo: '2026-03-09' }]);
    const after = await dumpDays(stage);
    const ofNinth = (days: readonly string[]) => days.filter((text) => text.includes(',2026-03-09,'));
    expect(ofNinth(after)).toEqual(ofNinth(before));
    expect(ofNinth(after)).toHaveLength(20);
  });

  it('for a new day in a company with history is not believed: the day stays unread, nobody is absent', async () => {
    const stage = await stages.open({ scenario: 'empty-day' });
    await stage.fetch('2026-03-04', '2026-03-10');
    const { run, problems } = await stage.fetch(day);
    expect(run).toMatchObject({ state: 'partial', counts: { inserted: 0 } });
    expect(problems[0]).toMatchObject({
      code: 'suspicious_empty',
      date: day,
      details: { expected: 240, actual: 0 },
    });
    expect(Object.keys(await readCoverage(stage))).not.toContain(day);
    const { rows, dataAsOf } = await stage.company.daily(day);
    expect(dataAsOf).toBeNull();
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['not_read_yet']));
  });

  it('that a person vouches for is stored: who had a record keeps it, marked as withdrawn', async () => {
    const stage = await stages.open({ scenario: smallScenario(3, [day]), directory });
    await stage.fetch(day);
    stage.control.removeAttendance([1, 2, 3].map((n) => ({ employeeIdentifier: guid(n), date: day })));
    expect((await problemsOf(stage, day)).problems).toMatchObject([{ code: 'suspicious_empty' }]);
    const accepted = await stage.run('fetch', '--date', day, '--accept-unusual-count', '--json');
    expect(JSON.parse(accepted.out).run.chunks).toMatchObject([{ state: 'committed', announced: 0 }]);
    const { rows } = await stage.company.daily(day);
    expect(rows.map(({ status, flags }) => [status, flags.includes('withdrawn')])).toEqual([
      ['present', true],
      ['present', true],
      ['present', true],
    ]);
  });
});

describe('C76: fewer people than usual', () => {
  it('half of them: partial, with both figures, and nothing stored', async () => {
    const stage = await stages.open({ scenario: 'half-empty-day', directory: null });
    await stage.fetch('2026-03-04', '2026-03-10');
    const before = await dumpDays(stage);
    const { run, problems } = await problemsOf(stage, day);
    expect(run).toMatchObject({ state: 'partial', counts: { inserted: 0 } });
    expect(problems).toMatchObject([
      { code: 'suspicious_count', date: day, details: { expected: 240, actual: 120 } },
    ]);
    expect(problems[0]?.whatHappened).toContain('expected: 240, received: 120');
    expect(await dumpDays(stage)).toEqual(before);
    const accepted = await stage.run('fetch', '--date', day, '--accept-unusual-count', '--json');
    expect(JSON.parse(accepted.out)).toMatchObject({ run: { counts: { inserted: 120 } } });
  });

  it('a few of them is an ordinary day', async () => {
    const stage = await stages.open({ scenario: smallScenario(10, week) });
    await stage.fetch('2026-03-04', '2026-03-10');
    stage.control.upsertAttendance([1, 2, 3, 4, 5, 6].map((n) => record(n, day)));
    expect((await problemsOf(stage, day)).run.counts).toMatchObject({ inserted: 6 });
  });

  it('none at all on the very first run: connected, nothing there, in neutral words', async () => {
    const stage = await stages.open({ scenario: 'empty-company' });
    const { run, problems } = await stage.fetch(day);
    expect(run).toMatchObject({ state: 'succeeded', errorCode: null, counts: { inserted: 0 } });
    expect(problems).toMatchObject([
      {
        code: 'no_attendance_in_range',
        severity: 'notice',
        whatHappened: 'Connected, but Keka has no attendance in these dates.',
      },
    ]);
    const { rows } = await stage.company.daily(day);
    expect(rows.map(({ status }) => status)).toEqual(['no_record', 'no_record', 'no_record']);
  });

  it.each([
    ['array', 0],
    ['null', 1],
    ['null', 0],
  ] as const)('none at all as %s on %i pages is the same', async (emptyData, emptyTotalPages) => {
    const stage = await stages.open({ scenario: 'empty-company' });
    stage.control.changeSwitches({ emptyData, emptyTotalPages });
    expect((await stage.fetch(day)).run).toMatchObject({ state: 'succeeded', pages: 1 });
  });

  it('today may have any number: people are still arriving', async () => {
    const stage = await stages.open({ scenario: smallScenario(10, [...week, day]) });
    await stage.fetch('2026-03-04', day);
    expect((await problemsOf(stage, '2026-03-12')).run.counts.inserted).toBe(0);
    stage.control.upsertAttendance([1, 2].map((n) => record(n, '2026-03-12', { lastOutOfTheDay: null })));
    const { run, problems } = await problemsOf(stage, '2026-03-12');
    expect(run.counts).toMatchObject({ inserted: 2 });
    expect(problems).toEqual([]);
  });

  it('a day that was read while people were still arriving does not lower what is expected of it', async () => {
    const stage = await stages.open({ scenario: smallScenario(10, [...week, day]) });
    await stage.fetch('2026-03-04', day);
    stage.control.upsertAttendance([1, 2].map((n) => record(n, '2026-03-12', { lastOutOfTheDay: null })));
    await stage.fetch('2026-03-12');
    stage.clock.set('2026-03-13T05:30:00Z');
    const before = await dumpDays(stage);
    const { run, problems } = await problemsOf(stage, '2026-03-12');
    expect(run).toMatchObject({ state: 'partial', counts: { inserted: 0, changed: 0, unchanged: 0 } });
    expect(problems).toMatchObject([{ code: 'suspicious_count', details: { expected: 10, actual: 2 } }]);
    expect(await dumpDays(stage)).toEqual(before);
  });

  it('a day that was read empty before it began does not make an empty day plausible', async () => {
    const stage = await stages.open({
      scenario: smallScenario(10, [...week, day]),
      now: '2026-03-12T18:40:00Z',
    });
    await stage.fetch('2026-03-04', day);
    await stage.fetch('2026-03-13');
    stage.clock.set('2026-03-14T05:30:00Z');
    expect((await problemsOf(stage, '2026-03-13')).problems).toMatchObject([{ code: 'suspicious_empty' }]);
  });
});

describe('C77: a run that fails half-way', () => {
  it('leaves the table as it was; the next run makes it equal to a clean one, byte for byte', async () => {
    const scenario = smallScenario(405, ['2026-03-10', day]);
    const stage = await stages.open({ scenario });
    await stage.fetch('2026-03-10', day);
    const changes = [3, 250, 404].map((n) => record(n, day, { lastOutOfTheDay: null }));
    stage.control.upsertAttendance(changes);
    const before = await dumpDays(stage);
    stage.control.addFault({ match: { path: attendance, page: 5 }, answer: { kind: 'reset' } });
    expect((await stage.fetch('2026-03-10', day)).run).toMatchObject({ state: 'failed' });
    expect(await dumpDays(stage)).toEqual(before);
    stage.control.clearFaults();
    await stage.fetch('2026-03-10', day);
    const clean = await stages.open({ scenario });
    clean.control.upsertAttendance(changes);
    await clean.fetch('2026-03-10', day);
    expect(await dumpContent(stage)).toEqual(await dumpContent(clean));
  });
});

describe('C78: records that cannot be understood', () => {
  it('are listed one by one with code, date and reason; the others are stored', async () => {
    const stage = await stages.open({ scenario: 'bad-records', directory: null });
    const { run, problems } = await problemsOf(stage, day);
    // Of the three damaged ones, X001 still names its person in its punches.
    expect(run).toMatchObject({ state: 'partial', counts: { inserted: 238, invalid: 2 } });
    expect(problems).toMatchObject([
      { code: 'malformed_record', employeeNumber: 'X002', date: null, details: { field: 'attendanceDate' } },
      { code: 'malformed_record', employeeNumber: 'X003', date: day },
    ]);
    for (const { whatHappened } of problems) expect(whatHappened).toMatch(/field: \w+.*reason: \w+/);
    expect((await stage.company.daily(day)).rows).toHaveLength(238);
  });

  const none = { firstInOfTheDay: null, lastOutOfTheDay: null };
  const poison: readonly (readonly [string, unknown])[] = [
    ['no person', { ...record(2, day, none), employeeIdentifier: null }],
    ['a person that is no GUID', record(2, day, { employeeIdentifier: 'E2' })],
    ['two persons', { ...record(2, day), employeeIdentifier: guid(3) }],
    ['no date', { ...record(2, day), attendanceDate: null }],
    ['a date that does not exist', { ...record(2, day), attendanceDate: '2026-02-30T00:00:00Z' }],
    ['a date of thirteen months', { ...record(2, day), attendanceDate: '2026-13-11T00:00:00Z' }],
    ['words for a date', { ...record(2, day), attendanceDate: 'yesterday' }],
    ['a number for a date', { ...record(2, day), attendanceDate: 20260311 }],
    ['words for a day type', record(2, day, { dayType: 'Holiday' })],
    ['half a day type', record(2, day, { dayType: 1.5 })],
    ['a text for a punch', record(2, day, { firstInOfTheDay: '09:12' })],
    ['words for hours', record(2, day, { totalGrossHours: 'nine' })],
    ['an object for a code', record(2, day, { employeeNumber: { code: 'E2' } })],
    ['null for a record', null],
    ['a text for a record', 'E2'],
    ['a list for a record', [1, 2]],
  ];
  it.each(poison)('one with %s does not stop the others, today or tomorrow', async (_, raw) => {
    const damaged = { $day: day, $person: guid(2), $record: raw };
    const scenario = { ...smallScenario(3, []), attendance: [record(1, day), damaged, record(3, day)] };
    const stage = await stages.open({ scenario });
    for (const [inserted, unchanged] of [
      [2, 0],
      [0, 2],
    ]) {
      const { run, problems } = await problemsOf(stage, day);
      expect(run).toMatchObject({
        state: 'partial',
        errorCode: null,
        counts: { inserted, unchanged, invalid: 1 },
      });
      expect(problems).toMatchObject([{ code: 'malformed_record', severity: 'action' }]);
    }
    expect(await readCoverage(stage)).toMatchObject({ [day]: 2 });
  });

  const strange: readonly (readonly [string, Record<string, unknown>])[] = [
    ['hours beyond all measure', { totalGrossHours: 1e12, totalEffectiveHours: -1e12 }],
    ['hours beyond all numbers', { totalGrossHours: 1e300 }],
    ['a day type beyond all lists', { dayType: 9_000_000_000 }],
    [
      'a punch status beyond all lists',
      { firstInOfTheDay: { timestamp: `${day}T03:42:00Z`, punchStatus: 2 ** 40 } },
    ],
    ['a character that the database has no place for', { employeeNumber: 'E2\u0000' }],
    [
      'a premise with such a character',
      { firstInOfTheDay: { timestamp: `${day}T03:42:00Z`, premiseName: 'Gate\u0000' } },
    ],
    ['half a character', { firstInOfTheDay: { timestamp: `${day}T03:42:00Z`, premiseName: 'Gate \uD83D' } }],
    [
      'a premise as long as a book',
      { firstInOfTheDay: { timestamp: `${day}T03:42:00Z`, premiseName: 'x'.repeat(100_000) } },
    ],
    ['a punch in the year 1', { firstInOfTheDay: { timestamp: '0001-01-01T00:00:00' } }],
    ['a punch in the year 9999', { firstInOfTheDay: { timestamp: '9999-12-31T23:59:59Z' } }],
    ['an out before its in', { lastOutOfTheDay: { timestamp: `${day}T01:00:00Z` } }],
    ['members that nobody knows', { $surprise: [{ deep: { deeper: null } }], __proto__x: 1 }],
  ];
  it.each(strange)('one with %s does not stop the others either', async (_, changes) => {
    const scenario = {
      ...smallScenario(3, []),
      attendance: [record(1, day), record(2, day, changes), record(3, day)],
    };
    const stage = await stages.open({ scenario });
    for (const again of [false, true]) {
      const { run } = await stage.fetch(day);
      expect(run.errorCode).toBeNull();
      expect(run.chunks).toMatchObject([{ state: 'committed', received: 3 }]);
      expect(run.counts.inserted + run.counts.unchanged + run.counts.invalid).toBe(3);
      if (again) expect(run.counts).toMatchObject({ inserted: 0, changed: 0 });
    }
    expect(await stage.company.row(day, 'E1')).toMatchObject({ status: 'present' });
    expect(await stage.company.row(day, 'E3')).toMatchObject({ status: 'present' });
  });

  it.each([
    ['a name that the database has no place for', { displayName: 'Asha\u0000 Rao' }],
    ['a joining date that does not exist', { joiningDate: '2026-02-30T00:00:00Z' }],
    ['a status beyond all lists', { employmentStatus: 2 ** 40 }],
    ['no id', { id: 'nobody' }],
  ])('a profile with %s costs no attendance', async (_, changes) => {
    const scenario = { ...smallScenario(3, [day]), employees: [profile(1), profile(2, changes), profile(3)] };
    const stage = await stages.open({ scenario });
    const { run } = await stage.fetch(day);
    expect(run).toMatchObject({ errorCode: null, counts: { inserted: 3 } });
    expect(await stage.company.row(day, 'E3')).toMatchObject({ name: 'Asha Rao 3' });
  });
});

describe('C79: one record twice', () => {
  it('on one page is stored once and told; two that differ are worth a look', async () => {
    const stage = await stages.open({ scenario: 'bad-records', directory: null });
    const { run, problems } = await problemsOf(stage, '2026-03-10');
    expect(run).toMatchObject({ state: 'partial', errorCode: null, counts: { inserted: 239, invalid: 2 } });
    expect(problems.filter(({ code }) => code !== 'date_outside_window')).toMatchObject([
      { code: 'duplicate_record', severity: 'notice', employeeNumber: 'X004', date: '2026-03-10' },
      {
        code: 'malformed_record',
        employeeNumber: 'X005',
        date: '2026-03-10',
        details: { reason: 'comes twice, with different values' },
      },
    ]);
    const { rows } = await stage.company.daily('2026-03-10');
    for (const number of ['X004', 'X005']) {
      expect(rows.filter(({ employeeNumber }) => employeeNumber === number)).toHaveLength(1);
    }
    expect((await stage.fetch('2026-03-10')).run.counts).toMatchObject({
      inserted: 0,
      changed: 0,
      unchanged: 239,
    });
  });

  const later = record(2, day, { lastOutOfTheDay: { timestamp: `${day}T14:00:00Z` } });
  const twins = (first: unknown, second: unknown) =>
    [
      record(1, day),
      { $day: day, $person: 'first twin', $record: first },
      { $day: day, $person: 'second twin', $record: second },
    ] as const;

  it('with two different outs gives the same day in whatever order they come', async () => {
    const outs: (string | undefined)[] = [];
    for (const attendanceRecords of [twins(record(2, day), later), twins(later, record(2, day))]) {
      const stage = await stages.open({
        scenario: { ...smallScenario(2, []), attendance: attendanceRecords },
      });
      const { run, problems } = await problemsOf(stage, day);
      expect(run.counts).toMatchObject({ inserted: 2 });
      expect(problems).toMatchObject([{ code: 'malformed_record', employeeNumber: 'E2', date: day }]);
      outs.push((await stage.company.row(day, 'E2')).lastOut?.time);
    }
    expect(outs[0]).toBe(outs[1]);
  });

  it('of which one is damaged stores the good one, in whatever order they come', async () => {
    const damaged = record(2, day, { dayType: 'working' });
    for (const attendanceRecords of [
      twins(record(2, day), damaged),
      twins(damaged, record(2, day)),
      twins(damaged, damaged),
    ]) {
      const stage = await stages.open({
        scenario: { ...smallScenario(2, []), attendance: attendanceRecords },
      });
      const { run } = await problemsOf(stage, day);
      expect(run.chunks).toMatchObject([{ state: 'committed' }]);
      expect(run.counts.invalid).toBeGreaterThanOrEqual(1);
      const isGoodThere = attendanceRecords.some((one) => '$record' in one && one['$record'] !== damaged);
      expect((await stage.company.daily(day)).rows).toHaveLength(isGoodThere ? 2 : 1);
    }
  });

  it('of which one lacks its out gives the fuller day in whatever order they come', async () => {
    const early = record(2, day, { lastOutOfTheDay: null });
    for (const attendanceRecords of [twins(early, later), twins(later, early)]) {
      const stage = await stages.open({
        scenario: { ...smallScenario(2, []), attendance: attendanceRecords },
      });
      await stage.fetch(day);
      expect(await stage.company.row(day, 'E2')).toMatchObject({ lastOut: { time: '19:30' } });
    }
  });

  it.each([
    ['that are equal', record(2, day), 'duplicate_record'],
    ['that differ', record(2, day, { lastOutOfTheDay: null }), 'malformed_record'],
  ])(
    'on both sides of the border of two pages, %s, is told apart from a page that moved',
    async (_, twin, code) => {
      const before = Array.from({ length: 199 }, (_, n) => record(n + 10, day));
      const stage = await stages.open({
        scenario: {
          ...smallScenario(1, []),
          attendance: [...before, ...twins(record(2, day), twin).slice(1)],
        },
      });
      const { run, problems } = await problemsOf(stage, day);
      expect(run).toMatchObject({ counts: { inserted: 200 }, chunks: [{ state: 'committed', attempts: 2 }] });
      expect(problems).toMatchObject([{ code, employeeNumber: 'E2' }]);
      expect((await stage.company.row(day, 'E2')).lastOut).not.toBeNull();
    },
  );

  it('in the list of employees is stored once', async () => {
    const stage = await stages.open({ scenario: smallScenario(3, [day]), directory });
    stage.control.addFault({
      match: { path: '/api/v1/hris/employees' },
      answer: { kind: 'edit', repeatRecords: [0, 1] },
    });
    const fetched = await stage.fetch(day);
    expect(codesOf(fetched)).toEqual(['not_in_directory']);
    expect(await stage.company.row(day, 'E1')).toMatchObject({ link: 'linked' });
  });
});
