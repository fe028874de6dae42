import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { isZoneName } from '../attendance/local-time.ts';
import { type MatchKey, toMatchKey } from '../attendance/match-key.ts';
import { type InputFault, InvalidInputError } from '../errors/hajiri-error.ts';
import { decodeText } from './decode-text.ts';

/** One employee as a directory file has it. `employeeId` is kept byte for byte; `matchKey` is what is compared. */
export type EmployeeRow = {
  readonly line: number;
  readonly employeeId: string | null;
  readonly matchKey: MatchKey | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly team: string | null;
  readonly designation: string | null;
  readonly location: string | null;
  readonly timeZone: string | null;
  readonly joiningDate: Temporal.PlainDate | null;
  readonly leavingDate: Temporal.PlainDate | null;
};

export const employeeColumns = [
  'employee_id',
  'first_name',
  'last_name',
  'email',
  'team',
  'designation',
  'location',
  'time_zone',
  'joining_date',
  'leaving_date',
] as const;
export type EmployeeColumn = (typeof employeeColumns)[number];

/** `columns` are those that the header names: of the others the file says nothing, not that they are empty. */
export type EmployeeFile = {
  readonly columns: ReadonlySet<EmployeeColumn>;
  readonly rows: readonly EmployeeRow[];
};

const requiredColumns: readonly EmployeeColumn[] = ['employee_id', 'first_name', 'last_name'];
/** More faults than this are counted, not listed: the first ones show the kind. */
const listedFaults = 50;

/**
 * Reads a directory file: CSV with a header, separated by comma, semicolon or tab. All faults are reported together,
 * each with its line; one fault refuses the file. Throws InvalidInputError.
 */
export function readEmployeeFile(bytes: Uint8Array): EmployeeFile {
  // Line ends of one kind: where they are mixed, two lines would be taken for one employee.
  const text = decodeText(bytes).replaceAll(/\r\n?/g, '\n');
  const records = parseCsv(text);
  const [header, ...lines] = records;
  if (header === undefined) throw new InvalidInputError([{ field: 'file', reason: 'is empty' }]);
  const columns = readHeader(header.record);
  const faults: InputFault[] = [];
  const rows: EmployeeRow[] = [];
  for (const { record, line } of lines) {
    if (record.slice(header.record.length).some((cell) => cell.trim() !== '')) {
      faults.push({ field: `line ${line}`, reason: tooManyCells });
      continue;
    }
    const parsed = readRow(record, columns, line);
    if ('faults' in parsed) faults.push(...parsed.faults);
    else rows.push(parsed.row);
  }
  faults.push(...findRepeated(rows));
  if (faults.length === 0) return { columns: new Set(columns.keys()), rows };
  const listed = faults.slice(0, listedFaults);
  if (faults.length > listedFaults) {
    listed.push({ field: 'file', reason: `has ${faults.length - listedFaults} more faults` });
  }
  throw new InvalidInputError(listed);
}

const tooManyCells =
  'has more cells than the header has columns; put quotation marks around a text with the separator in it';

type CsvLine = { readonly record: readonly string[]; readonly line: number };

const csvLines = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

function parseCsv(text: string): readonly CsvLine[] {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      record_delimiter: '\n',
      skip_empty_lines: true,
      relax_column_count: true,
    });
    return csvLines.parse(parsed).map(({ record, info }) => {
      // The parser tells the last line of a record; a person looks for the first.
      const lineBreaks = record.join('').split('\n').length - 1;
      return { record, line: info.lines - lineBreaks };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InvalidInputError([
      {
        field: typeof error['lines'] === 'number' ? `line ${error['lines']}` : 'file',
        reason: 'has a quotation mark that is not closed or stands alone',
      },
    ]);
  }
}

/** The one of the three usual separators that the header holds most often. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/\n|$/));
  const counted = [',', ';', '\t'].map((separator) => ({ separator, count: header.split(separator).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).separator;
}

function readHeader(header: readonly string[]): ReadonlyMap<EmployeeColumn, number> {
  const known: readonly string[] = employeeColumns;
  const columns = new Map<EmployeeColumn, number>();
  const faults: InputFault[] = [];
  for (const [index, cell] of header.entries()) {
    const name = cell
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_');
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

const emptyIsNull = (text: string): string | null => (text.trim() === '' ? null : text);
const plain = z.string().max(300, 'must have at most 300 characters').transform(emptyIsNull);
const trimmed = plain.transform((text) => text?.trim() ?? null);
const date = trimmed.transform((text, context) => {
  if (text === null) return null;
  try {
    // PostgreSQL has no year 0.
    if (/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  context.addIssue({ code: 'custom', message: 'must be a date that exists, written YYYY-MM-DD' });
  return z.NEVER;
});

const rowSchema = z.object({
  employee_id: plain,
  first_name: z.string().trim().min(1, 'must not be empty').max(300, 'must have at most 300 characters'),
  last_name: z.string().trim().max(300, 'must have at most 300 characters'),
  email: trimmed.refine(
    (text) => text === null || /^[^\s@]+@[^\s@]+$/.test(text),
    'must be an e-mail address',
  ),
  team: trimmed,
  designation: trimmed,
  location: trimmed,
  time_zone: trimmed.refine(
    (text) => text === null || isZoneName(text),
    'must be an IANA time zone such as Asia/Kolkata',
  ),
  joining_date: date,
  leaving_date: date,
});

function readRow(
  record: readonly string[],
  columns: ReadonlyMap<EmployeeColumn, number>,
  line: number,
): { readonly row: EmployeeRow } | { readonly faults: readonly InputFault[] } {
  const cells = Object.fromEntries(
    employeeColumns.map((name) => [name, record[columns.get(name) ?? -1] ?? '']),
  );
  const parsed = rowSchema.safeParse(cells);
  const at = (name: string) => `line ${line}, ${name}`;
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map((issue) => ({
        field: at(issue.path.join('.')),
        reason: issue.message,
      })),
    };
  }
  const { joining_date: joiningDate, leaving_date: leavingDate, ...values } = parsed.data;
  if (
    joiningDate !== null &&
    leavingDate !== null &&
    Temporal.PlainDate.compare(joiningDate, leavingDate) > 0
  ) {
    return { faults: [{ field: at('leaving_date'), reason: 'lies before the joining date' }] };
  }
  const matchKey = toMatchKey(values.employee_id);
  return {
    row: {
      line,
      // A code of nothing but blanks or invisible characters is no code.
      employeeId: matchKey === null ? null : values.employee_id,
      matchKey,
      firstName: values.first_name,
      lastName: values.last_name,
      email: values.email,
      team: values.team,
      designation: values.designation,
      location: values.location,
      timeZone: values.time_zone,
      joiningDate,
      leavingDate,
    },
  };
}

/**
 * The same Employee ID or e-mail twice: which line is meant could only be guessed. IDs that differ in capitals or
 * blanks only are let in: they link nobody, and the Integration report says which to correct.
 */
function findRepeated(rows: readonly EmployeeRow[]): readonly InputFault[] {
  const faults: InputFault[] = [];
  const firstLine = new Map<string, number>();
  for (const row of rows) {
    const identities = [
      ['employee_id', row.employeeId],
      ['email', row.email?.toLowerCase() ?? null],
    ] as const;
    for (const [name, value] of identities) {
      if (value === null) continue;
      const seen = firstLine.get(`${name}:${value}`);
      if (seen === undefined) firstLine.set(`${name}:${value}`, row.line);
      else faults.push({ field: `line ${row.line}, ${name}`, reason: `stands already in line ${seen}` });
    }
  }
  return faults;
}
