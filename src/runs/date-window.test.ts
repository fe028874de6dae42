import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DateWindow, datesOf, daysIn, formatWindow, includes } from './date-window.ts';

const date = fc
  .integer({ min: 0, max: 4000 })
  .map((days) => new Temporal.PlainDate(2020, 1, 1).add({ days }));
const window = fc.tuple(date, fc.nat(120)).map(([from, days]) => ({ from, to: from.add({ days }) }));

function windowOf(from: string, to: string): DateWindow {
  return { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
}

describe('a window of dates', () => {
  it('has both of its ends in it', () => {
    const march = windowOf('2026-02-27', '2026-03-02');
    expect([...datesOf(march)].map(String)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(daysIn(march)).toBe(4);
    expect(daysIn(windowOf('2028-02-28', '2028-03-01'))).toBe(3);
  });

  it('can be a single day', () => {
    const day = windowOf('2026-03-10', '2026-03-10');
    expect([...datesOf(day)].map(String)).toEqual(['2026-03-10']);
    expect(formatWindow(day)).toBe('2026-03-10');
  });

  it('names its ends', () => {
    expect(formatWindow(windowOf('2026-03-01', '2026-03-10'))).toBe('2026-03-01 to 2026-03-10');
  });

  it('has as many dates as it says, each included, and none beside them', () => {
    fc.assert(
      fc.property(window, (window) => {
        const dates = [...datesOf(window)];
        expect(dates).toHaveLength(daysIn(window));
        expect(dates.every((date) => includes(window, date))).toBe(true);
        expect(includes(window, window.from.subtract({ days: 1 }))).toBe(false);
        expect(includes(window, window.to.add({ days: 1 }))).toBe(false);
      }),
    );
  });
});
