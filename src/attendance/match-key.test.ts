import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/support/any-text.ts';
import { toMatchKey } from './match-key.ts';

/** Codes as companies have them, and texts of any characters at all. */
const code = fc.oneof(
  fc.stringMatching(/^[A-Za-z]{0,4}[-/_ .]?\d{1,6}[A-Za-z]?$/),
  fc.emailAddress(),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  anyText({ minLength: 1, maxLength: 12 }),
);
const visibleCode = code.filter((text) => toMatchKey(text) !== null);

const blanks = fc.string({
  unit: fc.constantFrom(' ', '\t', '\n', '\r', '\u00A0', '\u3000', '\u2003'),
  maxLength: 3,
});
const invisible = fc.constantFrom(
  '\u200B', // zero-width space
  '\u200C',
  '\u200D',
  '\u2060', // word joiner
  '\uFEFF', // byte order mark
  '\u00AD', // soft hyphen
  '\u200E', // left-to-right mark
  '\u202E',
  '\uFE0F', // variation selector
);

/** Every plane of Unicode that has characters in it, private use aside. */
function* everyCharacter(): Generator<string> {
  for (let codePoint = 0; codePoint <= 0xe_0f_ff; codePoint += 1) {
    if (codePoint === 0xd8_00) codePoint = 0xe0_00;
    if (codePoint === 0x3_40_00) codePoint = 0xe_00_00;
    yield String.fromCodePoint(codePoint);
  }
}

describe('the form in which two codes are compared', () => {
  it('is its own form', () => {
    fc.assert(
      fc.property(code, (text) => {
        expect(toMatchKey(toMatchKey(text))).toBe(toMatchKey(text));
      }),
    );
  });

  it('is its own form, and that of the capital and the small letter, for every character that there is', () => {
    const different: string[] = [];
    for (const character of everyCharacter()) {
      const key = toMatchKey(character);
      const spellings = [character.toUpperCase(), character.toLowerCase(), character.normalize('NFKD'), key];
      if (spellings.some((spelling) => toMatchKey(spelling) !== key)) different.push(character);
    }
    expect(different).toEqual([]);
  }, 30_000);

  it('does not depend on capitals', () => {
    fc.assert(
      fc.property(code, (text) => {
        expect(toMatchKey(text.toUpperCase())).toBe(toMatchKey(text));
        expect(toMatchKey(text.toLowerCase())).toBe(toMatchKey(text));
      }),
    );
  });

  it('does not depend on blanks around the code', () => {
    fc.assert(
      fc.property(code, blanks, blanks, (text, before, after) => {
        expect(toMatchKey(before + text + after)).toBe(toMatchKey(text));
      }),
    );
  });

  it('does not depend on characters that nobody can see', () => {
    fc.assert(
      fc.property(code, invisible, fc.nat(12), (text, character, at) => {
        const characters = Array.from(text);
        const position = Math.min(at, characters.length);
        expect(toMatchKey(characters.toSpliced(position, 0, character).join(''))).toBe(toMatchKey(text));
      }),
    );
  });

  it('does not depend on which of the equivalent spellings of Unicode was typed', () => {
    fc.assert(
      fc.property(code, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (text, form) => {
        expect(toMatchKey(text.normalize(form))).toBe(toMatchKey(text));
      }),
    );
  });

  it.each([
    ['EMP017', 'emp017'],
    ['EMP017', ' EMP017 '],
    ['EMP017', 'EMP017\u200B'],
    ['EMP017', '\uFEFFEMP017'],
    ['EMP017', '\uFF25\uFF2D\uFF30\uFF10\uFF11\uFF17'],
    ['José', 'Jose\u0301'],
    ['STRASSE-7', 'straße-7'],
    ['STRASSE-7', 'STRAẞE-7'],
    ['ΟΔΟΣ', 'οδος'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['asha@example.com', 'Asha@Example.COM'],
  ])('is one for %j and %j', (one, other) => {
    expect(toMatchKey(one)).not.toBeNull();
    expect(toMatchKey(one)).toBe(toMatchKey(other));
  });

  it('differs where the digits do: nothing is ever a number', () => {
    const digits = fc.stringMatching(/^\d{1,24}$/);
    fc.assert(
      fc.property(fc.constantFrom('', 'A-', 'emp'), digits, digits, (prefix, one, other) => {
        fc.pre(one !== other);
        expect(toMatchKey(prefix + one)).not.toBe(toMatchKey(prefix + other));
      }),
    );
  });

  it.each([
    ['0030', '30'],
    ['00123', '123'],
    ['1e3', '1000'],
    ['1.0', '1'],
    ['+30', '30'],
    ['A-030', 'A030'],
    ['0x1E', '30'],
    ['9007199254740993', '9007199254740992'],
    ['EMP 17', 'EMP17'],
  ])('is not one for %j and %j', (one, other) => {
    expect(toMatchKey(one)).not.toBe(toMatchKey(other));
  });

  it.each([null, undefined, '', ' ', '\t\r\n', '\u200B\uFEFF', '\u00AD \u2060', '\u3164', '\0'])(
    'is nothing for %j: what nobody can see is no code',
    (text) => {
      expect(toMatchKey(text)).toBeNull();
    },
  );

  it('is never empty for a code with a digit or a Latin letter', () => {
    fc.assert(
      fc.property(fc.stringMatching(/[0-9A-Za-z]/), (text) => {
        expect(toMatchKey(text)).not.toBeNull();
      }),
    );
  });

  it('has nothing invisible in it and no blank at its ends', () => {
    fc.assert(
      fc.property(visibleCode, (text) => {
        const key = toMatchKey(text) ?? '';
        expect(key).not.toMatch(/[\p{Cf}\p{Cc}\p{Variation_Selector}]/u);
        expect(key).toBe(key.trim());
      }),
    );
  });
});
