import { describe, expect, it } from 'vitest';
import {
  firstSchedule,
  readAges,
  scheduleValuesOf,
  timeElsewhere,
  toScheduleChange,
} from './schedule-values.ts';

describe('the schedule in the form', () => {
  it('knows the plans by their ages', () => {
    expect(scheduleValuesOf(firstSchedule).plan).toBe('standard');
    expect(scheduleValuesOf({ ...firstSchedule, recheckAges: [] }).plan).toBe('none');
    expect(scheduleValuesOf({ ...firstSchedule, recheckAges: [2, 4] })).toMatchObject({
      plan: 'own',
      ages: '2, 4',
    });
    expect(toScheduleChange(scheduleValuesOf(firstSchedule))).toEqual(firstSchedule);
  });

  it.each([
    ['1, 2 3;5', [1, 2, 3, 5]],
    ['7,7, 1', [1, 7]],
    ['', []],
    ['85', [85]],
    ['86', null],
    ['0', null],
    ['1.5', null],
    ['two', null],
  ])('reads ages of its own: %s', (ages, wanted) => {
    expect(readAges({ plan: 'own', ages })).toEqual(wanted);
  });

  it('tells the time where the company is', () => {
    const now = Temporal.Instant.from('2026-03-12T05:30:00Z');
    expect(timeElsewhere({ at: '05:30', zone: 'UTC' }, 'Asia/Kolkata', now)).toBe('11:00');
    expect(timeElsewhere({ at: '', zone: 'UTC' }, 'Asia/Kolkata', now)).toBeNull();
  });
});
