import { describe, expect, it } from 'vitest';
import { loadFont, toRuns } from './pdf-fonts.ts';

const fontsOf = (text: string) =>
  toRuns(text).map(({ font, text: part }) => [font.replace('noto-sans-', ''), part]);

describe('a text', () => {
  it.each([
    ['Asha Rao, 09:12 (+1)', [['latin', 'Asha Rao, 09:12 (+1)']]],
    ['José Zoë', [['latin', 'José Zoë']]],
    ['Jose\u0301', [['latin', 'José']]],
    [
      'प्रिया शर्मा',
      [
        ['devanagari', 'प्रिया'],
        ['latin', ' '],
        ['devanagari', 'शर्मा'],
      ],
    ],
    [
      'Łukasz',
      [
        ['latin-ext', 'Ł'],
        ['latin', 'ukasz'],
      ],
    ],
    [
      'Nguyễn',
      [
        ['latin', 'Nguy'],
        ['vietnamese', 'ễ'],
        ['latin', 'n'],
      ],
    ],
    ['Ольга', [['cyrillic', 'Ольга']]],
    ['Γιώργος', [['greek', 'Γιώργος']]],
    ['தமிழ்', [['latin', 'தமிழ்']]],
    ['', []],
  ])('%j is set in the fonts that have its letters, each with its marks', (text, runs) => {
    expect(fontsOf(text)).toEqual(runs);
  });
});

describe('a font', () => {
  it('is a TrueType font with its tables where its directory says', () => {
    const font = loadFont('noto-sans-devanagari', 400);
    expect(font.readUInt32BE(0)).toBe(0x00010000);
    const names = Array.from({ length: font.readUInt16BE(4) }, (_none, index) => {
      const at = 12 + index * 16;
      const [offset, length] = [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)];
      expect(offset % 4).toBe(0);
      expect(offset + length).toBeLessThanOrEqual(font.length);
      return font.toString('latin1', at, at + 4);
    });
    expect(names).toEqual(expect.arrayContaining(['GSUB', 'cmap', 'glyf', 'head', 'loca']));
    const head = 12 + names.indexOf('head') * 16;
    // The number by which a head is known.
    expect(font.readUInt32BE(font.readUInt32BE(head + 8) + 12)).toBe(0x5f0f3cf5);
  });
});
