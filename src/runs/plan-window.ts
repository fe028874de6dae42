import { type DateWindow, datesOf, daysIn } from './date-window.ts';

/**
 * Keka documents at most 90 days between `from` and `to`; whether that is 90 or 91 calendar days is unclear, so a
 * chunk never has more than 89 (certain either way).
 */
export const mostDaysInChunk = 89;

/**
 * A chunk is one transaction, open from its first page to its last. This many records bound that time: at Keka's 50
 * requests of 200 records a minute, about ten minutes.
 */
export const mostRecordsInChunk = 100_000;

/** Cuts a window into contiguous chunks, every day once. `people` is how many records a day is expected to have. */
export function planChunks(window: DateWindow, people: number): readonly DateWindow[] {
  const affordable = Math.floor(mostRecordsInChunk / Math.max(people, 1));
  return cut(window, Math.max(1, Math.min(mostDaysInChunk, affordable)));
}

/** Two halves of a chunk that was refused as a whole; a single day cannot be cut. */
export function halve(window: DateWindow): readonly DateWindow[] {
  const days = daysIn(window);
  return days === 1 ? [] : cut(window, Math.ceil(days / 2));
}

/** What remains of a chunk without some of its dates. */
export function without(window: DateWindow, dates: readonly Temporal.PlainDate[]): readonly DateWindow[] {
  const excluded = new Set(dates.map(String));
  const remaining = [...datesOf(window)].filter((date) => !excluded.has(date.toString()));
  return merge(remaining.map((date) => ({ from: date, to: date })));
}

/** The days of several windows, none of which overlap, in as few windows as possible, oldest first. */
export function merge(windows: readonly DateWindow[]): readonly DateWindow[] {
  const merged: DateWindow[] = [];
  for (const window of windows.toSorted((a, b) => Temporal.PlainDate.compare(a.from, b.from))) {
    const last = merged.at(-1);
    if (last?.to.add({ days: 1 }).equals(window.from) === true)
      merged.splice(-1, 1, { from: last.from, to: window.to });
    else merged.push(window);
  }
  return merged;
}

function cut(window: DateWindow, days: number): readonly DateWindow[] {
  const chunks: DateWindow[] = [];
  let { from } = window;
  while (Temporal.PlainDate.compare(from, window.to) <= 0) {
    const end = from.add({ days: days - 1 });
    const to = Temporal.PlainDate.compare(end, window.to) < 0 ? end : window.to;
    chunks.push({ from, to });
    from = to.add({ days: 1 });
  }
  return chunks;
}
