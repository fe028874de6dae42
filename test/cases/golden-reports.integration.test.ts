import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guid, record } from '../../sandbox/testing/small-scenario.ts';
import { type Stage, useStages } from '../support/case-stage.ts';
import { linesOf, readPage, readRows } from '../support/read-report.ts';
import { firstDay, lastDay, neverRead, openReportCompany } from '../support/report-company.ts';
import type { ServedApi } from '../support/run-hajiri.ts';

// The numbers of each report on the company of report-company.ts, counted by hand.

const stages = useStages();
const range = `from=${firstDay}&to=${lastDay}`;
let stage: Stage;
let api: ServedApi;

beforeAll(async () => {
  stage = await openReportCompany(stages);
  api = await stage.installation.serve();
});
afterAll(() => api?.close());

describe('date-wise', () => {
  const columns = [
    'date',
    'people',
    'present',
    'absent',
    'weeklyOff',
    'holiday',
    'noRecord',
    'notLinked',
    'workedOnDayOff',
    'late',
    'earlyOut',
    'attendancePercent',
    'latePercent',
    'effectiveMinutes',
  ];

  it('counts everybody once on each date, with attendance of those expected and lateness of those there', async () => {
    expect(linesOf(await readRows(api, 'date-wise', range), ...columns)).toEqual([
      '2026-03-02 6 4 1 0 0 0 1 0 0 0 80 0 2064',
      '2026-03-03 6 3 2 0 0 0 1 0 0 0 60 0 1032',
      '2026-03-04 6 4 1 0 0 0 1 0 1 0 80 25 2031',
      '2026-03-05 6 2 2 0 0 1 1 0 0 1 50 0 1292',
      '2026-03-06 6 0 0 0 5 0 1 1 0 0 - - 516',
      '2026-03-07 6 0 0 5 0 0 1 0 0 0 - - -',
      '2026-03-08 6 0 0 5 0 0 1 0 0 0 - - -',
      '2026-03-09 6 2 3 0 0 0 1 0 1 0 40 50 1013',
    ]);
  });

  it('counts nobody as absent on a date that was not read, and keeps a date on which nobody is left', async () => {
    const [row] = await readRows(api, 'date-wise', `from=${neverRead}&to=${neverRead}`);
    expect(row).toMatchObject({ people: 6, absent: 0, notReadYet: 5, notLinked: 1, attendancePercent: null });
    const nobody = await readRows(api, 'date-wise', `${range}&team=Nowhere`);
    expect(nobody).toHaveLength(8);
    expect(nobody[0]).toMatchObject({ date: firstDay, people: 0, attendancePercent: null });
  });

  it('counts one team', async () => {
    const rows = await readRows(api, 'date-wise', `${range}&team=Support`);
    expect(linesOf(rows, 'people', 'present', 'absent', 'notLinked').slice(2, 4)).toEqual([
      '3 1 1 1',
      '3 1 1 1',
    ]);
  });
});

describe('muster', () => {
  it('has a code for each person and date, none outside of the employment, and totals', async () => {
    const { columns, rows } = await readPage(api, 'muster', range);
    const dates = columns.map(({ id }) => id).filter((id) => /^\d/.test(id));
    expect(dates).toHaveLength(8);
    expect(linesOf(rows, 'employeeId', ...dates)).toEqual([
      'E1 P P P A HP WO WO A',
      'E2 P MP P P H WO WO P',
      'E3 A A A P H WO WO A',
      'E6 NL NL NL NL NL NL NL NL',
      'E4 - - P A H WO WO A',
      '00123 P A P NR H WO WO P',
      '- P P - - - - - -',
    ]);
    const totals = [
      'present',
      'absent',
      'weeklyOff',
      'holiday',
      'workedOnDayOff',
      'missingPunch',
      'late',
      'earlyOut',
    ];
    expect(linesOf(rows, 'employeeId', ...totals, 'notKnown', 'attendancePercent')).toEqual([
      'E1 3 2 2 1 1 0 0 0 0 60',
      'E2 5 0 2 1 0 1 1 0 0 100',
      'E3 1 4 2 1 0 0 0 1 0 20',
      'E6 0 0 0 0 0 0 0 0 8 -',
      'E4 1 2 2 1 0 0 0 0 0 33.3',
      '00123 3 1 2 1 0 0 1 0 1 75',
      '- 2 0 0 0 0 0 0 0 0 100',
    ]);
  });

  it('is of the month so far without dates, and of no more than a month', async () => {
    const page = await readPage(api, 'muster', 'team=Sales');
    expect(page).toMatchObject({ from: '2026-03-01', to: '2026-03-11', datesNotRead: 3 });
    expect(linesOf(page.rows, '2026-03-01', '2026-03-10')).toEqual(['NY NY', 'NY NY']);
    const { status } = await api.get('/api/v1/reports/muster?from=2026-02-01&to=2026-03-04');
    expect(status).toBe(422);
  });
});

describe('hours', () => {
  it('adds up what was worked against what was expected', async () => {
    const rows = await readRows(api, 'hours', range);
    const columns = [
      'daysWorked',
      'daysAbsent',
      'expectedMinutes',
      'grossMinutes',
      'effectiveMinutes',
      'breakMinutes',
    ];
    expect(
      linesOf(rows, 'employeeId', ...columns, 'overtimeMinutes', 'differenceMinutes', 'daysWithoutHours'),
    ).toEqual([
      'E1 4 2 2400 2272 2064 208 0 -336 0',
      'E2 5 0 2400 2599 2391 208 396 471 1',
      'E3 1 4 2400 468 416 52 0 -1984 0',
      'E6 0 0 - - - - - - 0',
      'E4 1 2 1440 568 516 52 0 -924 0',
      '00123 3 1 1920 1685 1529 156 0 -391 0',
      '- 2 0 960 1136 1032 104 0 72 0',
    ]);
  });
});

describe('summary', () => {
  const dates = ['--from', '2026-03-05', '--to', '2026-03-06'];

  it('compares with the equal period before, and tells when and how people come', async () => {
    const { body } = await api.get('/api/v1/reports/summary?from=2026-03-05&to=2026-03-06');
    expect(JSON.parse(body)).toMatchObject({
      previousFrom: '2026-03-03',
      previousTo: '2026-03-04',
      cards: {
        // A holiday has no figure. Before: 60 and 80 %, and late none of 3 and 1 of 4.
        attendancePercent: { value: 50, previous: 70, change: -20 },
        latePercent: { value: 0, previous: 12.5, change: -12.5 },
        effectiveMinutes: { value: 1808, previous: 3063, change: -41 },
        breakMinutes: { value: 156, previous: 312, change: -50 },
      },
      days: [
        { date: '2026-03-05', present: 2, absent: 2 },
        { date: '2026-03-06', holiday: 5 },
      ],
      arrivals: [
        { weekday: 4, hour: 9, people: 2 },
        { weekday: 5, hour: 9, people: 1 },
      ],
      sources: [
        { date: '2026-03-05', source: 0, people: 2 },
        { date: '2026-03-06', source: 0, people: 1 },
      ],
    });
    const spoken = await stage.run('report', 'summary', ...dates, '--json');
    expect(JSON.parse(spoken.out)).toEqual(JSON.parse(body));
  });

  it('is of one team, and a table on the command line', async () => {
    const { out } = await stage.run('report', 'summary', ...dates, '--team', 'Sales');
    expect(out).toContain('Attendance: 50% (before: 100%, -50 points)');
    expect(out).toMatch(/2026-03-05 +2 +1 +1 +0 +50 +0/);
    expect(out).toMatch(/09:00 +1 +1$/m);
    const { status } = await api.get('/api/v1/reports/summary?from=2026-01-01&to=2026-05-01');
    expect(status).toBe(422);
  });
});

describe('per-person', () => {
  it('adds up days, and takes the mean of times and minutes', async () => {
    const rows = await readRows(api, 'per-person', range);
    const counts = [
      'workingDays',
      'present',
      'absent',
      'workedOnDayOff',
      'late',
      'averageLateMinutes',
      'earlyOut',
    ];
    const rest = [
      'averageEarlyOutMinutes',
      'averageFirstIn',
      'averageLastOut',
      'effectiveMinutes',
      'attendancePercent',
    ];
    // E2 comes at 09:12 on three days and at 09:45 on one, and goes at 18:40 on three and at 24:40 on one.
    expect(linesOf(rows, 'employeeId', ...counts, ...rest)).toEqual([
      'E1 5 3 2 1 0 - 0 - 09:12 18:40 2064 60',
      'E2 5 5 0 0 1 15 0 - 09:20 20:10 2391 100',
      'E3 5 1 4 0 0 - 1 90 09:12 17:00 416 20',
      'E6 0 0 0 0 0 - 0 - - - - -',
      'E4 3 1 2 0 0 - 0 - 09:12 18:40 516 33.3',
      '00123 4 3 1 0 1 1 0 - 09:18 18:40 1529 75',
      '- 2 2 0 0 0 - 0 - 09:12 18:40 1032 100',
    ]);
  });
});

describe('absentees', () => {
  it('tell the days in a row: days off leave them as they are, a punch or a gap ends them', async () => {
    const rows = await readRows(api, 'absentees', range);
    expect(linesOf(rows, 'date', 'employeeId', 'consecutiveDays', 'absentSince')).toEqual([
      '2026-03-02 E3 1 2026-03-02',
      '2026-03-03 E3 2 2026-03-02',
      '2026-03-03 00123 1 2026-03-03',
      '2026-03-04 E3 3 2026-03-02',
      '2026-03-05 E1 1 2026-03-05',
      '2026-03-05 E4 1 2026-03-05',
      '2026-03-09 E1 1 2026-03-09',
      '2026-03-09 E3 1 2026-03-09',
      '2026-03-09 E4 2 2026-03-05',
    ]);
  });

  it('begin before the range where they do', async () => {
    const rows = await readRows(api, 'absentees', `from=2026-03-09&to=${lastDay}&team=Support`);
    expect(linesOf(rows, 'employeeId', 'consecutiveDays', 'absentSince')).toEqual([
      'E3 1 2026-03-09',
      'E4 2 2026-03-05',
    ]);
  });
});

describe('in-out', () => {
  it('has every day with a punch, with place and source, and says which punch is missing', async () => {
    const rows = await readRows(api, 'in-out', range);
    expect(rows).toHaveLength(16);
    const columns = [
      'firstIn',
      'firstInPremise',
      'firstInSource',
      'lastOut',
      'lastOutPremise',
      'lastOutSource',
      'missing',
    ];
    expect(linesOf(rows.filter(({ employeeId }) => employeeId === 'E2').slice(1, 4), ...columns)).toEqual([
      '09:12 Main Gate 0 - - - out',
      '09:45 Main Gate 0 18:40 Main Gate 0 -',
      '09:12 Main Gate 0 00:40+1 Web Clock In 1 -',
    ]);
  });
});

describe('missing punches, late arrivals and early departures', () => {
  it.each([
    ['missing-punches', ['toDo', 'firstIn', 'lastOut'], ['2026-03-03 E2 missing_out 09:12 -']],
    [
      'late-arrivals',
      ['shiftStart', 'firstIn', 'lateMinutes', 'lateInRange'],
      ['2026-03-04 E2 09:30 09:45 15 1', '2026-03-09 00123 09:30 09:31 1 1'],
    ],
    [
      'early-departures',
      ['shiftEnd', 'lastOut', 'earlyOutMinutes', 'earlyInRange'],
      ['2026-03-05 E3 18:30 17:00 90 1'],
    ],
  ])('%s', async (report, columns, lines) => {
    expect(linesOf(await readRows(api, report, range), 'date', 'employeeId', ...columns)).toEqual(lines);
  });
});

describe('changed days', () => {
  it('show old and new values, as the clock at the company showed them', async () => {
    expect(await readRows(api, 'changed-days', range)).toEqual([]);
    stage.clock.set('2026-03-13T05:30:00Z');
    // What Keka has after the employee has regularised the day without an out.
    stage.control.upsertAttendance([
      record(2, '2026-03-03', {
        firstInOfTheDay: {
          timestamp: '2026-03-03T03:42:00Z',
          employeeIdentifier: guid(2),
          punchStatus: 0,
          attendanceLogSource: 0,
          manualClockinType: 0,
          premiseName: 'Main Gate',
          locationAddress: null,
        },
        lastOutOfTheDay: {
          timestamp: '2026-03-03T18:40:00Z',
          employeeIdentifier: guid(2),
          punchStatus: 1,
          attendanceLogSource: 0,
          manualClockinType: 0,
          premiseName: 'Main Gate',
          locationAddress: null,
        },
        totalGrossHours: 898 / 60,
        totalEffectiveHours: 846 / 60,
        totalBreakDuration: 52 / 60,
      }),
    ]);
    await stage.fetch('2026-03-03');
    const rows = await readRows(api, 'changed-days', range);
    expect(linesOf(rows, 'date', 'employeeId', 'field', 'before', 'after', 'changedAt', 'status')).toEqual(
      [
        'lastOut - 00:10 (+1)',
        'lastOutPremise - Main Gate',
        'grossMinutes - 898',
        'effectiveMinutes - 846',
        'breakMinutes - 52',
        'overtimeMinutes - 0',
      ].map((line) => `2026-03-03 E2 ${line} 2026-03-13T05:30:00Z present`),
    );
    expect(await readRows(api, 'changed-days', `${range}&limit=4`)).toEqual(rows);
  });
});
