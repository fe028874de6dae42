import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitColumns, padding } from './fit-columns.ts';
import { wrapText } from './wrap-text.ts';

describe('columns beside each other', () => {
  it('fill the page, whatever they need', () => {
    const need = fc
      .tuple(fc.double({ min: 0.5, max: 12, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true }))
      .map(([least, more]) => ({ least, natural: least + more }));
    fc.assert(
      fc.property(fc.array(need, { minLength: 1, maxLength: 45 }), (needs) => {
        const { size, widths } = fitColumns(needs, 780);
        expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(780, 3);
        expect(size).toBeGreaterThanOrEqual(5);
        expect(size).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('show everything at full size where there is room, and give what is left to what holds most', () => {
    const { size, widths } = fitColumns(
      [
        { least: 5, natural: 5 },
        { least: 5, natural: 10 },
        { least: 5, natural: 200 },
      ],
      500,
    );
    expect(size).toBe(8);
    const inner = widths.map((one) => one - 2 * padding);
    expect(inner[0]).toBeCloseTo(40);
    expect(inner[1]).toBeCloseTo(80);
    expect(inner[2]).toBeGreaterThan(300);
  });
});

describe('a line that is too long', () => {
  const measure = (text: string) => [...new Intl.Segmenter('und').segment(text)].length;

  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one', 7, ['one']],
    ['a abcdefghijk b', 4, ['a', 'abcd', 'efgh', 'ijk', 'b']],
    ['श्रीकृष्ण', 2, ['श्रीकृ', 'ष्ण']],
    ['x', 0, ['x']],
  ])('%j at %i letters', (text, width, lines) => {
    expect(wrapText(text, width, measure)).toEqual(lines);
  });

  it('loses nothing but blanks at its breaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (text, width) => {
        const without = (words: string) => words.replaceAll(' ', '');
        expect(without(wrapText(text, width, measure).join(''))).toBe(without(text));
      }),
    );
  });
});
