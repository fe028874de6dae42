import { expect, it } from 'vitest';
import { readDate } from './read-date.ts';

const today = Temporal.PlainDate.from('2026-03-12');
const read = (text: string) => readDate(text, today)?.toString() ?? null;

it.each([
  ['2026-03-10', '2026-03-10'],
  [' 2026-3-1 ', '2026-03-01'],
  ['10/3/2026', '2026-03-10'],
  ['10.03.2026', '2026-03-10'],
  ['1-2-2025', '2025-02-01'],
  ['10/3', '2026-03-10'],
  ['12/3', '2026-03-12'],
  ['13/3', '2025-03-13'],
])('"%s" is %s', (text, date) => {
  expect(read(text)).toBe(date);
});

it.each(['', 'Asha', '00123', '2026', '31/2/2026', '10/13', '29/2'])('"%s" is no date', (text) => {
  expect(read(text)).toBeNull();
});
