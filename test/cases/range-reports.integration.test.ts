import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Stage, useStages } from '../support/case-stage.ts';
import { linesOf, readPage, readRows } from '../support/read-report.ts';
import { firstDay, lastDay, neverRead, openReportCompany } from '../support/report-company.ts';
import type { ServedApi } from '../support/run-hajiri.ts';

// Every report over a range of dates, on the company of report-company.ts. Numbers here are counted by hand.

const stages = useStages();
const range = `from=${firstDay}&to=${lastDay}`;
let stage: Stage;
let api: ServedApi;

beforeAll(async () => {
  stage = await openReportCompany(stages);
  api = await stage.installation.serve();
});
afterAll(() => api?.close());

describe('detailed', () => {
  it('has everybody on every date of the range, by the derivation of the Daily report', async () => {
    const rows = await readRows(api, 'detailed', range);
    expect(rows).toHaveLength(48);
    for (const date of [firstDay, '2026-03-05', lastDay]) {
      const daily = await stage.company.daily(date);
      const own = rows.filter((row) => row['date'] === date);
      expect(own.map(({ employeeId, status, flags }) => ({ employeeId, status, flags }))).toEqual(
        daily.rows.map(({ employeeId, status, flags }) => ({ employeeId, status, flags })),
      );
    }
    const thursday = rows.filter((row) => row['date'] === '2026-03-05');
    expect(linesOf(thursday, 'employeeId', 'firstIn', 'lastOut', 'effectiveMinutes', 'status')).toEqual([
      'E1 - - - absent',
      'E2 09:12 00:40+1 876 present',
      'E3 09:12 17:00 416 present',
      'E6 - - - not_linked',
      'E4 - - - absent',
      '00123 - - - no_record',
    ]);
  });

  it('says not read yet of a date that was never read, never absent', async () => {
    const page = await readPage(api, 'detailed', `from=${neverRead}&to=${neverRead}`);
    expect(page).toMatchObject({ dataAsOf: null, datesNotRead: 1 });
    expect(linesOf(page.rows, 'employeeId', 'status')).toEqual([
      'E1 not_read_yet',
      'E2 not_read_yet',
      'E3 not_read_yet',
      'E6 not_linked',
      'E4 not_read_yet',
      '00123 not_read_yet',
    ]);
  });

  it.each([
    ['search=JOSE', 6],
    ['search=perez%20jose', 6],
    ['search=E7', 2],
    ['team=Sales', 16],
    ['team=Sales&team=-', 26],
    ['location=Delhi&status=absent', 6],
    ['employee=00123', 8],
    ['employee=123', 0],
    ['employee=E7', 2],
    ['flag=missing_out', 1],
    ['flag=missing_out&flag=worked_on_holiday', 2],
    ['status=present&status=absent', 24],
    ['status=no_record&team=Sales', 0],
  ])('keeps to %s', async (filter, count) => {
    expect(await readRows(api, 'detailed', `${range}&${filter}`)).toHaveLength(count);
  });

  it('gives chosen columns in the order that is wanted, everywhere', async () => {
    const page = await readPage(api, 'detailed', `${range}&employee=E4&columns=status,name,date`);
    expect(page.columns.map(({ id }) => id)).toEqual(['status', 'name', 'date']);
    expect(page.rows[0]).toEqual({ status: 'present', name: 'José Pérez', date: '2026-03-04' });
    const { body } = await api.get(
      `/api/v1/reports/detailed?${range}&employee=E4&columns=status,date&format=csv`,
    );
    expect(body.split('\r\n').slice(0, 2)).toEqual(['\u{FEFF}Status,Date', 'Present,2026-03-04']);
  });
});

describe('a page', () => {
  it('begins after the last row of the page before, whatever its size', async () => {
    const whole = await readRows(api, 'detailed', `${range}&limit=1000`);
    for (const limit of [1, 7, 47, 48]) {
      expect(await readRows(api, 'detailed', `${range}&limit=${limit}`)).toEqual(whole);
    }
    expect((await readPage(api, 'detailed', `${range}&limit=48`)).next).toBeNull();
  });

  it.each(['x', 'W10', Buffer.from('["2026-03-32","a","b","c","d","e","1"]').toString('base64url')])(
    'is refused for the cursor %s',
    async (cursor) => {
      const { status, body } = await api.get(`/api/v1/reports/detailed?${range}&cursor=${cursor}`);
      expect(status).toBe(422);
      expect(JSON.parse(body)).toMatchObject({ faults: [{ field: 'cursor' }] });
    },
  );
});

describe('what cannot be', () => {
  it.each([
    ['from=2026-03-09&to=2026-03-02', 'from', 'lies after "to"'],
    ['to=2026-03-13', 'to', 'lies in the future (today is 2026-03-12 in Asia/Kolkata)'],
    ['from=2024-01-01&to=2026-03-11', 'to', 'makes more than 400 days'],
    ['from=2026-02-30', 'from', 'must be a date that exists, written YYYY-MM-DD'],
    ['columns=date,salary', 'columns', expect.stringMatching(/^must be of date, employeeId, /)],
    ['status=tardy', 'status', 'must be a status of the report'],
    ['limit=0', 'limit', 'must be at least 1'],
    ['search=%00', 'search', 'must not contain U+0000'],
    ['format=doc', 'format', expect.stringMatching(/^must be json, csv/)],
  ])('%s is answered with 422', async (query, field, reason) => {
    const { status, body } = await api.get(`/api/v1/reports/detailed?${query}`);
    expect(status).toBe(422);
    expect(JSON.parse(body)).toMatchObject({ code: 'invalid_input', faults: [{ field, reason }] });
  });

  it('is a fault on the command line, too', async () => {
    const spoken = await stage.run('report', 'detailed', '--from', '2026-03-09', '--to', '2026-03-02');
    expect(spoken).toMatchObject({ code: 2, out: '' });
    expect(spoken.told).toContain('from: lies after "to"');
    expect(await stage.run('report', 'detailed', '--status', 'tardy')).toMatchObject({ code: 2 });
  });
});

describe('the usual dates', () => {
  it('are the last seven up to yesterday, where the company is', async () => {
    const page = await readPage(api, 'detailed', '');
    expect(page).toMatchObject({ from: '2026-03-05', to: '2026-03-11', zone: 'Asia/Kolkata' });
  });
});

describe('the command line', () => {
  it('shows a table of what fits, and says why there is nothing', async () => {
    const { out } = await stage.run('report', 'detailed', '--from', '2026-03-05', '--to', '2026-03-05');
    expect(out).toContain(
      'Detailed attendance · 2026-03-05 · times in Asia/Kolkata · data as of 2026-03-12T',
    );
    expect(out).toMatch(/2026-03-05 +E2 +Binod Jha +Sales +09:12 +00:40 \(\+1\) +928 +876 +Present/);
    const nobody = await stage.run('report', 'detailed', '--search', 'nobody of this name');
    expect(nobody.out).toContain('Nothing fits the filter.');
  });

  it('writes the same rows as JSON and the same bytes as CSV as the API', async () => {
    const options = ['--from', firstDay, '--to', lastDay, '--team', 'Sales'];
    const { out } = await stage.run('report', 'detailed', ...options, '--json');
    expect(JSON.parse(out)).toMatchObject({ rows: await readRows(api, 'detailed', `${range}&team=Sales`) });
    const csv = await stage.run('report', 'detailed', ...options, '--format', 'csv');
    const answer = await api.get(`/api/v1/reports/detailed?${range}&team=Sales&format=csv`);
    expect(csv.out).toBe(answer.body);
    expect(parse(csv.out, { bom: true })).toHaveLength(17);
  });

  it('writes a workbook to a file, the same as the API sends, and no part of one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hajiri-reports-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'days.xlsx');
    const options = ['--from', firstDay, '--to', firstDay];
    const spoken = await stage.run('report', 'detailed', ...options, '--format', 'xlsx', '--output', file);
    expect(spoken).toMatchObject({ code: 0, out: `Written to ${file}.\n` });
    const [cover, sheet] = await readXlsxFile(file);
    expect(cover?.data).toContainEqual(['Local times', 'in Asia/Kolkata']);
    expect(sheet?.data).toHaveLength(7);
    expect(sheet?.data.find((row) => row[1] === '00123')?.slice(9, 10)).toEqual([
      new Date('1899-12-30T09:12:00Z'),
    ]);
    const answer = await api.get(`/api/v1/reports/detailed?from=${firstDay}&to=${firstDay}&format=xlsx`);
    expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(/^PK/) });
    expect(await readdir(folder)).toEqual(['days.xlsx']);

    const paper = join(folder, 'days.pdf');
    await stage.run('report', 'muster', '--format', 'pdf', '--output', paper);
    expect((await readFile(paper)).toString('latin1')).toMatch(/^%PDF-[^]*%%EOF\n$/);
    await rm(paper);
    const refused = await stage.run('report', 'detailed', '--format', 'xlsx');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.told).toContain('--output: is needed with --format xlsx');
    const nowhere = join(folder, 'nowhere', 'days.csv');
    const failed = await stage.run('report', 'detailed', '--format', 'csv', '--output', nowhere);
    expect(failed.told).toContain('--output: cannot be written (ENOENT)');
  });

  it('writes the Daily and the Integration report as workbooks, too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hajiri-reports-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'report.xlsx');
    await stage.run('report', 'daily', '--date', firstDay, '--format', 'xlsx', '--output', file);
    const [, daily] = await readXlsxFile(file);
    expect(daily).toMatchObject({ sheet: 'Daily Attendance', data: { length: 7 } });
    await stage.run('report', 'integration', '--format', 'xlsx', '--output', file);
    const [, integration] = await readXlsxFile(file);
    expect(integration?.data.map((row) => row[4])).toEqual(['Reason', 'not_in_directory']);
    for (const report of ['daily', 'integration']) {
      for (const [format, beginning] of [
        ['xlsx', /^PK/],
        ['pdf', /^%PDF-/],
      ] as const) {
        const answer = await api.get(`/api/v1/reports/${report}?format=${format}`);
        expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(beginning) });
      }
    }
  });
});
