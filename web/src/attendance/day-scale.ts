import type { DailyRow, ReportPunch } from '../../../src/contract/daily-report.ts';

/** Minutes after the midnight with which the date begins, where the organisation is. */
export type Minutes = number;

export type DayScale = { readonly from: Minutes; readonly to: Minutes };

const usualDay: DayScale = { from: 8 * 60, to: 19 * 60 };

export function minutesOf({ time, dayOffset }: Pick<ReportPunch, 'time' | 'dayOffset'>): Minutes {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return dayOffset * 1440 + hours * 60 + minutes;
}

/** One scale for all rows of a day, in whole hours, so that bars below each other can be compared. */
export function scaleOf(rows: readonly Pick<DailyRow, 'firstIn' | 'lastOut'>[]): DayScale {
  let { from, to } = usualDay;
  for (const { firstIn, lastOut } of rows) {
    for (const punch of [firstIn, lastOut]) {
      if (punch === null) continue;
      const at = minutesOf(punch);
      from = Math.min(from, at);
      to = Math.max(to, at);
    }
  }
  return { from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 };
}

/** Where a moment stands on the scale: 0 at its beginning, 1 at its end. */
export function placeOn({ from, to }: DayScale, at: Minutes): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}
