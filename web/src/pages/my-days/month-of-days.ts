import type { RangeReport } from '../../../../src/contract/range-reports.ts';

type ReportRow = RangeReport['rows'][number];

/** The weeks that a month (`YYYY-MM`) touches, from Monday on; null stands for a date of another month. */
export function weeksOf(month: string): readonly (readonly (string | null)[])[] {
  const first = Temporal.PlainDate.from(`${month}-01`);
  const before = first.dayOfWeek - 1;
  const weeks = Math.ceil((before + first.daysInMonth) / 7);
  return Array.from({ length: weeks }, (_none, week) =>
    Array.from({ length: 7 }, (_day, place) => {
      const day = week * 7 + place - before;
      return day < 0 || day >= first.daysInMonth ? null : first.add({ days: day }).toString();
    }),
  );
}

export type MonthFigures = {
  readonly worked: number;
  readonly absent: number;
  readonly late: number;
  readonly minutes: number;
};

/** What a month comes to so far. A half day counts as half of one. */
export function figuresOf(rows: readonly ReportRow[]): MonthFigures {
  const statusIs = (...statuses: readonly string[]) =>
    rows.filter(({ status }) => typeof status === 'string' && statuses.includes(status)).length;
  return {
    worked: statusIs('present', 'in_progress') + statusIs('half_day') / 2,
    absent: statusIs('absent') + statusIs('half_day') / 2,
    late: rows.filter(({ flags }) => Array.isArray(flags) && flags.includes('late')).length,
    minutes: rows.reduce(
      (sum, { effectiveMinutes }) => sum + (typeof effectiveMinutes === 'number' ? effectiveMinutes : 0),
      0,
    ),
  };
}
