import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import type { DailyReport } from '../../src/reports/daily/daily-row.ts';
import { renderDailyTable } from '../../src/reports/daily/render-daily.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

// Group I of the known failures: what a report holds, and what a spreadsheet makes of it.

const stages = useStages();

const day = '2026-03-11';

type Line = Readonly<Record<string, string>>;

function linesOf(csv: string): readonly Line[] {
  return parse<Line>(csv, { columns: true, bom: true });
}

describe('names and codes that a spreadsheet would run, lose or garble', () => {
  let stage: Stage;
  let report: DailyReport;
  let csv: string;
  let lines: readonly Line[];

  beforeAll(async () => {
    stage = await stages.open({ scenario: 'hostile-text' });
    await stage.fetch(day);
    report = await stage.company.daily(day);
    csv = (await stage.run('report', 'daily', '--date', day, '--format', 'csv')).out;
    lines = linesOf(csv);
  });
  const lineOf = (code: string) => lines.find((line) => line['Employee ID'] === code);

  it.each([
    ['00123', '=HYPERLINK("http://x.invalid","a")'],
    ['00124', '+1'],
    ['00125', '-1'],
    ['00126', '@SUM(A1)'],
    ['00127', '=1'],
    ['00128', '=1'],
  ])('C81: the formula in the name of %s is text in CSV, and unchanged elsewhere', (code, name) => {
    expect(lineOf(code)?.['Name']).toBe(`'${name}`);
    expect(report.rows.find(({ employeeId }) => employeeId === code)?.name).toBe(name);
  });

  it('C81: no cell of any column begins as a formula, and times and minutes are left alone', () => {
    for (const line of lines) {
      for (const cell of Object.values(line)) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    }
    expect(lineOf('00123')).toMatchObject({
      'First in premise': "'=cmd()",
      'First in (Asia/Kolkata)': '09:12',
      'Gross minutes': '538',
    });
    expect(lineOf("'=1+1")).toMatchObject({ Name: 'Tarun Gokhale' });
  });

  it('C82: a code keeps its zeros as plain characters, without anything hidden', () => {
    expect(csv).toContain(`\r\n${day},00123,`);
    const codes = lines.map((line) => line['Employee ID'] ?? '').filter((code) => code.startsWith('00'));
    expect(codes).toHaveLength(12);
    for (const code of codes) expect(code).toMatch(/^[0-9]{5}$/);
  });

  it('C84: the file begins with a byte order mark, is UTF-8, and names come back equal', () => {
    expect([...Buffer.from(csv, 'utf8').subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(Object.keys(lines[0] ?? {})[0]).toBe('Date');
    const names = ['00129', '00130', '00131', '00132', '00134'].map((code) => lineOf(code)?.['Name']);
    expect(names).toEqual([
      'प्रिया शर्मा',
      'José Pérez',
      'Zoë Clarke',
      '<img src=x onerror=alert(1)>',
      '"quoted", and comma',
    ]);
  });

  it('C84: the API sends the same bytes as a file', async () => {
    const api = await stage.installation.serve();
    try {
      const organisation = encodeURIComponent(stage.company.context.organisation.name);
      const { status, body } = await api.get(
        `/api/v1/reports/daily?date=${day}&format=csv&organisation=${organisation}`,
      );
      expect(status).toBe(200);
      expect(body).toBe(csv);
    } finally {
      await api.close();
    }
  });

  it('C81: a name can neither turn the text of a terminal round nor move its cursor', () => {
    const table = renderDailyTable(report);
    for (const character of ['\u202E', '\u001B', '\r', '\t']) expect(table).not.toContain(character);
    expect(table).toContain('evil Naidu');
  });

  it('C81: the same holds for the Integration report, with names that only Keka knows', async () => {
    const unknown = await stages.open({ scenario: 'hostile-text', directory: null });
    await unknown.fetch(day);
    const { out } = await unknown.run('report', 'integration', '--format', 'csv');
    const cells = linesOf(out);
    expect(cells).toHaveLength(13);
    for (const line of cells) {
      for (const cell of Object.values(line)) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
    }
    expect(cells.map((line) => line['Who'])).toContain(`'=HYPERLINK("http://x.invalid","a")`);
    expect(cells.map((line) => line['Who'])).toContain('प्रिया शर्मा');
  });
});

describe('C84: a directory file', () => {
  const header = 'employee_id,first_name,last_name,email';
  const people = [
    '00123,प्रिया,शर्मा,p@acme.example',
    '00124,José,Pérez,j@acme.example',
    '00125,Zoë,Clarke,z@acme.example',
  ];
  const text = [header, ...people].join('\r\n');

  it.each([
    ['without a byte order mark', text],
    ['with one', `\uFEFF${text}`],
    ['with one and semicolons', `\uFEFF${text.replaceAll(',', ';')}`],
  ])('%s gives the same codes and names', async (_, csv) => {
    const attendance = ['00123', '00124', '00125'].map((employeeNumber, n) =>
      record(n + 1, day, { employeeNumber }),
    );
    const stage = await stages.open({ scenario: { ...smallScenario(0, []), attendance }, directory: csv });
    await stage.fetch(day);
    const { rows } = await stage.company.daily(day);
    expect(rows.map(({ employeeId, name, link }) => [employeeId, name, link])).toEqual([
      ['00124', 'José Pérez', 'linked'],
      ['00125', 'Zoë Clarke', 'linked'],
      ['00123', 'प्रिया शर्मा', 'linked'],
    ]);
  });
});

describe('C89: people without a record', () => {
  const numbers = Array.from({ length: 240 }, (_, index) => index + 1);
  const directory = ['employee_id,first_name,last_name', ...numbers.map((n) => `E${n},Asha,Rao ${n}`)].join(
    '\n',
  );
  const scenario = {
    ...smallScenario(0, []),
    employees: numbers.map((n) => profile(n)),
    attendance: numbers.slice(0, 230).map((n) => record(n, day)),
  };

  it('are in the report: 240 lines, ten of them without a record', async () => {
    const stage = await stages.open({ scenario, directory });
    await stage.fetch(day);
    const { rows } = await stage.company.daily(day);
    expect(rows).toHaveLength(240);
    expect(rows.filter(({ status }) => status === 'present')).toHaveLength(230);
    const without = rows.filter(({ status }) => status === 'no_record');
    expect(without).toHaveLength(10);
    expect(without[0]).toMatchObject({ link: 'linked', firstIn: null, lastOut: null, grossMinutes: null });
    const { out } = await stage.run('report', 'daily', '--date', day, '--format', 'csv');
    expect(linesOf(out).filter((line) => line['Status'] === 'No record')).toHaveLength(10);
  });

  it('are not read yet after a run that failed, in every line', async () => {
    const stage = await stages.open({ scenario, directory });
    await stage.fetch('2026-03-10');
    stage.control.addFault({
      match: { path: '/api/v1/time/attendance' },
      answer: { kind: 'respond', status: 500 },
    });
    await stage.fetch(day);
    const { rows, dataAsOf } = await stage.company.daily(day);
    expect(dataAsOf).toBeNull();
    expect(rows.map(({ status }) => status)).toEqual(numbers.map(() => 'not_read_yet'));
  });

  it('whom Keka does not know are in the report as well', async () => {
    const stage = await stages.open({
      scenario: smallScenario(1, [day]),
      directory: `${directory.split('\n').slice(0, 2).join('\n')}\nX9,Binod,Thakur`,
    });
    await stage.fetch(day);
    expect(await stage.company.row(day, 'X9')).toMatchObject({
      status: 'not_linked',
      link: 'no_source_person',
    });
  });
});
