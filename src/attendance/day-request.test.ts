import { describe, expect, it } from 'vitest';
import { dayOf, wirePunch } from '../../test/support/attendance-days.ts';
import { type DayPolicy, standardPolicy } from './day-policy.ts';
import { type DatedRequest, type DayRequest, requestsOn } from './day-request.ts';
import { judgeDay } from './evaluate-day.ts';

const request = (changes: Partial<DatedRequest> = {}): DatedRequest => ({
  kind: 'leave',
  from: '2026-03-09',
  to: '2026-03-11',
  beginsAtNoon: false,
  endsAtNoon: false,
  ...changes,
});
const halves = (requests: readonly DatedRequest[], date: string) =>
  requestsOn(requests, date).map(({ firstHalf, secondHalf }) => `${firstHalf} ${secondHalf}`);

describe('what a request says of a date', () => {
  it.each([
    ['2026-03-08', {}, []],
    ['2026-03-09', {}, ['true true']],
    ['2026-03-12', {}, []],
    ['2026-03-09', { beginsAtNoon: true }, ['false true']],
    ['2026-03-10', { beginsAtNoon: true, endsAtNoon: true }, ['true true']],
    ['2026-03-11', { endsAtNoon: true }, ['true false']],
    ['2026-03-10', { from: '2026-03-10', to: '2026-03-10', endsAtNoon: true }, ['true false']],
    ['2026-03-10', { from: '2026-03-10', to: '2026-03-10', beginsAtNoon: true, endsAtNoon: true }, []],
  ])('%s of %j is %j', (date, changes, expected) => {
    expect(halves([request(changes)], date)).toEqual(expected);
  });
});

// The shift is 09:30 to 18:30 in India, 8 hours of work; 04:00Z to 13:00Z.
const shift = { shiftEffectiveDuration: 8 };
const inAt = (time: string) => ({ firstInOfTheDay: wirePunch(`2026-03-10T${time}Z`) });
const outAt = (time: string) => ({ lastOutOfTheDay: wirePunch(`2026-03-10T${time}Z`) });
const hours = (effective: number) => ({ totalGrossHours: effective + 1, totalEffectiveHours: effective });

const whole: DayRequest = { kind: 'leave', firstHalf: true, secondHalf: true };
const morning: DayRequest = { kind: 'leave', firstHalf: true, secondHalf: false };
const afternoon: DayRequest = { kind: 'leave', firstHalf: false, secondHalf: true };

function judge(
  wire: object,
  requests: readonly DayRequest[],
  isFinal = true,
  changes: Partial<DayPolicy> = {},
) {
  return judgeDay(dayOf({ ...shift, ...wire }), { ...standardPolicy, ...changes }, isFinal, requests);
}

describe('a day that a request explains', () => {
  it('without punches is on leave, before and after it is over', () => {
    for (const isFinal of [false, true]) {
      expect(judge({}, [whole], isFinal)).toMatchObject({
        status: 'on_leave',
        flags: ['on_leave'],
        isOpen: false,
        expectedMinutes: 0,
      });
    }
  });

  it('shows its punches all the same, and nobody is late or early then', () => {
    const worked = { ...inAt('06:00:00'), ...outAt('08:00:00'), ...hours(2) };
    expect(judge(worked, [whole], true, { fullDayMinutes: 480, halfDayMinutes: 240 })).toMatchObject({
      status: 'present',
      flags: ['on_leave'],
      lateMinutes: null,
      earlyOutMinutes: null,
      expectedMinutes: 0,
    });
  });

  it('of which half is on leave asks for the other half', () => {
    const rules = { fullDayMinutes: 480, halfDayMinutes: 240 };
    const afterNoon = { ...inAt('08:30:00'), ...outAt('13:00:00'), ...hours(4) };
    expect(judge(afterNoon, [morning], true, rules)).toMatchObject({
      status: 'present',
      flags: ['half_day_leave'],
      lateMinutes: null,
      earlyOutMinutes: 0,
      expectedMinutes: 240,
    });
    expect(
      judge({ ...inAt('04:05:00'), ...outAt('08:30:00'), ...hours(4) }, [afternoon], true, rules),
    ).toMatchObject({
      status: 'present',
      flags: ['late', 'half_day_leave'],
      lateMinutes: 5,
      earlyOutMinutes: null,
    });
    expect(judge({}, [morning])).toMatchObject({ status: 'absent', flags: ['half_day_leave'] });
    // Two halves, asked for one by one, are a whole day.
    expect(judge({}, [morning, afternoon])).toMatchObject({ status: 'on_leave', flags: ['on_leave'] });
  });

  it.each(['work_from_home', 'on_duty'] as const)(
    'by %s is present without a punch, once it is over',
    (kind) => {
      const elsewhere = { kind, firstHalf: true, secondHalf: true };
      expect(judge({}, [elsewhere], false)).toMatchObject({ status: 'pending', isOpen: true, flags: [kind] });
      expect(judge({}, [elsewhere])).toMatchObject({
        status: 'present',
        flags: [kind],
        expectedMinutes: 480,
      });
    },
  );

  it.each([
    [2, 'weekly_off'],
    [1, 'holiday'],
  ])('of type %d stays a day off', (dayType, status) => {
    expect(judge({ dayType }, [whole])).toMatchObject({ status, expectedMinutes: 0 });
  });
});
