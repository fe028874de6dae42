import { describe, expect, it } from 'vitest';
import type { DateCounts } from '../date-wise/date-wise-shape.ts';
import { summarise } from './summarise.ts';

const nobody: DateCounts = {
  date: Temporal.PlainDate.from('2026-03-02'),
  people: 0,
  present: 0,
  half_day: 0,
  in_progress: 0,
  absent: 0,
  on_leave: 0,
  weekly_off: 0,
  half_weekly_off: 0,
  holiday: 0,
  pending: 0,
  no_record: 0,
  not_read_yet: 0,
  not_linked: 0,
  unknown_day_type: 0,
  worked_on_day_off: 0,
  late: 0,
  early_out: 0,
  effective_minutes: null,
  break_minutes: null,
};
const day = (changes: Partial<DateCounts>): DateCounts => ({ ...nobody, ...changes });

describe('the cards of a summary', () => {
  it('are means of days and totals, against the equal period before', () => {
    // 80 % and 60 % make 70 %; a day off counts for nothing. Late: 25 % and none of two make 12.5 %.
    const now = [
      day({ present: 4, absent: 1, late: 1, effective_minutes: 2000, break_minutes: 100 }),
      day({ present: 3, absent: 2, effective_minutes: 1000 }),
      day({ weekly_off: 5 }),
    ];
    const before = [day({ present: 1, absent: 1, effective_minutes: 2400, break_minutes: 0 }), nobody];
    expect(summarise(now, before)).toEqual({
      attendancePercent: { value: 70, previous: 50, change: 20 },
      latePercent: { value: 12.5, previous: 0, change: 12.5 },
      effectiveMinutes: { value: 3000, previous: 2400, change: 25 },
      breakMinutes: { value: 100, previous: 0, change: null },
    });
  });

  it('say nothing of a period in which nobody was expected', () => {
    const { attendancePercent, effectiveMinutes } = summarise(
      [day({ present: 1, effective_minutes: 9 })],
      [nobody],
    );
    expect(attendancePercent).toEqual({ value: 100, previous: null, change: null });
    expect(effectiveMinutes).toEqual({ value: 9, previous: null, change: null });
  });
});
