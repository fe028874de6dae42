import { type DateWindow, datesOf, daysIn } from '../date-window.ts';
import { mostDaysInChunk, mostRecordsInChunk } from '../plan-window.ts';

/** Records on one page: what the client asks for, and Keka's most. */
export const recordsOnPage = 200;

type Cost = { readonly requests: number; readonly records: number };

/** How many requests a window takes that is read by itself. Even nobody at all is one page. */
export function requestsFor(window: DateWindow, peopleOn: (date: Temporal.PlainDate) => number): number {
  return Math.max(1, Math.ceil(recordsIn(window, peopleOn) / recordsOnPage));
}

export function recordsIn(window: DateWindow, peopleOn: (date: Temporal.PlainDate) => number): number {
  let records = 0;
  for (const date of datesOf(window)) records += peopleOn(date);
  return records;
}

/**
 * The windows that hold all of these dates at the least number of requests, and among those with the fewest records.
 * Days between two dates are read along where that is no dearer than a request of its own: for a company of five, five
 * weeks fit on one page. `dates` are sorted, each once.
 */
export function cheapestWindows(
  dates: readonly Temporal.PlainDate[],
  peopleOn: (date: Temporal.PlainDate) => number,
): readonly DateWindow[] {
  // best[n]: the cheapest way to read the first n dates, and where its last window begins.
  const best: { readonly cost: Cost; readonly start: number }[] = [
    { cost: { requests: 0, records: 0 }, start: 0 },
  ];
  for (const [last, to] of dates.entries()) {
    let chosen: { readonly cost: Cost; readonly start: number } | null = null;
    for (let start = last; start >= 0; start -= 1) {
      const [from, before] = [dates[start], best[start]];
      if (from === undefined || before === undefined) break;
      const window = { from, to };
      const records = recordsIn(window, peopleOn);
      if (start < last && !fitsInChunk(window, records)) break;
      const cost = {
        requests: before.cost.requests + requestsFor(window, peopleOn),
        records: before.cost.records + records,
      };
      if (chosen === null || isCheaper(cost, chosen.cost)) chosen = { cost, start };
    }
    if (chosen !== null) best.push(chosen);
  }
  const windows: DateWindow[] = [];
  for (let end = dates.length; end > 0; ) {
    const start = best[end]?.start ?? 0;
    const [from, to] = [dates[start], dates[end - 1]];
    if (from === undefined || to === undefined) break;
    windows.unshift({ from, to });
    end = start;
  }
  return windows;
}

function fitsInChunk(window: DateWindow, records: number): boolean {
  return daysIn(window) <= mostDaysInChunk && records <= mostRecordsInChunk;
}

function isCheaper(one: Cost, other: Cost): boolean {
  return one.requests === other.requests ? one.records < other.records : one.requests < other.requests;
}
