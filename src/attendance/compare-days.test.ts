import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay, dayOf, wirePunch } from '../../test/support/attendance-days.ts';
import { keepReadablePunches } from './attendance-day.ts';
import { changedValues, toDayValues } from './compare-days.ts';

function changes(before: Parameters<typeof toDayValues>[0], after: Parameters<typeof toDayValues>[0]) {
  return changedValues(toDayValues(before), toDayValues(after));
}

const worked = {
  firstInOfTheDay: wirePunch('2026-03-10T03:42:00Z', { premiseName: 'Main Gate' }),
  lastOutOfTheDay: wirePunch('2026-03-10T12:40:00Z', { premiseName: 'Main Gate' }),
  totalGrossHours: 8.97,
  totalEffectiveHours: 8.1,
  totalBreakDuration: 0.87,
};

describe('two versions of a day', () => {
  it('do not differ when they are equal', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(changes(day, { ...day })).toEqual([]);
      }),
    );
  });

  it('differ in the same values, whichever comes first', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (one, other) => {
        expect(changes(one, other)).toEqual(changes(other, one));
      }),
    );
  });

  it('differ in nothing that a person would notice when only the spelling of a time is another', () => {
    const respelt = {
      ...worked,
      firstInOfTheDay: wirePunch('2026-03-10T09:12:00.0000000+05:30', { premiseName: ' Main Gate ' }),
    };
    expect(changes(dayOf(worked), dayOf(respelt))).toEqual([]);
  });

  it('differ in the Out and the hours when an employee regularised the day', () => {
    const forgotten = dayOf({ ...worked, lastOutOfTheDay: null, totalGrossHours: 0, totalEffectiveHours: 0 });
    const changed = changes(forgotten, dayOf(worked));
    expect(changed).toEqual([
      'lastOut',
      'lastOutPremise',
      'grossMinutes',
      'effectiveMinutes',
      'breakMinutes',
    ]);
    expect(toDayValues(forgotten).lastOut).toBeNull();
    expect(toDayValues(dayOf(worked)).lastOut).toBe('2026-03-10T12:40:00Z');
  });

  it.each([
    ['the day type', { dayType: 1 }, ['dayType']],
    [
      'the place of a punch',
      { firstInOfTheDay: wirePunch('2026-03-10T03:42:00Z', { premiseName: 'Lab' }) },
      ['firstInPremise'],
    ],
    ['the shift', { shiftEndTime: '2026-03-10T14:00:00Z' }, ['shiftEnd']],
    ['the code', { employeeNumber: '42' }, ['employeeNumber']],
    ['overtime', { totalEffectiveOvertimeDuration: 1 }, ['overtimeMinutes']],
    [
      'a second',
      { lastOutOfTheDay: wirePunch('2026-03-10T12:40:01Z', { premiseName: 'Main Gate' }) },
      ['lastOut'],
    ],
  ])('differ when %s is another', (_, change, names) => {
    expect(changes(dayOf(worked), dayOf({ ...worked, ...change }))).toEqual(names);
  });

  it('tell a punch that went away from one that cannot be read', () => {
    const gone = dayOf({ ...worked, lastOutOfTheDay: null });
    const garbled = dayOf({ ...worked, lastOutOfTheDay: wirePunch('garbage') });
    expect(changes(gone, garbled)).toEqual(['lastOut']);
  });

  it('do not differ when a known punch stands in for one that cannot be read', () => {
    const stored = dayOf(worked);
    const garbled = dayOf({ ...worked, lastOutOfTheDay: wirePunch('garbage') });
    expect(changes(stored, keepReadablePunches(garbled, stored))).toEqual([]);
  });
});
