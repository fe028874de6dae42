import { createHash } from 'node:crypto';
import { type InputFault, InvalidInputError } from '../../errors/hajiri-error.ts';

/** A file that somebody gave. It is read more than once, and never held as a whole. */
export type GivenFile = {
  readonly name: string;
  readonly read: () => AsyncIterable<Uint8Array>;
};

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type RecognisedFile = { readonly hash: Buffer } & (
  | { readonly format: 'csv'; readonly encoding: Encoding }
  | { readonly format: 'xlsx' }
);

/** More than 200,000 employees with every field. */
const largestCsv = 256 * 1024 * 1024;
/** A workbook is unpacked in memory, and unpacks to many times its size. */
const largestXlsx = 24 * 1024 * 1024;

export function fileOf(name: string, bytes: Uint8Array): GivenFile {
  return {
    name,
    // oxlint-disable-next-line typescript/require-await -- the shape of a stream
    read: async function* () {
      const step = 64 * 1024;
      for (let start = 0; start < bytes.length; start += step) yield bytes.subarray(start, start + step);
    },
  };
}

/**
 * Reads the file once: its hash, whether it is a workbook, and in which encoding its text is. Throws InvalidInputError
 * for text that is in none of them, with the first line that shows it.
 */
export async function recogniseFile(file: GivenFile): Promise<RecognisedFile> {
  const hash = createHash('sha256');
  const scan = newScan();
  let size = 0;
  let isXlsx: boolean | null = null;
  for await (const chunk of file.read()) {
    hash.update(chunk);
    size += chunk.length;
    isXlsx ??= chunk[0] === 0x50 && chunk[1] === 0x4b && chunk[2] === 0x03 && chunk[3] === 0x04;
    const largest = isXlsx ? largestXlsx : largestCsv;
    if (size > largest) refuse(`is larger than ${largest / 1024 / 1024} MiB`);
    if (!isXlsx) scanBytes(scan, chunk);
  }
  if (isXlsx === true) return { hash: hash.digest(), format: 'xlsx' };
  return { hash: hash.digest(), format: 'csv', encoding: encodingOf(scan) };
}

const advice = 'save it as "CSV UTF-8" and try again';

function refuse(reason: string): never {
  const fault: InputFault = { field: 'file', reason };
  throw new InvalidInputError([fault]);
}

type Scan = {
  readonly head: number[];
  line: number;
  /** Bytes that are still to follow in the character at hand. */
  pending: number;
  characters: number;
  faults: number;
  faultyLine: number | null;
  zeroLine: number | null;
  zerosAtOdd: number;
  zerosAtEven: number;
  position: number;
  /** Bytes that mean nothing in Windows-1252. */
  undefinedBytes: number;
};

const newScan = (): Scan => ({
  head: [],
  line: 1,
  pending: 0,
  characters: 0,
  faults: 0,
  faultyLine: null,
  zeroLine: null,
  zerosAtOdd: 0,
  zerosAtEven: 0,
  position: 0,
  undefinedBytes: 0,
});

const undefinedIn1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Counts what is and what is not UTF-8. It need not be exact: what is believed to be UTF-8 is decoded strictly. */
function scanBytes(scan: Scan, chunk: Uint8Array): void {
  for (const byte of chunk) {
    if (scan.position < 4) scan.head.push(byte);
    if (byte >= 0x80) scanHigh(scan, byte);
    else {
      if (scan.pending > 0) fault(scan);
      if (byte === 0x0a) scan.line += 1;
      else if (byte === 0) {
        scan.zeroLine ??= scan.line;
        if (scan.position % 2 === 1) scan.zerosAtOdd += 1;
        else scan.zerosAtEven += 1;
      }
    }
    scan.position += 1;
  }
}

function scanHigh(scan: Scan, byte: number): void {
  if (undefinedIn1252.has(byte)) scan.undefinedBytes += 1;
  if (byte < 0xc0) {
    if (scan.pending === 0) return fault(scan);
    scan.pending -= 1;
    if (scan.pending === 0) scan.characters += 1;
    return;
  }
  if (scan.pending > 0) fault(scan);
  if (byte < 0xc2 || byte > 0xf4) return fault(scan);
  scan.pending = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

function fault(scan: Scan): void {
  scan.faults += 1;
  scan.faultyLine ??= scan.line;
  scan.pending = 0;
}

function encodingOf(scan: Scan): Encoding {
  const [first, second, third] = scan.head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const byteOrderMarkOf8 = first === 0xef && second === 0xbb && third === 0xbf;
  if (scan.zeroLine !== null) {
    // Half of mostly Latin text is zeros in UTF-16, all of them on one side.
    const [most, least] = [scan.zerosAtOdd, scan.zerosAtEven].toSorted((a, b) => b - a) as [number, number]; // two of them
    if (most > scan.position / 8 && least <= most / 50) {
      return scan.zerosAtOdd > scan.zerosAtEven ? 'utf-16le' : 'utf-16be';
    }
    refuse(`has a zero character (first at line ${scan.zeroLine}), so it is not plain text; ${advice}`);
  }
  if (scan.pending > 0) fault(scan);
  if (scan.faults === 0) return 'utf-8';
  // A file that is mostly UTF-8 is damaged, not in another encoding: every name in it would come out wrong.
  if (byteOrderMarkOf8 || scan.characters >= scan.faults || scan.undefinedBytes > 0) {
    refuse(`is not valid UTF-8 text (first at line ${scan.faultyLine ?? 1}); ${advice}`);
  }
  return 'windows-1252';
}
