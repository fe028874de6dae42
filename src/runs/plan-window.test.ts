import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateWindow, datesOf, daysIn } from './date-window.ts';
import { halve, merge, mostDaysInChunk, mostRecordsInChunk, planChunks, without } from './plan-window.ts';

const date = fc
  .integer({ min: 0, max: 4000 })
  .map((days) => new Temporal.PlainDate(2020, 1, 1).add({ days }));
const window = fc.tuple(date, fc.nat(400)).map(([from, days]) => ({ from, to: from.add({ days }) }));
const people = fc.oneof(fc.nat(2000), fc.nat(300_000));

function windowOf(from: string, to: string): DateWindow {
  return { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
}

function datesIn(windows: readonly DateWindow[]): string[] {
  return windows.flatMap((window) => [...datesOf(window)].map(String));
}

describe('the chunks of a window', () => {
  it('are every day once, in order', () => {
    fc.assert(
      fc.property(window, people, (window, people) => {
        expect(datesIn(planChunks(window, people))).toEqual(datesIn([window]));
      }),
    );
  });

  it('are never longer than Keka surely allows, nor larger than a transaction should be', () => {
    fc.assert(
      fc.property(window, people, (window, people) => {
        for (const chunk of planChunks(window, people)) {
          expect(chunk.from.until(chunk.to, { largestUnit: 'days' }).days).toBeLessThan(90);
          expect(daysIn(chunk)).toBeLessThanOrEqual(mostDaysInChunk);
          // A single day cannot be cut, however many people it has.
          if (daysIn(chunk) > 1) expect(daysIn(chunk) * people).toBeLessThanOrEqual(mostRecordsInChunk);
        }
      }),
    );
  });

  it('are as few as these limits allow', () => {
    expect(planChunks(windowOf('2026-03-10', '2026-03-10'), 240)).toHaveLength(1);
    expect(planChunks(windowOf('2026-01-01', '2026-03-30'), 240)).toHaveLength(1);
    expect(planChunks(windowOf('2026-01-01', '2026-03-31'), 240)).toHaveLength(2);
    expect(planChunks(windowOf('2026-01-01', '2026-06-30'), 240)).toHaveLength(3);
    expect(planChunks(windowOf('2026-03-01', '2026-03-04'), 50_000)).toHaveLength(2);
    expect(planChunks(windowOf('2026-03-01', '2026-03-04'), 250_000)).toHaveLength(4);
  });

  it('do not need to know how many people there are', () => {
    expect(planChunks(windowOf('2026-01-01', '2026-03-30'), 0)).toHaveLength(1);
  });
});

describe('a chunk that was refused', () => {
  it('is cut in two halves that are every day once', () => {
    fc.assert(
      fc.property(window, (window) => {
        fc.pre(daysIn(window) > 1);
        const halves = halve(window);
        expect(halves).toHaveLength(2);
        expect(datesIn(halves)).toEqual(datesIn([window]));
        const [first = 0, second = 0] = halves.map(daysIn);
        expect(Math.abs(first - second)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is not cut any more when it is a single day', () => {
    expect(halve(windowOf('2026-03-10', '2026-03-10'))).toEqual([]);
  });

  it('comes down to single days, and never to nothing, however often it is cut', () => {
    const cutUp = (window: DateWindow): readonly DateWindow[] =>
      daysIn(window) === 1 ? [window] : halve(window).flatMap(cutUp);
    fc.assert(
      fc.property(window, (window) => {
        expect(datesIn(cutUp(window))).toEqual(datesIn([window]));
      }),
      { numRuns: 20 },
    );
  });
});

describe('a chunk without some of its dates', () => {
  it('is all other days, once, in as few windows as possible', () => {
    const withExcluded = window.chain((window) =>
      fc.record({ window: fc.constant(window), excluded: fc.subarray([...datesOf(window)]) }),
    );
    fc.assert(
      fc.property(withExcluded, ({ window, excluded }) => {
        const rest = without(window, excluded);
        const left = new Set(excluded.map(String));
        expect(datesIn(rest)).toEqual(datesIn([window]).filter((date) => !left.has(date)));
        for (const [index, { to }] of rest.entries()) {
          expect(rest[index + 1]?.from.equals(to.add({ days: 1 }))).not.toBe(true);
        }
      }),
    );
  });

  it('is nothing when all of them are left out, and the same when none is', () => {
    const march = windowOf('2026-03-09', '2026-03-11');
    expect(without(march, [...datesOf(march)])).toEqual([]);
    expect(without(march, [])).toEqual([march]);
    expect(without(march, [Temporal.PlainDate.from('2026-04-01')])).toEqual([march]);
  });
});

describe('windows that were cut', () => {
  it('are put together again in whatever order they come', () => {
    const cutUp = window.chain((window) => {
      const days = [...datesOf(window)].map((date) => ({ from: date, to: date }));
      return fc.record({
        window: fc.constant(window),
        pieces: fc.shuffledSubarray(days, { minLength: days.length }),
      });
    });
    fc.assert(
      fc.property(cutUp, ({ window, pieces }) => {
        expect(merge(pieces)).toEqual([window]);
      }),
      { numRuns: 50 },
    );
  });

  it('stay apart where a day is missing between them', () => {
    const [early, late] = [windowOf('2026-03-01', '2026-03-04'), windowOf('2026-03-06', '2026-03-09')];
    expect(merge([late, early])).toEqual([early, late]);
  });
});
