import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sheetName, xmlText } from './xml-text.ts';

describe('text in XML', () => {
  it.each([
    ['<a href="x">&', '&lt;a href=&quot;x&quot;&gt;&amp;'],
    ['a\u0000b\u001Bc\rd', 'a_x0000_b_x001B_c_x000D_d'],
    ['_x0041_', '_x005F_x0041_'],
    ['half \uD83D of a pair', 'half \uFFFD of a pair'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['प्रिया José', 'प्रिया José'],
  ])('%j is written %j', (text, written) => {
    expect(xmlText(text)).toBe(written);
  });
});

describe('the name of a sheet', () => {
  it.each([
    ['Detailed attendance', 'Detailed attendance'],
    ['In/out [a:b] *?\\', 'In out a b'],
    ["'quoted'", 'quoted'],
    ['', 'Report'],
    ['History', 'Report'],
    ['A name that is far longer than thirty-one characters', 'A name that is far longer than'],
  ])('%j becomes %j', (text, name) => {
    expect(sheetName(text)).toBe(name);
  });

  it('is always one that a spreadsheet accepts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const name = sheetName(text);
        expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
        expect(name).not.toMatch(/^'|'$/);
        expect(name.isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });
});
