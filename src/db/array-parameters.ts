import { type RawBuilder, sql } from 'kysely';

// Columns of many rows, each as one parameter for `unnest`. They travel in PostgreSQL's binary form of an array: as
// text, every value would be written out, escaped and read again, which costs more than storing it.

/** What a column holds for a row; null is SQL's null. */
type Cell<Row, Value> = (row: Row) => Value | null;
type Rows<Row> = readonly Row[];

/** Without U+0000, which PostgreSQL refuses. */
export function texts<Row>(rows: Rows<Row>, cell: Cell<Row, string>): RawBuilder<unknown> {
  const values = rows.map(cell);
  let [longest, letters] = [shortText, 0];
  for (const text of values) {
    if (text === null) continue;
    letters += text.length;
    longest = Math.max(longest, text.length);
  }
  // Room for ASCII, and behind it for the last text whatever it is of; where that is too little, the writer makes more.
  const array = new ArrayWriter(25, rows.length, letters + mostBytesPerLetter * longest);
  for (const text of values) array.addText(text);
  return sql`${array.finish()}::text[]`;
}

/** GUIDs as 8-4-4-4-12 digits, which is not checked. */
export function uuids<Row>(rows: Rows<Row>, cell: Cell<Row, string>): RawBuilder<unknown> {
  const array = new ArrayWriter(2950, rows.length, 16 * rows.length);
  for (const row of rows) array.addUuid(cell(row));
  return sql`${array.finish()}::uuid[]`;
}

/** Bytes as hexadecimal digits, as many in each value. */
export function hashes<Row>(rows: Rows<Row>, cell: Cell<Row, string>): RawBuilder<unknown> {
  const values = rows.map(cell);
  const array = new ArrayWriter(17, rows.length, (rows.length * (values[0]?.length ?? 0)) / 2);
  for (const digits of values) array.addHexadecimal(digits);
  return sql`${array.finish()}::bytea[]`;
}

export function integers<Row>(rows: Rows<Row>, cell: Cell<Row, number>): RawBuilder<unknown> {
  const array = new ArrayWriter(23, rows.length, 4 * rows.length);
  for (const row of rows) array.addInt32(cell(row));
  return sql`${array.finish()}::integer[]`;
}

export function booleans<Row>(rows: Rows<Row>, cell: Cell<Row, boolean>): RawBuilder<unknown> {
  const array = new ArrayWriter(16, rows.length, rows.length);
  for (const row of rows) array.addBoolean(cell(row));
  return sql`${array.finish()}::boolean[]`;
}

export function dates<Row>(rows: Rows<Row>, cell: Cell<Row, Temporal.PlainDate>): RawBuilder<unknown> {
  const array = new ArrayWriter(1082, rows.length, 4 * rows.length);
  // Row after row has the very same date.
  let [latest, days] = [firstDate, 0];
  for (const row of rows) {
    const date = cell(row);
    if (date !== null && date !== latest) [latest, days] = [date, firstDate.until(date).days];
    array.addInt32(date === null ? null : days);
  }
  return sql`${array.finish()}::date[]`;
}

/** Rounded to microseconds, of which PostgreSQL keeps count. */
export function instants<Row>(rows: Rows<Row>, cell: Cell<Row, Temporal.Instant>): RawBuilder<unknown> {
  const array = new ArrayWriter(1184, rows.length, 8 * rows.length);
  // Row after row has the very same shift.
  let [latest, microseconds] = [firstInstant, 0n];
  for (const row of rows) {
    const instant = cell(row);
    if (instant !== null && instant !== latest) {
      [latest, microseconds] = [instant, toMicroseconds(instant.epochNanoseconds - firstNanoseconds)];
    }
    array.addInt64(instant === null ? null : microseconds);
  }
  return sql`${array.finish()}::timestamptz[]`;
}

/** Where PostgreSQL begins to count days and microseconds. */
const firstDate = new Temporal.PlainDate(2000, 1, 1);
const firstInstant = Temporal.Instant.from('2000-01-01T00:00Z');
const firstNanoseconds = firstInstant.epochNanoseconds;

/** To the nearest one, halves up. */
function toMicroseconds(nanoseconds: bigint): bigint {
  const raised = nanoseconds + 500n;
  // Division cuts towards zero, which is up before the first instant.
  return raised >= 0n ? raised / 1000n : (raised - 999n) / 1000n;
}

const headerBytes = 20;
const emptyHeaderBytes = 12;
const lengthBytes = 4;
const nullLength = -1;
const mostBytesPerLetter = 3;
/** Up to here a loop over the letters is faster than asking Node.js to write them. */
const shortText = 32;

/** An array of one dimension as `array_send` writes it: a header, then each value with its length in front. */
class ArrayWriter {
  #bytes: Buffer;
  #view: DataView;
  #end = headerBytes;
  #hasNull = 0;
  readonly #elementType: number;
  readonly #count: number;

  /** `elementType` is the type's number in pg_type, `valueBytes` what all values together are likely to take. */
  constructor(elementType: number, count: number, valueBytes: number) {
    this.#elementType = elementType;
    this.#count = count;
    this.#bytes = Buffer.allocUnsafe(headerBytes + count * lengthBytes + valueBytes);
    this.#view = viewOf(this.#bytes);
  }

  addText(text: string | null): void {
    if (text === null) return this.#addNull();
    this.#makeRoom(lengthBytes + mostBytesPerLetter * text.length);
    const at = this.#end + lengthBytes;
    const isWritten = text.length <= shortText && this.#writeAscii(text, at);
    const length = isWritten ? text.length : this.#bytes.write(text, at);
    this.#view.setInt32(this.#end, length);
    this.#end = at + length;
  }

  addUuid(guid: string | null): void {
    if (guid === null) return this.#addNull();
    this.#writeHexadecimal(guid, this.#reserve(16));
  }

  addHexadecimal(digits: string | null): void {
    if (digits === null) return this.#addNull();
    this.#writeHexadecimal(digits, this.#reserve(digits.length / 2));
  }

  addInt32(value: number | null): void {
    if (value === null) return this.#addNull();
    const at = this.#reserve(4);
    this.#view.setInt32(at, value);
  }

  addInt64(value: bigint | null): void {
    if (value === null) return this.#addNull();
    const at = this.#reserve(8);
    this.#view.setBigInt64(at, value);
  }

  addBoolean(value: boolean | null): void {
    if (value === null) return this.#addNull();
    const at = this.#reserve(1);
    this.#bytes[at] = value ? 1 : 0;
  }

  finish(): Buffer {
    const isEmpty = this.#count === 0;
    this.#view.setInt32(0, isEmpty ? 0 : 1);
    this.#view.setInt32(4, this.#hasNull);
    this.#view.setInt32(8, this.#elementType);
    this.#view.setInt32(12, this.#count);
    this.#view.setInt32(16, 1);
    return this.#bytes.subarray(0, isEmpty ? emptyHeaderBytes : this.#end);
  }

  /** Returns false, with nothing that counts written, where a letter is not ASCII. */
  #writeAscii(text: string, start: number): boolean {
    for (let letter = 0; letter < text.length; letter += 1) {
      const code = text.charCodeAt(letter);
      if (code > 127) return false;
      this.#bytes[start + letter] = code;
    }
    return true;
  }

  /** Hyphens may stand between two bytes. */
  #writeHexadecimal(digits: string, start: number): void {
    let at = start;
    for (let digit = 0; digit < digits.length; digit += 2) {
      if (digits.charCodeAt(digit) === hyphen) digit += 1;
      this.#bytes[at] =
        (valueOfDigit(digits.charCodeAt(digit)) << 4) | valueOfDigit(digits.charCodeAt(digit + 1));
      at += 1;
    }
  }

  #addNull(): void {
    this.#hasNull = 1;
    this.#makeRoom(lengthBytes);
    this.#view.setInt32(this.#end, nullLength);
    this.#end += lengthBytes;
  }

  /** Writes the length of the next value and returns where its bytes go. */
  #reserve(length: number): number {
    this.#makeRoom(lengthBytes + length);
    this.#view.setInt32(this.#end, length);
    const at = this.#end + lengthBytes;
    this.#end = at + length;
    return at;
  }

  #makeRoom(length: number): void {
    if (this.#end + length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * this.#bytes.length + length);
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

const hyphen = 45;

/** Of 0 to 9, a to f and A to F. */
function valueOfDigit(code: number): number {
  return (code & 15) + (code >> 6) * 9;
}
