import { type InputFault, InvalidInputError } from '../../errors/hajiri-error.ts';
import { type EmployeeCells, type EmployeeColumn, employeeColumns } from '../employee-fields.ts';
import { decodeFile } from './decode-file.ts';
import type { GivenFile, RecognisedFile } from './given-file.ts';
import { type FileRow, readCsv, type Separator } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';

/** A row by its columns, or why it is none. `columns` are those that the header names. */
export type ReadRow = { readonly line: number } & (
  | { readonly cells: EmployeeCells }
  | { readonly fault: InputFault }
);

export type FileReading = {
  readonly columns: ReadonlySet<EmployeeColumn>;
  /** Known as soon as the header was read; null for a workbook. */
  readonly separator: () => Separator | null;
  readonly rows: AsyncIterable<ReadRow>;
};

const requiredColumns: readonly EmployeeColumn[] = ['employee_id', 'first_name', 'last_name'];
/** What a column is called by others. */
const otherNames: Readonly<Record<string, EmployeeColumn>> = { e_mail: 'email', mail: 'email' };

/** Reads the header of a file; its rows follow as they are asked for. Throws InvalidInputError. */
export async function readRows(file: GivenFile, recognised: RecognisedFile): Promise<FileReading> {
  let separator: Separator | null = null;
  const isCsv = recognised.format === 'csv';
  const rows = isCsv
    ? readCsv(decodeFile(file, recognised.encoding), (found) => {
        separator = found;
      })
    : readXlsx(file);
  const header = await rows.next();
  if (header.done === true) throw new InvalidInputError([{ field: 'file', reason: 'is empty' }]);
  const columns = readHeader(header.value.cells);
  return {
    columns: new Set(columns.keys()),
    separator: () => separator,
    rows: readBody(rows, {
      columns,
      width: header.value.cells.length,
      clean: isCsv ? withoutApostrophe : null,
    }),
  };
}

type Layout = {
  readonly columns: ReadonlyMap<EmployeeColumn, number>;
  readonly width: number;
  readonly clean: ((cell: string) => string) | null;
};

async function* readBody(
  rows: AsyncIterable<FileRow>,
  { columns, width, clean }: Layout,
): AsyncGenerator<ReadRow> {
  for await (const { line, cells } of rows) {
    if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
      yield { line, fault: { field: 'line', reason: tooManyCells } };
      continue;
    }
    const named: Partial<Record<EmployeeColumn, string>> = {};
    for (const [name, index] of columns) {
      const cell = cells[index] ?? '';
      named[name] = clean === null ? cell : clean(cell);
    }
    yield { line, cells: named };
  }
}

const tooManyCells =
  'has more cells than the header has columns; put quotation marks around a text with the separator in it';

// The beginning of a formula, and what our own CSV files put before it: see reports/render-csv.ts.
const guardedFormula = /^'+[=+\-@\t\r\n\u{FF0B}\u{FF0D}\u{FF1D}\u{FF20}]/u;

/** Takes back what a CSV file has against formulas, so that a round trip changes nothing. */
export function withoutApostrophe(cell: string): string {
  return cell.startsWith("'") && guardedFormula.test(cell) ? cell.slice(1) : cell;
}

function readHeader(header: readonly string[]): ReadonlyMap<EmployeeColumn, number> {
  const known: readonly string[] = employeeColumns;
  const columns = new Map<EmployeeColumn, number>();
  const faults: InputFault[] = [];
  for (const [index, cell] of header.entries()) {
    const typed = cell
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_');
    const name = otherNames[typed] ?? typed;
    if (!known.includes(name)) {
      faults.push({
        field: `column ${index + 1}`,
        reason: `"${cell.trim().slice(0, 40)}" is not a known column`,
      });
    } else if (columns.has(name as EmployeeColumn)) {
      faults.push({ field: name, reason: 'stands twice in the header' });
    } else columns.set(name as EmployeeColumn, index); // checked just above
  }
  for (const name of requiredColumns) {
    if (!columns.has(name)) faults.push({ field: name, reason: 'is missing in the header' });
  }
  if (faults.length === 0) return columns;
  throw new InvalidInputError([
    ...faults,
    { field: 'header', reason: `must name columns of this list: ${employeeColumns.join(', ')}` },
  ]);
}
