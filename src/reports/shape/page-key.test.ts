import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { byBoolean, byDate, byInteger, byText, fromCursor, toCursor } from './page-key.ts';

const key = [byDate('r.date'), byBoolean('r.flag'), byText('r.name'), byInteger('r.number')];

it('comes back from a cursor as it went in, whatever the name', () => {
  const values = fc.tuple(
    fc.constantFrom('2026-03-10', '0001-01-01', '9999-12-31'),
    fc.constantFrom('true', 'false'),
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    fc.integer({ min: -999_999_999, max: 999_999_999 }).map(String),
  );
  fc.assert(
    fc.property(values, (row) => {
      expect(fromCursor(key, toCursor(row))).toEqual(row);
    }),
  );
});

it.each([
  ['nothing', ''],
  ['something else', 'e30'],
  ['too few values', toCursor(['2026-03-10'])],
  ['a date that is none', toCursor(['2026-02-30', 'true', 'a', '1'])],
  ['a flag that is none', toCursor(['2026-03-10', 'perhaps', 'a', '1'])],
  ['a text that the database cannot hold', toCursor(['2026-03-10', 'true', '\0', '1'])],
  ['a number that is none', toCursor(['2026-03-10', 'true', 'a', '1; drop'])],
])('is refused for %s', (_what, cursor) => {
  expect(() => fromCursor(key, cursor)).toThrow('cursor');
});
