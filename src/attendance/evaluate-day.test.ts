import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay, anyDayPolicy, dayOf, nearbyInstant, wirePunch } from '../../test/support/attendance-days.ts';
import { type AttendanceDay, keepReadablePunches } from './attendance-day.ts';
import { type DayPolicy, standardPolicy } from './day-policy.ts';
import { type AttendancePolicy, dayFlags, dayStatuses, evaluateDay } from './evaluate-day.ts';

/** Asks for so little that only punches and day types decide. */
const lenient: DayPolicy = {
  ...standardPolicy,
  lateGraceMinutes: 1440,
  earlyOutGraceMinutes: 1440,
  shortSpanMinutes: 0,
};
const inIndia: AttendancePolicy = {
  zone: 'Asia/Kolkata',
  graceAfterShiftMinutes: 120,
  policyOf: () => lenient,
};

const policy: fc.Arbitrary<AttendancePolicy> = fc.record({
  zone: fc.constantFrom('Asia/Kolkata', 'America/New_York', 'Pacific/Kiritimati', 'UTC'),
  graceAfterShiftMinutes: fc.nat(1440),
  policyOf: anyDayPolicy.map((rules) => () => rules),
});

const inAt0912 = { firstInOfTheDay: wirePunch('2026-03-10T03:42:00Z') };
const outAt1810 = { lastOutOfTheDay: wirePunch('2026-03-10T12:40:00Z') };
const longAfter = '2026-03-12T06:00:00Z';

function evaluate(wire: object, readAt: string = longAfter, policy = inIndia) {
  const { status, flags } = evaluateDay(dayOf(wire), policy, Temporal.Instant.from(readAt));
  return { status, flags };
}

function hasPunch({ firstIn, lastOut }: AttendanceDay): boolean {
  return firstIn.kind !== 'none' || lastOut.kind !== 'none';
}

/** The end of the local day and of the shift with its grace: before both have passed, anything may still come. */
function isOver(
  day: AttendanceDay,
  { zone, graceAfterShiftMinutes }: AttendancePolicy,
  at: Temporal.Instant,
): boolean {
  const tomorrow = day.date.add({ days: 1 });
  const localDayIsOver = Temporal.PlainDate.compare(at.toZonedDateTimeISO(zone).toPlainDate(), tomorrow) >= 0;
  const shiftIsOver =
    day.shiftEnd === null || day.shiftEnd.until(at).total('minutes') > graceAfterShiftMinutes;
  return localDayIsOver && shiftIsOver;
}

describe('absence', () => {
  it('is concluded only of a working day without any punch, when the day and the shift are over', () => {
    fc.assert(
      fc.property(anyDay, policy, nearbyInstant, (day, policy, readAt) => {
        if (evaluateDay(day, policy, readAt).status !== 'absent') return;
        expect(day.dayType).toBe(0);
        expect(hasPunch(day)).toBe(false);
        expect(isOver(day, policy, readAt)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is concluded then, long enough after the end', () => {
    fc.assert(
      fc.property(anyDay, policy, (day, policy) => {
        const idle = { ...day, dayType: 0, firstIn: { kind: 'none' }, lastOut: { kind: 'none' } } as const;
        const muchLater = Temporal.Instant.from('2026-03-15T00:00:00Z');
        expect(evaluateDay(idle, policy, muchLater).status).toBe('absent');
      }),
    );
  });

  it.each([
    [2, 'weekly_off'],
    [1, 'holiday'],
    [3, 'half_weekly_off'],
    [4, 'half_weekly_off'],
    [9, 'unknown_day_type'],
    [-1, 'unknown_day_type'],
    [null, 'unknown_day_type'],
  ])('is not what a day of type %j without punches is: it is %s', (dayType, status) => {
    expect(evaluate({ dayType })).toEqual({ status, flags: [] });
  });

  it('is never concluded from a punch that cannot be read', () => {
    const { status, flags } = evaluate({ firstInOfTheDay: wirePunch('garbage') });
    expect(status).toBe('present');
    expect(flags).toContain('bad_timestamp');
  });

  it('waits for the end of a late shift and of its grace', () => {
    const late = { shiftStartTime: '2026-03-10T09:30:00Z', shiftEndTime: '2026-03-10T18:00:00Z' };
    // 23:30 in India, so punches may come until 01:30 of the next day.
    expect(evaluate(late, '2026-03-10T20:00:00Z').status).toBe('pending');
    expect(evaluate(late, '2026-03-10T20:00:01Z').status).toBe('absent');
  });

  it('waits while a night shift is under way, although its day is over', () => {
    const night = { shiftStartTime: '2026-03-10T16:30:00Z', shiftEndTime: '2026-03-11T00:30:00Z' };
    expect(evaluate(night, '2026-03-10T20:30:00Z').status).toBe('pending');
    expect(
      evaluate({ ...night, firstInOfTheDay: wirePunch('2026-03-10T16:31:00Z') }, '2026-03-10T20:30:00Z'),
    ).toEqual({
      status: 'in_progress',
      flags: [],
    });
    expect(evaluate(night, '2026-03-11T02:30:01Z').status).toBe('absent');
  });

  it('waits for the end of the day where the company is, not where the server is', () => {
    const early = { shiftEndTime: '2026-03-10T05:00:00Z' };
    expect(evaluate(early, '2026-03-10T18:29:00Z').status).toBe('pending');
    expect(evaluate(early, '2026-03-10T18:31:00Z').status).toBe('absent');
    const inNewYork = { ...inIndia, zone: 'America/New_York' };
    expect(evaluate(early, '2026-03-11T03:59:00Z', inNewYork).status).toBe('pending');
    expect(evaluate(early, '2026-03-11T04:01:00Z', inNewYork).status).toBe('absent');
  });

  it('gives a day without a known shift the grace after midnight', () => {
    const unplanned = { shiftStartTime: null, shiftEndTime: null };
    expect(evaluate(unplanned, '2026-03-10T20:29:00Z').status).toBe('pending');
    expect(evaluate(unplanned, '2026-03-10T20:31:00Z').status).toBe('absent');
  });
});

describe('reading a day again later', () => {
  it('never makes what was concluded pending again, nor takes a flag away', () => {
    fc.assert(
      fc.property(anyDay, policy, nearbyInstant, nearbyInstant, (day, policy, one, other) => {
        const [sooner, later] = Temporal.Instant.compare(one, other) < 0 ? [one, other] : [other, one];
        const before = evaluateDay(day, policy, sooner);
        const after = evaluateDay(day, policy, later);
        const isOpen = before.status === 'pending' || before.status === 'in_progress';
        if (!isOpen && before.status !== 'present') expect(after.status).toBe(before.status);
        if (before.status === 'present') expect(['present', 'half_day']).toContain(after.status);
        expect(after.flags).toEqual(expect.arrayContaining([...before.flags]));
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing about a day that is not open', () => {
    fc.assert(
      fc.property(anyDay, policy, nearbyInstant, (day, policy, readAt) => {
        const now = evaluateDay(day, policy, readAt);
        const later = evaluateDay(day, policy, Temporal.Instant.from('2026-03-20T00:00:00Z'));
        expect(later.isOpen).toBe(false);
        if (!now.isOpen) expect(later).toEqual(now);
        else expect(later).not.toEqual({ ...now, isOpen: false });
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves nothing open in the end, and gives only statuses and flags of the closed lists', () => {
    fc.assert(
      fc.property(anyDay, policy, (day, policy) => {
        const { status, flags } = evaluateDay(day, policy, Temporal.Instant.from('2026-03-20T00:00:00Z'));
        expect(status).not.toBe('pending');
        expect(status).not.toBe('in_progress');
        expect(dayStatuses).toContain(status);
        expect(dayFlags).toEqual(expect.arrayContaining([...flags]));
        expect(new Set(flags).size).toBe(flags.length);
      }),
    );
  });
});

describe('a day with one punch', () => {
  it('is in progress on the day itself, and has a missing out when the day is over', () => {
    expect(evaluate(inAt0912, '2026-03-10T12:00:00Z')).toEqual({ status: 'in_progress', flags: [] });
    expect(evaluate(inAt0912, longAfter)).toEqual({ status: 'present', flags: ['missing_out'] });
  });

  it('is in progress on a day off too, so that it is looked at again', () => {
    for (const dayType of [1, 2]) {
      expect(evaluate({ ...inAt0912, dayType }, '2026-03-10T12:00:00Z').status).toBe('in_progress');
      expect(evaluate({ ...inAt0912, dayType }).status).not.toBe('in_progress');
    }
  });

  it('has a missing in when there is only an Out, at once', () => {
    expect(evaluate(outAt1810, '2026-03-10T13:00:00Z')).toEqual({ status: 'present', flags: ['missing_in'] });
    expect(evaluate(outAt1810)).toEqual({ status: 'present', flags: ['missing_in'] });
  });

  it('is called a single punch when In and Out are the same moment', () => {
    const twice = { ...inAt0912, lastOutOfTheDay: wirePunch('2026-03-10T03:42:00.000Z') };
    expect(evaluate(twice)).toEqual({ status: 'present', flags: ['single_punch'] });
  });
});

describe('a day with both punches', () => {
  const worked = { ...inAt0912, ...outAt1810, totalGrossHours: 8.97, totalEffectiveHours: 8.1 };

  it('is present, without any flag', () => {
    expect(evaluate(worked)).toEqual({ status: 'present', flags: [] });
    expect(evaluate(worked, '2026-03-10T13:00:00Z')).toEqual({ status: 'present', flags: [] });
  });

  it('says when Keka has not computed the hours yet', () => {
    expect(evaluate({ ...worked, totalGrossHours: 0, totalEffectiveHours: 0 }).flags).toEqual([
      'hours_not_computed',
    ]);
  });

  it.each([
    ['an Out before the In', '2026-03-10T03:00:00Z'],
    ['more than a day between them', '2026-03-11T03:43:00Z'],
  ])('says that %s is implausible', (_, timestamp) => {
    const wire = {
      ...inAt0912,
      lastOutOfTheDay: wirePunch(timestamp),
      totalGrossHours: 1,
      totalEffectiveHours: 1,
    };
    expect(evaluate(wire)).toEqual({ status: 'present', flags: ['implausible_punch'] });
  });

  it.each([
    [2, 'weekly_off', 'worked_on_weekly_off'],
    [1, 'holiday', 'worked_on_holiday'],
    [3, 'present', 'half_weekly_off'],
    [4, 'present', 'half_weekly_off'],
    [9, 'present', 'unknown_day_type'],
    [null, 'present', 'unknown_day_type'],
  ])('of type %j is shown as %s with the flag %s', (dayType, status, flag) => {
    expect(evaluate({ ...worked, dayType })).toEqual({ status, flags: [flag] });
  });
});

describe('a punch that can no longer be read', () => {
  it('is flagged although the earlier time of it still stands', () => {
    const stored = dayOf({ ...inAt0912, ...outAt1810 });
    const garbled = dayOf({ firstInOfTheDay: wirePunch('garbage'), ...outAt1810 });
    const merged = keepReadablePunches(garbled, stored);
    const { status, flags } = evaluateDay(merged, inIndia, Temporal.Instant.from(longAfter));
    expect(status).toBe('present');
    expect(flags).toContain('bad_timestamp');
    const mended = keepReadablePunches(stored, merged);
    expect(evaluateDay(mended, inIndia, Temporal.Instant.from(longAfter)).flags).not.toContain(
      'bad_timestamp',
    );
  });
});
