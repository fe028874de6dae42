import { type DateWindow, daysIn } from '../date-window.ts';
import { cheapestWindows, recordsIn, recordsOnPage, requestsFor } from './cheapest-windows.ts';

export type ReadingEstimate = {
  readonly windows: readonly (DateWindow & { readonly requests: number; readonly records: number })[];
  /** Requests of a day: the windows, and the list of people. */
  readonly requests: number;
  /** At the connection's share of Keka's budget, rounded up. */
  readonly minutes: number;
};

/**
 * What every morning costs in the long run: yesterday and each date that has one of the ages today. `people` is how many
 * records a day has, and about how many people the company has in all.
 */
export function estimateMorning(options: {
  readonly today: Temporal.PlainDate;
  readonly ages: readonly number[];
  readonly people: number;
  readonly requestsPerMinute: number;
}): ReadingEstimate {
  const { today, ages, people } = options;
  const dates = [...new Set([1, ...ages])]
    .toSorted((a, b) => b - a)
    .map((age) => today.subtract({ days: age }));
  return estimate(
    cheapestWindows(dates, () => people),
    options,
  );
}

/** What a range costs that is read once, part by part of at most `mostDays`. */
export function estimateRange(options: {
  readonly window: DateWindow;
  readonly mostDays: number;
  readonly people: number;
  readonly requestsPerMinute: number;
}): ReadingEstimate {
  const { window, mostDays } = options;
  const windows: DateWindow[] = [];
  for (let start = 0; start < daysIn(window); start += mostDays) {
    const from = window.from.add({ days: start });
    const end = from.add({ days: mostDays - 1 });
    windows.push({ from, to: Temporal.PlainDate.compare(end, window.to) < 0 ? end : window.to });
  }
  return estimate(windows, options);
}

function estimate(
  windows: readonly DateWindow[],
  { people, requestsPerMinute }: { readonly people: number; readonly requestsPerMinute: number },
): ReadingEstimate {
  const peopleOn = () => people;
  const costed = windows.map((window) => ({
    ...window,
    requests: requestsFor(window, peopleOn),
    records: recordsIn(window, peopleOn),
  }));
  const ofPeople = Math.max(1, Math.ceil(people / recordsOnPage));
  const requests = costed.reduce((sum, window) => sum + window.requests, ofPeople);
  return { windows: costed, requests, minutes: Math.ceil(requests / requestsPerMinute) };
}
