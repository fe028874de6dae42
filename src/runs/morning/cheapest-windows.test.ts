import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateWindow, datesOf, formatWindow, includes } from '../date-window.ts';
import { mostRecordsInChunk } from '../plan-window.ts';
import { cheapestWindows, recordsIn, requestsFor } from './cheapest-windows.ts';
import { estimateMorning, estimateRange } from './estimate-reading.ts';

const today = Temporal.PlainDate.from('2026-03-12');
const ages = [1, 2, 3, 5, 7, 10, 14, 21, 28, 35];
const before = (days: number) => today.subtract({ days });

function shown(windows: readonly DateWindow[]): readonly string[] {
  return windows.map(formatWindow);
}

/** Every way to cut the dates into runs of neighbours, each run read as one window. */
function* partitions(dates: readonly Temporal.PlainDate[]): Generator<readonly DateWindow[]> {
  const [from] = dates;
  if (from === undefined) {
    yield [];
    return;
  }
  for (const [index, to] of dates.entries()) {
    for (const rest of partitions(dates.slice(index + 1))) yield [{ from, to }, ...rest];
  }
}

const someDates = (most: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: most })
    .map((all) => all.toSorted((a, b) => b - a).map(before));
const someCounts = fc.array(fc.oneof(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 0, max: 60_000 })), {
  minLength: 46,
  maxLength: 46,
});

describe('the cheapest windows', () => {
  it('are one for a small company, single dates for a large one', () => {
    const dates = ages.toReversed().map(before);
    expect(shown(cheapestWindows(dates, () => 5))).toEqual(['2026-02-05 to 2026-03-11']);
    expect(shown(cheapestWindows(dates, () => 200))).toHaveLength(10);
  });

  it('share pages between neighbours', () => {
    // Three days of 130 people: two pages together, three by themselves.
    expect(shown(cheapestWindows([3, 2, 1].map(before), () => 130))).toEqual(['2026-03-09 to 2026-03-11']);
  });

  it('hold every date, in order, without an overlap, and no part that is too large', () => {
    fc.assert(
      fc.property(someDates(30), someCounts, (dates, counts) => {
        const peopleOn = (date: Temporal.PlainDate) => counts[date.until(today).days] ?? 0;
        const windows = cheapestWindows(dates, peopleOn);
        for (const date of dates) expect(windows.filter((window) => includes(window, date))).toHaveLength(1);
        for (const [index, { from }] of windows.entries()) {
          const previous = windows[index - 1];
          if (previous !== undefined) expect(Temporal.PlainDate.compare(previous.to, from)).toBe(-1);
        }
        for (const window of windows) {
          if (window.from.equals(window.to)) continue;
          expect(recordsIn(window, peopleOn)).toBeLessThanOrEqual(mostRecordsInChunk);
        }
      }),
    );
  });

  it('take as few requests as the best of all ways to join the dates, and then as few records', () => {
    fc.assert(
      fc.property(someDates(8), someCounts, (dates, counts) => {
        const peopleOn = (date: Temporal.PlainDate) => counts[date.until(today).days] ?? 0;
        const costOf = (windows: readonly DateWindow[]) => ({
          requests: windows.reduce((sum, window) => sum + requestsFor(window, peopleOn), 0),
          records: windows.reduce((sum, window) => sum + recordsIn(window, peopleOn), 0),
        });
        const possible = [...partitions(dates)].filter((windows) =>
          windows.every(
            (window) => window.from.equals(window.to) || recordsIn(window, peopleOn) <= mostRecordsInChunk,
          ),
        );
        const costs = possible.map(costOf);
        const least = Math.min(...costs.map(({ requests }) => requests));
        const found = costOf(cheapestWindows(dates, peopleOn));
        expect(found.requests).toBe(least);
        expect(found.records).toBe(
          Math.min(...costs.filter(({ requests }) => requests === least).map(({ records }) => records)),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a morning costs', () => {
  it('is told in requests and minutes', () => {
    const of240 = estimateMorning({ today, ages, people: 240, requestsPerMinute: 50 });
    // 10 dates of 240: three neighbours share 4 pages, seven others take 2 each; and 2 pages of people.
    expect(of240).toMatchObject({ requests: 4 + 7 * 2 + 2, minutes: 1 });
    const of5000 = estimateMorning({ today, ages, people: 5000, requestsPerMinute: 50 });
    expect(of5000).toMatchObject({ requests: 10 * 25 + 25, minutes: 6 });
  });

  it('is never more than reading every date by itself, and yesterday is always part of it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 89 }), { maxLength: 20 }),
        fc.integer({ min: 0, max: 20_000 }),
        (some, people) => {
          const { windows, requests } = estimateMorning({ today, ages: some, people, requestsPerMinute: 45 });
          const pages = Math.max(1, Math.ceil(people / 200));
          expect(requests).toBeLessThanOrEqual((new Set([1, ...some]).size + 1) * pages);
          const read = new Set(windows.flatMap((window) => [...datesOf(window)].map(String)));
          for (const age of [1, ...some]) expect(read).toContain(before(age).toString());
        },
      ),
    );
  });

  it('of a range is the sum of its parts', () => {
    const window = { from: before(89), to: before(0) };
    const estimate = estimateRange({ window, mostDays: 31, people: 1000, requestsPerMinute: 50 });
    expect(shown(estimate.windows)).toEqual([
      '2025-12-13 to 2026-01-12',
      '2026-01-13 to 2026-02-12',
      '2026-02-13 to 2026-03-12',
    ]);
    expect(estimate).toMatchObject({ requests: 90 * 5 + 5, minutes: 10 });
  });
});
