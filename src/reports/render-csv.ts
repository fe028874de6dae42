import { stringify } from 'csv-stringify/sync';

/** One column of a rendered report: its heading, and the cell of a row. */
export type Column<Row> = {
  readonly name: string;
  readonly cell: (row: Row) => string | number | null;
};

// What a spreadsheet takes for the beginning of a formula, full-width forms and blanks that it skips included; with
// apostrophes before it, too, so that whoever takes one away again has the text as it was.
const opensFormula = /^'*[=+\-@\t\r\n\u{FF0B}\u{FF0D}\u{FF1D}\u{FF20}]/u;

/**
 * CSV with a byte order mark, which Excel needs for anything but Latin, and CRLF line ends. A text that a spreadsheet
 * would take for a formula gets an apostrophe in front, and any line break is quoted: the rest of a name must not
 * become a row of its own. Codes are written byte for byte.
 */
export function renderCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  return csvHead(columns.map(({ name }) => name)) + csvLines(cells);
}

/** The beginning of a file: the mark and the names of the columns. */
export function csvHead(names: readonly string[]): string {
  return stringify([names], { ...form, bom: true });
}

/** Some lines of a file. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(withoutFormula)),
    form,
  );
}

const form = { quoted_match: /[\r\n]/, record_delimiter: 'windows' } as const;

function withoutFormula(cell: string | number | null): string | number | null {
  return typeof cell === 'string' && opensFormula.test(cell) ? `'${cell}` : cell;
}
