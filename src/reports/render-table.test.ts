import { describe, expect, it } from 'vitest';
import { renderTable } from './render-table.ts';

const columns = [
  { name: 'Name', cell: (row: readonly [string | null, number | null]) => row[0] },
  { name: 'Minutes', cell: (row: readonly [string | null, number | null]) => row[1] },
];

describe('a table for a terminal', () => {
  it('has a line for the headings and one for each row, in columns', () => {
    const table = renderTable(columns, [
      ['Asha Rao', 538],
      ['Bo', null],
      [null, 0],
    ]);
    expect(table).toBe(['Name      Minutes', 'Asha Rao  538', 'Bo', '          0'].join('\n'));
  });

  it('keeps columns straight for names in other scripts', () => {
    const lines = renderTable(columns, [
      ['李小龙', 1],
      ['Zoë', 2],
    ]).split('\n');
    expect(lines[1]).toMatch(/^李小龙 {2}1$/);
    expect(lines[2]).toMatch(/^Zoë {5}2$/);
  });

  it.each([
    '\u001B[31mred',
    '\u001B]0;title\u0007',
    'a\nb',
    'a\r\nb',
    'a\tb',
    '\u009B2J',
    'abc\u202Efdp.exe',
  ])('lets nothing in the name %j drive the terminal or break a row', (name) => {
    const table = renderTable(columns, [[name, 7]]);
    expect(table.split('\n')).toHaveLength(2);
    expect(table.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202A-\u202E]/u);
    expect(table).toMatch(/7$/);
  });
});
