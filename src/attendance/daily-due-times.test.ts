import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOn, latestDue, nextDue } from './daily-due-times.ts';

const at = (time: string, zone: string) => ({ time: Temporal.PlainTime.from(time), zone });
const day = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

describe('C60, C69: the moment of a daily time', () => {
  it.each([
    ['2026-03-12', '05:30', 'UTC', '2026-03-12T05:30:00Z'],
    ['2026-03-12', '02:00', 'Asia/Kolkata', '2026-03-11T20:30:00Z'],
    // The clock jumps from 02:00 to 03:00: 02:30 does not exist, and it is 03:00 at that moment.
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00Z'],
    ['2026-03-08', '02:00', 'America/New_York', '2026-03-08T07:00:00Z'],
    ['2026-03-08', '03:00', 'America/New_York', '2026-03-08T07:00:00Z'],
    // 01:30 comes twice; the first one counts.
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['2026-11-01', '02:00', 'America/New_York', '2026-11-01T07:00:00Z'],
    // Half an hour is skipped and doubled here, and midnight itself there.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['2026-04-24', '00:15', 'Africa/Cairo', '2026-04-23T22:00:00Z'],
  ])('of %s at %s in %s is %s', (date, time, zone, expected) => {
    expect(dueOn(day(date), at(time, zone))?.toString()).toBe(expected);
  });

  it('does not exist on a date that a zone left out', () => {
    expect(dueOn(day('2011-12-30'), at('05:30', 'Pacific/Apia'))).toBeNull();
    expect(nextDue(at('05:30', 'Pacific/Apia'), instant('2011-12-29T16:00:00Z')).date.toString()).toBe(
      '2011-12-31',
    );
  });

  it('comes after the date that was done last, also when the time of day was moved ahead', () => {
    const moved = nextDue(at('06:00', 'UTC'), instant('2026-03-12T05:45:00Z'), day('2026-03-12'));
    expect(moved.at.toString()).toBe('2026-03-13T06:00:00Z');
    const notYetDone = nextDue(at('06:00', 'UTC'), instant('2026-03-12T05:45:00Z'), day('2026-03-11'));
    expect(notYetDone.at.toString()).toBe('2026-03-12T06:00:00Z');
  });
});

describe('a year of due times', () => {
  const zones = [
    'UTC',
    'Asia/Kolkata',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Africa/Cairo',
    'Pacific/Apia',
  ];

  it('has exactly one for each local date, whatever the time and zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1990, max: 2036 }),
        (zone, minute, year) => {
          const daily = { zone, time: new Temporal.PlainTime(Math.floor(minute / 60), minute % 60) };
          let now = instant(`${year}-01-01T12:00:00Z`);
          const dates: Temporal.PlainDate[] = [];
          for (let count = 0; count < 370; count += 1) {
            const next = nextDue(daily, now);
            expect(Temporal.Instant.compare(next.at, now)).toBe(1);
            expect(latestDue(daily, next.at)).toEqual(next);
            expect(next.at.toZonedDateTimeISO(zone).toPlainDate().equals(next.date)).toBe(true);
            dates.push(next.date);
            now = next.at;
          }
          for (const [index, date] of dates.entries()) {
            const before = dates[index - 1];
            if (before === undefined) continue;
            const step = before.until(date).days;
            expect(step === 1 || (zone === 'Pacific/Apia' && step === 2)).toBe(true);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
