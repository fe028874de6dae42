import type { DayStatus } from './evaluate-day.ts';

/** How many people of each kind one date had. */
export type DayCounts = {
  readonly present: number;
  readonly halfDay: number;
  /** In, and the day not over: there, as far as anybody can know. */
  readonly inProgress: number;
  readonly absent: number;
  /** Those of the three first who were late. */
  readonly late: number;
};

/** Shares from 0 to 1; null where nothing can be said. */
export type Rates = { readonly attendance: number | null; readonly late: number | null };

/**
 * The statuses of people who were expected and of whom it is known whether they came. Days off, leave, and whatever is
 * not known yet count neither way; so does work on a day off.
 */
export const expectedStatuses = [
  'present',
  'half_day',
  'in_progress',
  'absent',
] as const satisfies DayStatus[];

/** Attendance = present / expected, where half a day is half a presence; late = late / present, by heads. */
export function ratesOfDay({ present, halfDay, inProgress, absent, late }: DayCounts): Rates {
  const there = present + halfDay + inProgress;
  const expected = there + absent;
  return {
    attendance: expected === 0 ? null : (there - halfDay / 2) / expected,
    late: there === 0 ? null : late / there,
  };
}

/** A range's figure is the mean of its days; one without anybody expected or present is left out of that figure. */
export function ratesOfRange(days: Iterable<DayCounts>): Rates {
  const rates = Array.from(days, ratesOfDay);
  return {
    attendance: mean(rates.map(({ attendance }) => attendance)),
    late: mean(rates.map(({ late }) => late)),
  };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
