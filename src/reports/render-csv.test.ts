import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf, recogniseFile } from '../directory/import/given-file.ts';
import { readRows } from '../directory/import/read-rows.ts';
import { type Column, renderCsv } from './render-csv.ts';

type Row = { readonly name: string | null; readonly minutes: number | null };

const columns: readonly Column<Row>[] = [
  { name: 'Name', cell: ({ name }) => name },
  { name: 'Minutes', cell: ({ minutes }) => minutes },
];

function csvOf(name: string | null, minutes: number | null = 5): string {
  return renderCsv(columns, [{ name, minutes }]);
}

/** The cells of the only row, as any reader of CSV finds them. */
function cellsOf(csv: string): readonly string[] {
  const [, ...rows] = parse(csv, { bom: true });
  expect(rows).toHaveLength(1);
  return rows[0] ?? [];
}

describe('a CSV file', () => {
  it('begins with the bytes by which Excel knows UTF-8, and ends its lines with CRLF', () => {
    const bytes = Buffer.from(csvOf('प्रिया'));
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.subarray(3).toString()).toBe('Name,Minutes\r\nप्रिया,5\r\n');
  });

  it('has its headings even without a row', () => {
    expect(renderCsv(columns, [])).toBe('\uFEFFName,Minutes\r\n');
  });

  it.each(['00123', '0030', '30', '1e3', 'A-030', ' 7 ', 'EMP\u200B017', '9007199254740993'])(
    'has the code %j byte for byte',
    (code) => {
      expect(cellsOf(csvOf(code))[0]).toBe(code);
      expect(csvOf(code)).toContain(`\r\n${code},`);
    },
  );

  it.each([
    'Asha, Rao',
    'Asha "Ash" Rao',
    'Asha\nRao',
    'Asha\rRao',
    'Asha\r\nRao',
    'José',
    'Zoë',
    '日本',
    '',
  ])('has the name %j in one cell of one row', (name) => {
    expect(cellsOf(csvOf(name))).toEqual([name, '5']);
  });

  it.each([
    '=HYPERLINK("http://x.invalid","a")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\uFF1D1',
    '-09:12',
  ])('takes the formula out of %j with an apostrophe', (name) => {
    expect(cellsOf(csvOf(name))[0]).toBe(`'${name}`);
  });

  it('leaves numbers and times alone', () => {
    expect(cellsOf(csvOf('09:12', -30))).toEqual(['09:12', '-30']);
    expect(cellsOf(csvOf('06:35 (+1)', 0.5))).toEqual(['06:35 (+1)', '0.5']);
    expect(cellsOf(csvOf(null, null))).toEqual(['', '']);
  });

  it('never lets the text of a cell begin a row or a cell of its own, nor a formula', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(...'=,+,-,@,\t,\r,\n,",;,a,1,\uFF1D,\u2028'.split(','), ','),
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), (name) => {
        const [cell, minutes] = cellsOf(csvOf(name));
        expect(minutes).toBe('5');
        expect([name, `'${name}`]).toContain(cell);
        expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
        // A spreadsheet also breaks rows at a lone CR or LF, unless it is quoted.
        const outsideQuotes = csvOf(name).replaceAll(/"(?:[^"]|"")*"/g, 'quoted');
        expect(outsideQuotes.split(/\r\n|\r|\n/)).toHaveLength(3);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read by the importer of employees with the same names, with and without the mark', async () => {
    const directory: readonly Column<{ id: string; name: string }>[] = [
      { name: 'employee_id', cell: ({ id }) => id },
      { name: 'first_name', cell: ({ name }) => name },
      { name: 'last_name', cell: () => '' },
    ];
    const people = ['प्रिया', 'José', 'Zoë', '李', 'Renée "Né" O’Brien, jr.'].map((name, index) => ({
      id: `00${index}`,
      name,
    }));
    const csv = renderCsv(directory, people);
    for (const text of [csv, csv.slice(1)]) {
      const file = fileOf('employees.csv', new TextEncoder().encode(text));
      const { rows } = await readRows(file, await recogniseFile(file));
      const read: unknown[] = [];
      for await (const row of rows) {
        if ('cells' in row) read.push({ id: row.cells.employee_id, name: row.cells.first_name });
      }
      expect(read).toEqual(people);
    }
  });
});
