import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/support/any-text.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';
import { decodeText } from './decode-text.ts';

const name = 'प्रिया, José 李 😀';

function utf16(text: string, order: 'little' | 'big'): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return order === 'little' ? bytes : bytes.swap16();
}

/** The reason for which bytes are refused. */
function refusal(bytes: Uint8Array): string {
  try {
    decodeText(bytes);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
  throw new Error('the bytes were taken for text');
}

function textOrRefusal(bytes: Uint8Array): string | null {
  try {
    return decodeText(bytes);
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(name)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${name}`)],
    ['UTF-16, little end first', utf16(name, 'little')],
    ['UTF-16, big end first', utf16(name, 'big')],
  ])('is read from %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(name);
  });

  it('is the text that was written, in each of these encodings', () => {
    const text = anyText().filter((text) => !/[\0]|^\uFEFF/.test(text));
    fc.assert(
      fc.property(text, (text) => {
        expect(decodeText(Buffer.from(text))).toBe(text);
        expect(decodeText(utf16(text, 'little'))).toBe(text);
        expect(decodeText(utf16(text, 'big'))).toBe(text);
      }),
    );
  });

  it('is refused with the line when it is Windows-1252, and never stored with replacement characters', () => {
    const windows1252 = Buffer.from('first_name\r\nAsha\r\nJos\u00E9\r\nZo\u00EB\r\n', 'latin1');
    expect(refusal(windows1252)).toMatch(/not valid UTF-8 .*line 3.*CSV UTF-8/);
  });

  it('is refused when it is cut in the middle of a character', () => {
    expect(refusal(Buffer.from('Zoë').subarray(0, 3))).toMatch(/not valid UTF-8 .*line 1/);
    expect(refusal(utf16('Zoë', 'little').subarray(0, 5))).toMatch(/not valid UTF-16LE/);
  });

  it('is refused with the line when it is UTF-16 without a mark, or no text', () => {
    expect(refusal(Buffer.from('a,b\n', 'utf16le'))).toMatch(/zero character .*line 1.*CSV UTF-8/);
    expect(refusal(Buffer.from('a,b\nc\0,d\n'))).toMatch(/zero character .*line 2/);
  });

  it('is exactly the bytes of the file, or refused, for any bytes at all', () => {
    const marks = [[], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf]] as const;
    fc.assert(
      fc.property(fc.constantFrom(...marks), fc.uint8Array({ maxLength: 12 }), (mark, rest) => {
        const bytes = Buffer.from([...mark, ...rest]);
        const text = textOrRefusal(bytes);
        if (text === null) return;
        const spellings = [
          Buffer.from(text),
          Buffer.from(`\uFEFF${text}`),
          utf16(text, 'little'),
          utf16(text, 'big'),
        ];
        expect(spellings.some((spelling) => bytes.equals(spelling))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
