import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttendanceEntry } from '../scenario/record-schemas.ts';
import { type AttendanceQuery, createAttendanceStore } from './attendance-store.ts';

const entryArbitrary = fc.record({
  day: fc.integer({ min: 1, max: 6 }).map((day) => `2026-03-0${day}`),
  person: fc.constantFrom('', 'a', 'b', 'c', 'd', 'e'),
});

function entries(parts: readonly { day: string; person: string }[]): AttendanceEntry[] {
  return parts.map((part, index) => ({ ...part, text: `{"n":${index}}` }));
}

const everything: AttendanceQuery = {
  from: '2026-03-01',
  to: '2026-03-31',
  people: null,
  order: 'by-date',
  offset: 0,
  limit: 1_000,
};

describe('the attendance store', () => {
  it('gives over all pages what it gives at once, for every range, choice of people and order', () => {
    fc.assert(
      fc.property(
        fc.array(entryArbitrary, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('by-date' as const, 'by-person' as const),
        fc.constantFrom(null, new Set(['b', 'd'])),
        fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 3, max: 6 })),
        (parts, limit, order, people, [first, last]) => {
          const all = entries(parts);
          const store = createAttendanceStore(all, []);
          const query = { ...everything, order, people, from: `2026-03-0${first}`, to: `2026-03-0${last}` };
          const pages = Array.from({ length: Math.ceil(all.length / limit) }, (_, page) =>
            store.read({ ...query, limit, offset: page * limit }),
          );
          const whole = store.read(query);
          expect(pages.flatMap(({ records }) => records)).toEqual(whole.records);
          expect(pages.every(({ records }) => records.length <= limit)).toBe(true);
          const wanted = all.filter(
            ({ day, person }) =>
              day >= query.from && day <= query.to && (people === null || people.has(person)),
          );
          expect(whole.records.toSorted()).toEqual(wanted.map(({ text }) => text).toSorted());
          expect(whole.total).toBe(wanted.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('replaces in place, adds first or last, and never replaces a record of nobody', () => {
    const store = createAttendanceStore(
      entries([
        { day: '2026-03-01', person: 'a' },
        { day: '2026-03-01', person: '' },
        { day: '2026-03-01', person: 'b' },
      ]),
      [],
    );
    store.upsert([{ day: '2026-03-01', person: 'a', text: 'A' }]);
    store.upsert(
      [
        { day: '2026-03-01', person: 'x', text: 'X' },
        { day: '2026-03-01', person: 'y', text: 'Y' },
      ],
      'first',
    );
    store.upsert([
      { day: '2026-03-01', person: '', text: 'nobody' },
      { day: '2026-02-28', person: 'a', text: 'earlier' },
    ]);
    expect(store.read({ ...everything, from: '2026-02-01' }).records).toEqual([
      'earlier',
      'X',
      'Y',
      'A',
      '{"n":1}',
      '{"n":2}',
      'nobody',
    ]);
    expect(store.count()).toBe(7);
  });
});
