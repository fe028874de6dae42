import { stringify } from 'csv-stringify/sync';

/** One column of a rendered report: its heading, and the cell of a row. */
export type Column<Row> = {
  readonly name: string;
  readonly cell: (row: Row) => string | number | null;
};

/**
 * CSV with a byte order mark, which Excel needs for anything but Latin, and CRLF line ends. A cell that a spreadsheet
 * would take for a formula gets an apostrophe in front; codes are written byte for byte.
 */
export function renderCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  return stringify([columns.map(({ name }) => name), ...cells], {
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
