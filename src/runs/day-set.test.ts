import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DaySet } from './day-set.ts';

const dates = ['2026-03-10', '2026-03-11'];

/** Guids that differ in one digit only, that of zeros among them, and random ones. */
const guid = fc.oneof(
  fc.uuid(),
  fc.integer({ min: 0, max: 300 }).map((number) => withNumber(number)),
);

function withNumber(number: number): string {
  return `00000000-0000-0000-0000-${number.toString(16).padStart(12, '0')}`;
}

it('knows exactly the days that were added', () => {
  const day = fc.record({ sourceGuid: guid, date: fc.constantFrom(...dates) });
  fc.assert(
    fc.property(fc.array(day, { maxLength: 400 }), fc.array(day, { maxLength: 100 }), (added, asked) => {
      const days = new DaySet();
      const known = new Set<string>();
      for (const one of added) {
        const key = `${one.sourceGuid} ${one.date}`;
        expect(days.add(one)).toBe(!known.has(key));
        known.add(key);
        expect(days.size).toBe(known.size);
      }
      for (const one of [...added, ...asked]) {
        expect(days.has(one)).toBe(known.has(`${one.sourceGuid} ${one.date}`));
      }
    }),
  );
});

it('stays right while it grows to many', () => {
  const days = new DaySet();
  const date = '2026-03-10';
  for (let number = 0; number < 50_000; number += 1) days.add({ sourceGuid: withNumber(number), date });
  expect(days.size).toBe(50_000);
  expect(days.has({ sourceGuid: withNumber(49_999), date })).toBe(true);
  expect(days.has({ sourceGuid: withNumber(50_000), date })).toBe(false);
  expect(days.has({ sourceGuid: withNumber(1), date: '2026-03-11' })).toBe(false);
});
