import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import { beforeAll, expect, it } from 'vitest';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import type { Sight } from '../../src/accounts/sight.ts';
import type { EmployeeRef } from '../../src/db/schema.ts';
import type { FileFormat } from '../../src/reports/files/format-names.ts';
import { writeReport } from '../../src/reports/files/write-report.ts';
import { narrowPeople } from '../../src/reports/person-days/narrow-people.ts';
import {
  type ReportHead,
  readReportPage,
  readWholeReport,
  toRecord,
  type WantedReport,
} from '../../src/reports/read-report.ts';
import { reports } from '../../src/reports/reports.ts';
import type { Cells, Report } from '../../src/reports/shape/bind-report.ts';
import { type Cell, type CellKind, cellText } from '../../src/reports/shape/cells.ts';
import { type Stage, useStages } from '../support/case-stage.ts';
import { firstDay, neverRead, openReportCompany } from '../support/report-company.ts';

// One query per report: whatever is asked for, pages, CSV and XLSX have the same rows in the same order.

const stages = useStages();
let stage: Stage;
beforeAll(async () => {
  stage = await openReportCompany(stages);
  // Somebody who changes the team on the way, and somebody who was nobody's until then.
  const { pool } = stages.database;
  await pool.query(`
    insert into team_move (organisation_id, employee, last_day, team_id, made_at)
    select e.organisation_id, e.id, '2026-03-04', t.id, now() from employee e, team t
    where e.employee_id = 'E3' and t.name = 'Sales'`);
  await pool.query(`update person_link l set valid_from = '2026-03-05' from employee e
    where e.id = l.employee and e.employee_id = '00123'`);
});

const first = Temporal.PlainDate.from(firstDay);
const days = first.until(neverRead).days;

/** Rarely given: filters that leave nothing prove nothing. */
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const some = <const Value extends string>(...values: readonly Value[]) =>
  rarely(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }));

const anyFilter = fc.record({
  search: rarely(fc.constantFrom('', 'asha', 'JOSE', 'e1', 'प्रिया', "' or true --", '%')),
  team: some('Sales', 'Support', '-', 'Nowhere'),
  location: some('Pune', 'Delhi', '-'),
  employee: some('E1', 'E2', '00123', '123', 'E7'),
  status: some('present', 'absent', 'no_record', 'not_linked', 'holiday', 'not_read_yet'),
  flag: some('missing_out', 'late', 'worked_on_holiday', 'not_linked', 'early_out'),
} as const);

const anyWanted = fc.record({
  report: fc.constantFrom(...reports),
  window: fc.tuple(fc.nat(days), fc.nat(days)).map(([a, b]) => ({
    from: first.add({ days: Math.min(a, b) }),
    to: first.add({ days: Math.max(a, b) }),
  })),
  filter: anyFilter,
  limit: fc.integer({ min: 1, max: 9 }),
});

it('the same rows come as pages, as CSV and as XLSX, whatever is asked for', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(anyWanted, async ({ report, window, filter: any, limit }) => {
      const own = Object.entries(any).filter(([name]) => report.filters.some((one) => one === name));
      const wanted: WantedReport = { ...window, filter: Object.fromEntries(own) };
      const { head, rows } = await readAll(report, wanted);
      expect(await readPages(report, wanted, limit)).toEqual(
        rows.map((cells) => toRecord(head.columns, cells)),
      );

      const csv = parse(String(await writeFile(report, wanted, 'csv')), { bom: true });
      const names = head.columns.map(({ name }) => name);
      expect(csv).toEqual([names, ...rows.map((cells) => cells.map((cell) => String(cellText(cell) ?? '')))]);

      const [, sheet] = await readXlsxFile(await writeFile(report, wanted, 'xlsx'));
      const kinds = head.columns.map(({ kind }) => kind);
      const typed = rows.map((cells) => cells.map((cell, index) => asTyped(kinds[index], cell)));
      expect(sheet?.data.map((row) => row.map(toSecond))).toEqual([names, ...typed]);
      seen += rows.length;
    }),
    { numRuns: 50 },
  );
  expect(seen).toBeGreaterThan(20);
});

it('a report of few people has the rows that it has when everybody is read', async () => {
  const { rows } = await stages.database.pool.query<{ id: EmployeeRef }>(
    `select id from employee where employee_id = 'E3'`,
  );
  const sights: readonly Sight[] = [
    { kind: 'everyone' },
    { kind: 'teams', teams: ['Sales'] },
    { kind: 'teams', teams: ['Support', 'Nowhere'] },
    { kind: 'nobody' },
    ...rows.map(({ id }) => ({ kind: 'employee', employee: id }) as const),
  ];
  const { organisation } = stage.company.context;
  let narrowed = 0;
  await fc.assert(
    fc.asyncProperty(anyWanted, fc.constantFrom(...sights), async ({ report, window, filter }, sight) => {
      await inOrganisation(stage.company.context, async (transaction) => {
        const request = { organisation, window, filter, sight };
        const people = await narrowPeople(transaction, request);
        const all = await report.readPage(transaction, request, { limit: 1000 });
        expect(await report.readPage(transaction, { ...request, people }, { limit: 1000 })).toEqual(all);
        if (people !== null) narrowed += all.rows.length;
      });
    }),
    { numRuns: 60 },
  );
  expect(narrowed).toBeGreaterThan(0);
});

async function readAll(report: Report, wanted: WantedReport) {
  const heads: ReportHead[] = [];
  const rows: Cells[] = [];
  await readWholeReport(stage.company.context, report, wanted, (head) => {
    heads.push(head);
    return { addRows: async (some) => void rows.push(...some), end: async () => {} };
  });
  const [head] = heads;
  if (head === undefined) throw new Error('there is no head');
  return { head, rows };
}

async function readPages(report: Report, wanted: WantedReport, limit: number) {
  const rows: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await readReportPage(stage.company.context, report, { ...wanted, limit, cursor });
    rows.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

async function writeFile(report: Report, wanted: WantedReport, format: FileFormat): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await writeReport(stage.company.context, report, { ...wanted, format }, () => async (piece) => {
    pieces.push(Buffer.from(piece));
  });
  return Buffer.concat(pieces);
}

/** A time is a part of a day there, and the reader's milliseconds are not exact. */
function toSecond(value: unknown): unknown {
  return value instanceof Date ? new Date(Math.round(value.getTime() / 1000) * 1000) : value;
}

/** What a spreadsheet makes of a cell; dates and times are those of UTC to this reader. */
function asTyped(kind: CellKind | undefined, cell: Cell): string | number | Date | null {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'number') return kind === 'percent' ? Math.round(cell * 10) / 1000 : cell;
  if (typeof cell === 'string') {
    if (kind === 'date') return new Date(`${cell}T00:00:00Z`);
    return kind === 'instant' ? new Date(cell.replace(/\.\d+Z$/, 'Z')) : cell;
  }
  if ('text' in cell) return cell.text === '' ? null : cell.text;
  const day = new Date(`1899-12-30T${cell.time}:00Z`);
  return new Date(day.getTime() + cell.dayOffset * 86_400_000);
}
