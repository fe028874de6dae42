import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { DailyReport, DailyRow, ReportPunch } from './daily-row.ts';
import { renderDailyCsv, renderDailyTable } from './render-daily.ts';

function punch(time: string, instant: string, changes: Partial<ReportPunch> = {}): ReportPunch {
  return { time, dayOffset: 0, instant, premise: 'Main Gate', punchStatus: 0, logSource: 0, ...changes };
}

const asha: DailyRow = {
  date: '2026-03-10',
  employeeId: '00123',
  name: 'Asha Rao',
  email: 'asha.rao@acme.example',
  team: 'Support',
  designation: null,
  location: 'Pune',
  leavingDate: null,
  connection: 'main',
  sourceGuid: '1c9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0042',
  employeeNumber: '00123',
  link: 'linked',
  firstIn: punch('09:12', '2026-03-10T03:42:00Z'),
  lastOut: punch('18:10', '2026-03-10T12:40:00Z'),
  grossMinutes: 538,
  effectiveMinutes: 486,
  breakMinutes: 52,
  lateMinutes: 0,
  earlyOutMinutes: 20,
  overtimeMinutes: 6,
  expectedMinutes: 480,
  recordedStatus: 'present',
  note: null,
  notedBy: null,
  shiftStart: null,
  shiftEnd: null,
  dayType: 0,
  status: 'present',
  flags: [],
  lastFetchedAt: '2026-03-11T05:30:00Z',
};

function rowOf(changes: Partial<DailyRow>): DailyRow {
  return { ...asha, ...changes };
}

function reportOf(...rows: readonly Partial<DailyRow>[]): DailyReport {
  return {
    date: '2026-03-10',
    zone: 'Asia/Kolkata',
    dataAsOf: '2026-03-11T05:30:00Z',
    warnings: [],
    rows: rows.map(rowOf),
  };
}

/** The only row of the CSV file, by its headings. */
function csvRow(changes: Partial<DailyRow>): Readonly<Record<string, string>> {
  const [row, ...rest] = parse<Record<string, string>>(renderDailyCsv(reportOf(changes)), {
    bom: true,
    columns: true,
  });
  expect(rest).toEqual([]);
  return row ?? {};
}

function tableLine(changes: Partial<DailyRow>): string {
  return renderDailyTable(reportOf(changes)).split('\n').at(-1) ?? '';
}

describe('the Daily Attendance report as CSV', () => {
  it('has a column for everything, with the zone of local times in its heading', () => {
    expect(csvRow({})).toEqual({
      Date: '2026-03-10',
      'Employee ID': '00123',
      Name: 'Asha Rao',
      'E-mail': 'asha.rao@acme.example',
      Team: 'Support',
      Designation: '',
      Location: 'Pune',
      'First in (Asia/Kolkata)': '09:12',
      'First in (UTC)': '2026-03-10T03:42:00Z',
      'First in premise': 'Main Gate',
      'Last out (Asia/Kolkata)': '18:10',
      'Last out (UTC)': '2026-03-10T12:40:00Z',
      'Last out premise': 'Main Gate',
      'Gross minutes': '538',
      'Effective minutes': '486',
      'Expected minutes': '480',
      'Late minutes': '0',
      'Early out minutes': '20',
      'Overtime minutes': '6',
      'Break minutes': '52',
      'Day type': 'Working day',
      Status: 'Present',
      Flags: '',
      'Status in the record': 'Present',
      Note: '',
      'Noted by': '',
      Link: 'linked',
      'Keka employee number': '00123',
      Connection: 'main',
      'Last fetched (UTC)': '2026-03-11T05:30:00Z',
    });
  });

  it('says on which day an Out falls that is not the day of the row', () => {
    const lastOut = punch('06:35', '2026-03-11T01:05:00Z', { dayOffset: 1 });
    expect(csvRow({ lastOut })['Last out (Asia/Kolkata)']).toBe('06:35 (+1)');
  });

  it('leaves blank what is not known, and keeps the row', () => {
    const row = csvRow({ lastOut: null, grossMinutes: null, effectiveMinutes: null, flags: ['missing_out'] });
    expect(row).toMatchObject({
      'First in (Asia/Kolkata)': '09:12',
      'Last out (Asia/Kolkata)': '',
      'Last out (UTC)': '',
      'Gross minutes': '',
      Flags: 'missing out',
    });
  });

  it.each([
    [0, 'Working day'],
    [1, 'Holiday'],
    [2, 'Weekly off'],
    [3, 'First half off'],
    [4, 'Second half off'],
    [9, 'Unknown (9)'],
    [-1, 'Unknown (-1)'],
    [null, ''],
  ])('names the day type %j', (dayType, name) => {
    expect(csvRow({ dayType })['Day type']).toBe(name);
  });

  it('takes formulas out of names and notes, and out of nothing else', () => {
    const row = csvRow({ name: '=HYPERLINK("http://x.invalid","a")', team: '+Ops', employeeId: '-030' });
    expect(row).toMatchObject({
      Name: '\'=HYPERLINK("http://x.invalid","a")',
      Team: "'+Ops",
      'Employee ID': "'-030",
    });
    expect(row['First in (Asia/Kolkata)']).toBe('09:12');
  });
});

describe('the Daily Attendance report as a table', () => {
  it('says which date, in which zone, as of when, and how many of each', () => {
    const report = reportOf(
      {},
      { status: 'absent' },
      { status: 'absent' },
      { status: 'unknown_day_type', dayType: 9 },
    );
    const [title, summary] = renderDailyTable(report).split('\n');
    expect(title).toContain('2026-03-10');
    expect(title).toContain('Asia/Kolkata');
    expect(title).toContain('2026-03-11T05:30:00Z');
    expect(summary).toBe('4 people · Present 1 · Absent 2 · Unknown (9) 1');
  });

  it('says when the date was not read completely, and when nobody is in it', () => {
    const text = renderDailyTable({ ...reportOf(), dataAsOf: null });
    expect(text).toContain('not read completely yet');
    expect(text).toContain('0 people');
    expect(text).toMatch(/Nobody is employed/);
  });

  it('shows one line for each person with times, hours and status', () => {
    expect(tableLine({})).toMatch(
      /^00123 +Asha Rao +Support +09:12 +18:10 +Main Gate +8 h 58 +8 h 06 +Present$/,
    );
  });

  it('shows both premises only when they differ', () => {
    const lastOut = punch('18:10', '2026-03-10T12:40:00Z', { premise: 'Web Clock In' });
    expect(tableLine({ lastOut })).toContain('Main Gate → Web Clock In');
  });

  it('shows the code that Keka has, in brackets, for a person who is not linked', () => {
    const unlinked = {
      employeeId: null,
      employeeNumber: '1042',
      link: 'not_in_directory',
      flags: ['not_linked'],
    } as const;
    expect(tableLine(unlinked)).toMatch(/^\(1042\) .* not linked$/);
    expect(tableLine({ ...unlinked, employeeNumber: null, name: null })).toMatch(/^— +— /);
  });

  it('says when a leaver leaves, and no flag that the status says already', () => {
    expect(tableLine({ leavingDate: '2026-03-12', flags: ['leaver'] })).toMatch(
      /Present +leaves 2026-03-12$/,
    );
    expect(tableLine({ status: 'not_linked', flags: ['not_linked', 'no_employee_id'] })).toMatch(
      /Not linked +no Employee ID$/,
    );
  });
});
