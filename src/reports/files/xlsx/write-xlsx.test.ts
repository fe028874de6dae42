import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { ReportHead } from '../../read-report.ts';
import type { Cells } from '../../shape/bind-report.ts';
import { toMoment } from '../../shape/cells.ts';
import type { ColumnHead } from '../../shape/report-shape.ts';
import { createXlsxWriter } from './write-xlsx.ts';

const column = (id: string, kind: ColumnHead['kind']): ColumnHead => ({
  id,
  name: id,
  shortName: id,
  kind,
  isBrief: true,
});

const head: ReportHead = {
  report: 'test',
  title: 'In/out [test]',
  organisation: 'Acme <Textiles> & Co',
  from: '2026-03-10',
  to: '2026-03-11',
  zone: 'Asia/Kolkata',
  dataAsOf: '2026-03-12T05:30:00Z',
  datesNotRead: 0,
  warnings: [],
  madeAt: '2026-03-12T06:00:00Z',
  filter: { team: ['Sales', '-'], search: 'asha' },
  columns: [
    column('code', 'text'),
    column('date', 'date'),
    column('in', 'time'),
    column('out', 'time'),
    column('minutes', 'minutes'),
    column('share', 'percent'),
    column('read', 'instant'),
    column('status', 'worded'),
  ],
};

async function write(
  rows: readonly Cells[],
  options?: Parameters<typeof createXlsxWriter>[2],
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writer = createXlsxWriter(
    head,
    async (piece) => void pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece),
    options,
  );
  await writer.addRows(rows);
  await writer.end();
  return Buffer.concat(pieces);
}

const date = Temporal.PlainDate.from('2026-03-10');
const at = (instant: string) => toMoment(Temporal.Instant.from(instant), 'Asia/Kolkata', date);
const row = (code: string): Cells => [
  code,
  '2026-03-10',
  at('2026-03-10T03:42:51Z'),
  at('2026-03-11T01:05:00Z'),
  538,
  33.3,
  '2026-03-12T05:30:07.5Z',
  { code: 'present', text: 'Present' },
];

describe('a workbook', () => {
  it('has types: text stays text, a date is a date, a time is what the clock at the company showed', async () => {
    const [cover, sheet] = await readXlsxFile(await write([row('00123'), row('=1+1')]));
    expect(sheet?.sheet).toBe('In out test');
    const [header, first, second] = sheet?.data ?? [];
    expect(header).toEqual(['code', 'date', 'in', 'out', 'minutes', 'share', 'read', 'status']);
    expect(first?.[0]).toBe('00123');
    expect(second?.[0]).toBe('=1+1');
    expect(first?.[1]).toEqual(new Date('2026-03-10T00:00:00Z'));
    // The day before the first of a spreadsheet is where its times lie.
    expect(first?.[2]).toEqual(new Date('1899-12-30T09:12:00Z'));
    expect(first?.[3]).toEqual(new Date('1899-12-31T06:35:00Z'));
    expect(first?.slice(4, 6)).toEqual([538, 0.333]);
    expect(first?.[6]).toEqual(new Date('2026-03-12T05:30:07Z'));
    expect(first?.[7]).toBe('Present');
    expect(cover?.data).toEqual([
      ['In/out [test]', null],
      [null, null],
      ['Organisation', 'Acme <Textiles> & Co'],
      ['Dates', '2026-03-10 to 2026-03-11'],
      ['Local times', 'in Asia/Kolkata'],
      ['Data as of', '2026-03-12T05:30:00Z'],
      ['Filter: search', 'asha'],
      ['Filter: team', 'Sales, none'],
      ['Rows', '2'],
      ['Made', '2026-03-12T06:00:00Z'],
    ]);
  });

  it('is the same file for the same rows', async () => {
    expect(await write([row('E1')])).toEqual(await write([row('E1')]));
  });

  it('goes on in another sheet where the rows do not fit into one', async () => {
    const rows = Array.from({ length: 7 }, (_none, index) => row(`E${index}`));
    const [, ...sheets] = await readXlsxFile(await write(rows, { rowsOfSheet: 4 }));
    expect(sheets.map(({ sheet, data }) => [sheet, data.length - 1])).toEqual([
      ['In out test', 3],
      ['In out test (2)', 3],
      ['In out test (3)', 1],
    ]);
    expect(sheets.flatMap(({ data }) => data.slice(1).map(([code]) => code))).toEqual(
      rows.map(([code]) => code),
    );
  });

  it('has a header and no rows where there are none', async () => {
    const [, sheet] = await readXlsxFile(await write([]));
    expect(sheet?.data).toHaveLength(1);
  });
});
