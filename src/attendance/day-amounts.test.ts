import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothUtc, dayOf, wirePunch } from '../../test/support/attendance-days.ts';
import { type AttendanceDay, shiftMinutesOf } from './attendance-day.ts';
import { earlyOutMinutesOf, expectedMinutesOf, lateMinutesOf, overtimeMinutesOf } from './day-amounts.ts';
import { type DayPolicy, standardPolicy } from './day-policy.ts';
import { type AttendancePolicy, evaluateDay } from './evaluate-day.ts';

// Every figure here was worked out by hand. The shift of `dayOf` is 09:30 to 18:30 in India: 04:00Z to 13:00Z.

const longAfter = Temporal.Instant.from('2026-03-12T06:00:00Z');

function policy(changes: Partial<DayPolicy> = {}, zone = 'Asia/Kolkata'): AttendancePolicy {
  return { zone, graceAfterShiftMinutes: 120, policyOf: () => ({ ...standardPolicy, ...changes }) };
}

function evaluate(wire: object, changes: Partial<DayPolicy> = {}, readAt = longAfter) {
  return evaluateDay(dayOf(wire), policy(changes), readAt);
}

const inAt = (time: string) => ({ firstInOfTheDay: wirePunch(`2026-03-10T${time}Z`) });
const outAt = (time: string) => ({ lastOutOfTheDay: wirePunch(`2026-03-10T${time}Z`) });
const hours = (effective: number, overtime = 0) => ({
  totalGrossHours: effective + 1,
  totalEffectiveHours: effective,
  totalEffectiveOvertimeDuration: overtime,
});

describe('late', () => {
  it.each([
    ['03:59:59', 0, 0],
    ['04:00:00', 0, 0],
    ['04:00:59', 0, 0], // shown as 09:30
    ['04:01:00', 0, 1],
    ['04:10:00', 10, 0], // exactly at start + grace
    ['04:10:59', 10, 0],
    ['04:11:00', 10, 11], // counted from the start of the shift, not from the end of the grace
    ['05:05:00', 10, 65],
    ['04:09:59.9999999', 9, 0],
  ])('an In at %s with a grace of %d minutes is %d minutes late', (time, lateGraceMinutes, minutes) => {
    const { lateMinutes, flags } = evaluate({ ...inAt(time), ...outAt('13:00:00') }, { lateGraceMinutes });
    expect(lateMinutes).toBe(minutes);
    expect(flags.includes('late')).toBe(minutes > 0);
  });

  it('C02: an In at 10:35 for a shift from 10:00 is 35 minutes late, an Out at 19:30 for 19:00 not early', () => {
    const wire = { shiftStartTime: '2026-03-10T04:30:00Z', shiftEndTime: '2026-03-10T13:30:00Z' };
    const day = evaluate({ ...wire, ...inAt('05:05:00'), ...outAt('14:00:00'), ...hours(8) });
    expect(day).toMatchObject({ lateMinutes: 35, earlyOutMinutes: 0, flags: ['late'] });
  });

  it('is known at once, while the day goes on', () => {
    const now = Temporal.Instant.from('2026-03-10T06:00:00Z');
    expect(evaluate(inAt('04:20:00'), {}, now)).toMatchObject({
      status: 'in_progress',
      lateMinutes: 20,
      earlyOutMinutes: null,
      flags: ['late'],
    });
  });

  it.each([
    ['no shift', { shiftStartTime: null }],
    ['a weekly off', { dayType: 2 }],
    ['a holiday', { dayType: 1 }],
    ['the first half off', { dayType: 3 }],
    ['a day type that nobody knows', { dayType: 9 }],
    ['a shift of another day', { shiftStartTime: '2026-03-08T04:00:00Z' }],
    ['an Out before the In', { lastOutOfTheDay: wirePunch('2026-03-10T03:00:00Z') }],
  ])('is not judged with %s', (_, wire) => {
    expect(evaluate({ ...inAt('06:00:00'), ...wire }).lateMinutes).toBeNull();
  });

  it('is judged where only the second half is off, and of a single punch', () => {
    expect(evaluate({ ...inAt('04:30:00'), dayType: 4 }).lateMinutes).toBe(30);
    expect(evaluate({ ...inAt('04:30:00'), ...outAt('04:30:00') })).toMatchObject({
      lateMinutes: 30,
      earlyOutMinutes: null,
    });
  });
});

describe('early out', () => {
  it.each([
    ['13:00:00', 0, 0],
    ['12:59:59', 0, 1], // shown as 18:29
    ['12:45:00', 15, 0], // exactly at end - grace
    ['12:44:59', 15, 16],
    ['12:40:00', 0, 20],
  ])('an Out at %s with a grace of %d minutes is %d minutes early', (time, earlyOutGraceMinutes, minutes) => {
    const day = evaluate({ ...inAt('04:00:00'), ...outAt(time), ...hours(8) }, { earlyOutGraceMinutes });
    expect(day.earlyOutMinutes).toBe(minutes);
    expect(day.flags.includes('early_out')).toBe(minutes > 0);
  });

  it('is a conclusion: whoever is out before the day is over may come back', () => {
    const atLunch = { ...inAt('04:00:00'), ...outAt('07:30:00'), ...hours(3.5) };
    const now = Temporal.Instant.from('2026-03-10T08:00:00Z');
    expect(evaluate(atLunch, {}, now)).toMatchObject({ earlyOutMinutes: null, isOpen: true, flags: [] });
    expect(evaluate(atLunch)).toMatchObject({ earlyOutMinutes: 330, isOpen: false });
    const full = { ...inAt('04:00:00'), ...outAt('13:05:00'), ...hours(8) };
    expect(evaluate(full, {}, Temporal.Instant.from('2026-03-10T13:10:00Z'))).toMatchObject({
      earlyOutMinutes: 0,
      isOpen: false,
    });
  });

  it('is not judged where the second half is off, and is where the first half is', () => {
    const day = { ...inAt('04:00:00'), ...outAt('08:30:00'), ...hours(4) };
    expect(evaluate({ ...day, dayType: 4 }).earlyOutMinutes).toBeNull();
    expect(evaluate({ ...day, dayType: 3 }).earlyOutMinutes).toBe(270);
  });
});

describe('expected time and overtime', () => {
  it.each([
    [0, 480],
    [1, 0],
    [2, 0],
    [3, 240],
    [4, 240],
    [9, null],
    [null, null],
  ])('a day of type %j with a shift of 8 hours expects %j minutes', (dayType, minutes) => {
    expect(expectedMinutesOf({ dayType, shiftMinutes: 480 })).toBe(minutes);
  });

  it.each([
    [{ shiftEffectiveDuration: 7.5, shiftDuration: 9, shiftBreakDuration: 1 }, 450],
    [{ shiftEffectiveDuration: null, shiftDuration: 9, shiftBreakDuration: 1 }, 480],
    [{ shiftEffectiveDuration: 0, shiftDuration: 0, shiftBreakDuration: 0.5 }, 510], // 9 h between start and end
    [{ shiftEffectiveDuration: null, shiftDuration: null, shiftBreakDuration: null }, 540],
  ])('a shift of %j asks for %d minutes', (wire, minutes) => {
    const [start, end] = ['2026-03-10T04:00:00Z', '2026-03-10T13:00:00Z'].map((at) =>
      Temporal.Instant.from(at),
    );
    expect(shiftMinutesOf(wire, start ?? null, end ?? null)).toBe(minutes);
    expect(dayOf(wire).shiftMinutes).toBe(minutes);
  });

  it('is unknown for a shift without times and durations', () => {
    const wire = { shiftEffectiveDuration: null, shiftDuration: null, shiftBreakDuration: null };
    expect(shiftMinutesOf(wire, null, null)).toBeNull();
  });

  const worked = { ...inAt('03:30:00'), ...outAt('14:00:00'), shiftEffectiveDuration: 8 };
  it.each([
    ["Keka's own figure", null, hours(9.25, 0.5), 30],
    ["Keka's own figure, none", null, hours(9.25, 0), 0],
    ['beyond 8 hours', 0, hours(9.25), 75],
    ['exactly as much as asked for', 75, hours(9.25), 75],
    ['less than asked for', 76, hours(9.25), 0],
    ['less than expected', 0, hours(7), 0],
  ])('overtime by %s (after %j minutes)', (_, overtimeAfterMinutes, wire, minutes) => {
    const day = evaluate({ ...worked, ...wire }, { overtimeAfterMinutes });
    expect(day.overtimeMinutes).toBe(minutes);
    expect(day.flags.includes('overtime')).toBe(minutes > 0);
  });

  it('is all that was worked on a day off, and unknown until Keka has computed the hours', () => {
    const onSunday = { ...worked, ...hours(5), dayType: 2 };
    expect(evaluate(onSunday, { overtimeAfterMinutes: 0 })).toMatchObject({
      status: 'weekly_off',
      overtimeMinutes: 300,
      expectedMinutes: 0,
      flags: ['worked_on_weekly_off', 'overtime'],
    });
    expect(
      evaluate({ ...worked, totalGrossHours: 0 }, { overtimeAfterMinutes: 0 }).overtimeMinutes,
    ).toBeNull();
  });
});

describe('full and half days', () => {
  const asked = { fullDayMinutes: 480, halfDayMinutes: 240, earlyOutGraceMinutes: 1440 };
  const day = { ...inAt('04:00:00'), ...outAt('12:00:00') };

  it.each([
    [8, 'present', []],
    [7.98, 'half_day', []], // 479 minutes
    [4, 'half_day', []],
    [3.98, 'half_day', ['below_half_day']], // 239 minutes: nobody with a punch is absent
    [0, 'present', []], // not computed yet
  ])('%d effective hours are %s', (effective, status, flags) => {
    expect(evaluate({ ...day, ...hours(effective) }, asked)).toMatchObject({ status, flags });
  });

  it('of a day of which half is off, half a day is all that is asked', () => {
    expect(evaluate({ ...day, ...hours(4), dayType: 3 }, asked)).toMatchObject({
      status: 'present',
      flags: ['half_weekly_off'],
    });
    expect(evaluate({ ...day, ...hours(3), dayType: 3 }, asked)).toMatchObject({
      status: 'present',
      flags: ['half_weekly_off', 'below_half_day'],
    });
  });

  it('are not told apart on days off, with one punch, or before the day is over', () => {
    expect(evaluate({ ...day, ...hours(3), dayType: 2 }, asked).status).toBe('weekly_off');
    expect(evaluate(inAt('04:00:00'), asked)).toMatchObject({ status: 'present', flags: ['missing_out'] });
    const now = Temporal.Instant.from('2026-03-10T12:30:00Z');
    expect(evaluate({ ...day, ...hours(7) }, asked, now)).toMatchObject({ status: 'present', isOpen: true });
  });
});

describe('in and out close together', () => {
  it.each([
    ['04:05:00', true],
    ['04:05:01', false],
    ['04:00:01', true],
    ['04:00:00', false], // a single punch
  ])('In 04:00, Out %s within a limit of 5 minutes: %s', (time, isShort) => {
    const { flags } = evaluate({ ...inAt('04:00:00'), ...outAt(time) }, { earlyOutGraceMinutes: 1440 });
    expect(flags.includes('short_span')).toBe(isShort);
  });
});

describe('shifts over midnight and changes of the clock', () => {
  it('C16: a night shift is compared with its own start and end, on whatever date they are', () => {
    const night = { shiftStartTime: '2026-03-10T16:30:00Z', shiftEndTime: '2026-03-11T01:00:00Z' };
    const day = evaluate({
      ...night,
      firstInOfTheDay: wirePunch('2026-03-10T16:42:00Z'),
      lastOutOfTheDay: wirePunch('2026-03-11T00:35:00Z'),
      ...hours(7),
    });
    expect(day).toMatchObject({ lateMinutes: 12, earlyOutMinutes: 25, flags: ['late', 'early_out'] });
  });

  it('counts elapsed minutes in the night in which the clock is put forward', () => {
    const local = {
      punches: { kind: 'utc' },
      shifts: { kind: 'local', zone: 'America/New_York' },
    } as const;
    // 8 March 2026: 02:00 becomes 03:00. From 22:00 to 06:00 are 7 hours.
    const day = dayOf(
      {
        attendanceDate: '2026-03-07T00:00:00Z',
        shiftStartTime: '2026-03-07T22:00:00Z',
        shiftEndTime: '2026-03-08T06:00:00Z',
        firstInOfTheDay: wirePunch('2026-03-08T03:10:00Z'), // 22:10
        lastOutOfTheDay: wirePunch('2026-03-08T09:45:00Z'), // 05:45
        ...hours(6),
      },
      local,
    );
    expect(day.shiftMinutes).toBe(420);
    const readAt = Temporal.Instant.from('2026-03-09T12:00:00Z');
    expect(evaluateDay(day, policy({}, 'America/New_York'), readAt)).toMatchObject({
      lateMinutes: 10,
      earlyOutMinutes: 15,
      expectedMinutes: 420,
    });
  });

  it('gives the same amounts whatever the zone, the date and the clock there', () => {
    const moved = fc.record({
      days: fc.integer({ min: -400, max: 400 }),
      minutes: fc.nat(1439),
      late: fc.integer({ min: -90, max: 300 }),
      early: fc.integer({ min: -90, max: 300 }),
      grace: fc.nat(60),
    });
    fc.assert(
      fc.property(moved, ({ days, minutes, late, early, grace }) => {
        const start = Temporal.Instant.from('2026-03-10T00:00:00Z').add({ minutes: days * 1440 + minutes });
        const end = start.add({ hours: 9 });
        const punch = (at: Temporal.Instant) =>
          ({ kind: 'punch', punch: { at, premise: null, punchStatus: null, logSource: null } }) as const;
        const day: AttendanceDay = {
          ...dayOf({}, bothUtc),
          shiftStart: start,
          shiftEnd: end,
          firstIn: punch(start.add({ minutes: late })),
          lastOut: punch(end.subtract({ minutes: early })),
        };
        const rules = { ...standardPolicy, lateGraceMinutes: grace, earlyOutGraceMinutes: grace };
        expect(lateMinutesOf(day, rules)).toBe(late > grace ? late : 0);
        expect(earlyOutMinutesOf(day, rules)).toBe(early > grace ? early : 0);
        expect(overtimeMinutesOf(day, expectedMinutesOf(day), rules)).toBe(day.overtimeMinutes);
      }),
    );
  });
});
