import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { InvalidInputError } from '../../errors/hajiri-error.ts';

/** One record of a file; `line` is the one on which it begins. */
export type FileRow = { readonly line: number; readonly cells: readonly string[] };

export type Separator = ',' | ';' | '\t';

const parsedRow = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });
type ParsedRow = z.infer<typeof parsedRow>;

/** Nobody writes so much into one cell; without an end to a quotation it would be the rest of the file. */
const largestRecord = 100_000;

/** The records of a text that comes piece by piece. Throws InvalidInputError for quotation marks that do not fit. */
export async function* readCsv(
  texts: AsyncIterable<string>,
  onSeparator: (separator: Separator) => void,
): AsyncGenerator<FileRow> {
  const pieces = withHeader(texts);
  const first = await pieces.next();
  if (first.done === true) return;
  const separator = separatorOf(first.value);
  onSeparator(separator);
  const parser = parse({
    bom: true,
    delimiter: separator,
    info: true,
    max_record_size: largestRecord,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
  });
  let failure: Error | null = null;
  parser.on('error', (error: Error) => {
    failure = error;
  });
  const take = function* (): Generator<FileRow> {
    for (let row: unknown = parser.read(); row !== null; row = parser.read()) yield toFileRow(row);
  };
  try {
    let piece: IteratorResult<string, undefined> = first;
    while (piece.done !== true) {
      parser.write(piece.value);
      yield* take();
      throwIfAny(failure);
      piece = await pieces.next();
    }
    parser.end();
    for await (const row of parser) yield toFileRow(row);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InvalidInputError([faultOf(error)]);
  } finally {
    parser.destroy();
  }
}

/** It is set by a listener, of which the compiler knows nothing where it is asked. */
function throwIfAny(failure: Error | null): void {
  if (failure !== null) throw failure;
}

function faultOf(error: CsvError): { field: string; reason: string } {
  const field = typeof error['lines'] === 'number' ? `line ${error['lines']}` : 'file';
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? {
        field,
        reason: `has a record of more than ${largestRecord} characters; a quotation mark may not be closed`,
      }
    : { field, reason: 'has a quotation mark that is not closed or stands alone' };
}

function toFileRow(row: unknown): FileRow {
  const { record, info } = row as ParsedRow; // what the option `info` makes of a row
  let line = info.lines;
  // The parser tells the last line of a record; a person looks for the first.
  for (const cell of record) {
    if (cell.includes('\n')) line -= cell.split('\n').length - 1;
  }
  return { line, cells: record };
}

/** The same pieces, the first of which holds the whole header line. */
async function* withHeader(texts: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let head: string | null = '';
  for await (const text of texts) {
    if (head === null) yield text;
    else {
      head += text;
      if (!head.includes('\n') && head.length < largestRecord) continue;
      yield head;
      head = null;
    }
  }
  if (head !== null && head !== '') yield head;
  return undefined;
}

/** The one of the three usual separators that the header holds most often. */
function separatorOf(text: string): Separator {
  const header = text.slice(0, text.search(/\n|$/));
  const counted = ([',', ';', '\t'] as const).map((separator) => ({
    separator,
    count: header.split(separator).length,
  }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).separator;
}
