import { HajiriError, InvalidInputError } from '../errors/hajiri-error.ts';

/**
 * The text of a file that a person made: UTF-8 with or without byte order mark, or UTF-16 with one. Bytes that are
 * no UTF-8 are refused with the line: a name with replacement characters would be stored for good. So is a zero
 * character, which PostgreSQL does not store; it shows that the file is UTF-16 without a mark, or no text.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  const text = decode(bytes, encoding);
  const zero = text.indexOf('\0');
  if (zero === -1) return text;
  const line = text.slice(0, zero).split('\n').length;
  throw new InvalidInputError([
    {
      field: 'file',
      reason: `has a zero character (first at line ${line}), so it is not plain text; ${advice}`,
    },
  ]);
}

const advice = 'save it as "CSV UTF-8" and try again';

function decode(bytes: Uint8Array, encoding: Encoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InvalidInputError([
      {
        field: 'file',
        reason: `is not valid ${encoding.toUpperCase()} text (first at line ${faultyLine(bytes, encoding)}); ${advice}`,
      },
    ]);
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** A character may span lines' bytes only in UTF-16, where the count is then of no use and 1 is told. */
function faultyLine(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding !== 'utf-8') return 1;
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    if (!isUtf8(bytes.subarray(start, end))) return line;
    start = end;
    line += 1;
  }
  throw new HajiriError('internal', 'A text is faulty as a whole but in none of its lines.');
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
