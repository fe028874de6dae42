import { ratesOfRange } from '../../attendance/attendance-rates.ts';
import { type DateCounts, dayCountsOf, inPercent } from '../date-wise/date-wise-shape.ts';

/** A figure, the same of the equal period before, and how far they differ; null where one of them has nothing to say. */
export type Card = {
  readonly value: number | null;
  readonly previous: number | null;
  /** Percentage points of a figure in percent; of a total, percent of the previous one. One decimal. */
  readonly change: number | null;
};

export type SummaryCards = {
  /** Means of the days, in percent. */
  readonly attendancePercent: Card;
  readonly latePercent: Card;
  /** Totals. */
  readonly effectiveMinutes: Card;
  readonly breakMinutes: Card;
};

export function summarise(days: readonly DateCounts[], previous: readonly DateCounts[]): SummaryCards {
  const [now, before] = [figuresOf(days), figuresOf(previous)];
  const points = (name: 'attendance' | 'late'): Card => ({
    value: now[name],
    previous: before[name],
    change: both(now[name], before[name], (a, b) => round(a - b)),
  });
  const total = (name: 'effective' | 'break'): Card => ({
    value: now[name],
    previous: before[name],
    change: both(now[name], before[name], (a, b) => (b === 0 ? null : round(((a - b) * 100) / b))),
  });
  return {
    attendancePercent: points('attendance'),
    latePercent: points('late'),
    effectiveMinutes: total('effective'),
    breakMinutes: total('break'),
  };
}

function figuresOf(days: readonly DateCounts[]) {
  const rates = ratesOfRange(days.map(dayCountsOf));
  return {
    attendance: inPercent(rates.attendance),
    late: inPercent(rates.late),
    effective: sumOf(days.map((day) => day.effective_minutes)),
    break: sumOf(days.map((day) => day.break_minutes)),
  };
}

/** Nothing is known of a period of which no day has a value. */
function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function both(
  now: number | null,
  before: number | null,
  compare: (now: number, before: number) => number | null,
): number | null {
  return now === null || before === null ? null : compare(now, before);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
