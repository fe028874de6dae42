import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unpackWoff } from './unpack-woff.ts';

/**
 * The scripts whose letters are brought along, each with the ranges of Unicode that its font has, in the order in which
 * they are asked. What none of them has is shown as an empty box.
 */
const scripts = [
  {
    font: 'noto-sans-latin',
    ranges: [
      [0x20, 0xff],
      [0x131, 0x131],
      [0x152, 0x153],
      [0x2bb, 0x2bc],
      [0x2c6, 0x2c6],
      [0x2da, 0x2da],
      [0x2dc, 0x2dc],
      [0x2000, 0x206f],
      [0x20ac, 0x20ac],
      [0x2122, 0x2122],
      [0x2191, 0x2191],
      [0x2193, 0x2193],
      [0x2212, 0x2212],
      [0x2215, 0x2215],
      [0xfffd, 0xfffd],
    ],
  },
  {
    font: 'noto-sans-devanagari',
    ranges: [
      [0x900, 0x97f],
      [0x1cd0, 0x1cf9],
      [0x200c, 0x200d],
      [0x20a8, 0x20a8],
      [0x20b9, 0x20b9],
      [0x25cc, 0x25cc],
      [0xa830, 0xa839],
      [0xa8e0, 0xa8ff],
    ],
  },
  {
    font: 'noto-sans-latin-ext',
    ranges: [
      [0x100, 0x2ff],
      [0x304, 0x304],
      [0x308, 0x308],
      [0x329, 0x329],
      [0x1d00, 0x1dbf],
      [0x1e00, 0x1e9f],
      [0x1ef2, 0x1eff],
      [0x20a0, 0x20c0],
      [0x2c60, 0x2c7f],
      [0xa720, 0xa7ff],
    ],
  },
  {
    font: 'noto-sans-vietnamese',
    ranges: [
      [0x300, 0x304],
      [0x308, 0x309],
      [0x323, 0x323],
      [0x329, 0x329],
      [0x1ea0, 0x1ef9],
    ],
  },
  {
    font: 'noto-sans-cyrillic',
    ranges: [
      [0x301, 0x301],
      [0x400, 0x45f],
      [0x490, 0x491],
      [0x4b0, 0x4b1],
      [0x2116, 0x2116],
    ],
  },
  {
    font: 'noto-sans-cyrillic-ext',
    ranges: [
      [0x460, 0x52f],
      [0x1c80, 0x1c8a],
      [0x2de0, 0x2dff],
      [0xa640, 0xa69f],
    ],
  },
  {
    font: 'noto-sans-greek',
    ranges: [
      [0x370, 0x377],
      [0x37a, 0x37f],
      [0x384, 0x3ff],
    ],
  },
  { font: 'noto-sans-greek-ext', ranges: [[0x1f00, 0x1fff]] },
] as const;

export type Weight = 400 | 600;
/** Letters of one font in a row. */
export type Run = { readonly font: string; readonly text: string };

const fallback = scripts[0].font;

const unpacked = new Map<string, Buffer>();

/** A font as TrueType; `font` as a run has it. */
export function loadFont(font: string, weight: Weight): Buffer {
  const name = `${font}-${weight}-normal.woff`;
  const known = unpacked.get(name);
  if (known !== undefined) return known;
  const path = fileURLToPath(import.meta.resolve(`@fontsource/noto-sans/files/${name}`));
  const loaded = unpackWoff(readFileSync(path));
  unpacked.set(name, loaded);
  return loaded;
}

// What the first font shows as it is, without a look at each letter.
const isPlain = /^[\u0020-\u00FF]*$/;
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * A text as runs of one font each. A letter stays with its marks: they are shaped together or not at all. Marks stand
 * with their letter as one character where there is one, as in `é`.
 */
export function toRuns(given: string): readonly Run[] {
  const text = given.normalize('NFC');
  if (text === '') return [];
  if (isPlain.test(text)) return [{ font: fallback, text }];
  const runs: { font: string; text: string }[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = runs.at(-1);
    const font = fontOf(segment, last?.font);
    if (last?.font === font) last.text += segment;
    else runs.push({ font, text: segment });
  }
  return runs;
}

/** That of the letters before, if it has these too: blanks and digits do not break a run. */
function fontOf(letter: string, before: string | undefined): string {
  const points = Array.from(letter, (character) => character.codePointAt(0) ?? 0);
  const has = ({ ranges }: (typeof scripts)[number], some: readonly number[]) =>
    some.every((point) => ranges.some(([first, last]) => point >= first && point <= last));
  const current = scripts.find(({ font }) => font === before);
  if (current !== undefined && has(current, points)) return current.font;
  return (
    scripts.find((script) => has(script, points))?.font ??
    scripts.find((script) => has(script, points.slice(0, 1)))?.font ??
    fallback
  );
}
