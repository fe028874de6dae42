import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDay, bothUtc, dayOf, wirePunch } from '../../test/support/attendance-days.ts';
import {
  type AttendanceDay,
  keepReadablePunches,
  type PunchReading,
  type ReadingOfTimes,
} from './attendance-day.ts';
import { formatLocalTime, toLocalTime } from './local-time.ts';

const zone = 'Asia/Kolkata';

function timeOf(reading: PunchReading, day: AttendanceDay): string {
  return reading.kind === 'punch'
    ? formatLocalTime(toLocalTime(reading.punch.at, zone, day.date))
    : reading.kind;
}

/** In and Out as the report shows them. */
function timesOf(day: AttendanceDay): { in: string; out: string } {
  return { in: timeOf(day.firstIn, day), out: timeOf(day.lastOut, day) };
}

const noHours = { grossMinutes: null, effectiveMinutes: null, breakMinutes: null, overtimeMinutes: null };

describe('the day of a record', () => {
  it('has the date that the record begins with, in every spelling and zone of it', () => {
    const anyDate = fc
      .record({ year: fc.integer({ min: 1990, max: 2090 }), dayOfYear: fc.integer({ min: 0, max: 365 }) })
      .map(({ year, dayOfYear }) => new Temporal.PlainDate(year, 1, 1).add({ days: dayOfYear }).toString());
    const rest = fc.oneof(
      fc.constantFrom('', 'T00:00:00', 'T00:00:00Z', 'T00:00:00.0000000Z', ' 00:00:00', 'T23:59:59.9999999Z'),
      fc.constantFrom('+05:30', '-11:00', '+14:00', '+0530').map((offset) => `T00:00:00${offset}`),
    );
    const basis = fc.constantFrom<ReadingOfTimes>(bothUtc, {
      punches: { kind: 'local', zone: 'America/New_York' },
      shifts: { kind: 'local', zone: 'Pacific/Kiritimati' },
    });
    fc.assert(
      fc.property(anyDate, rest, basis, (date, rest, times) => {
        expect(dayOf({ attendanceDate: date + rest }, times).date.toString()).toBe(date);
      }),
    );
  });

  it('has the punch at the time of the punch, in the zone of the company', () => {
    const day = dayOf({ firstInOfTheDay: wirePunch('2026-03-10T03:42:00Z') });
    expect(timesOf(day)).toEqual({ in: '09:12', out: 'none' });
  });

  it.each(['2026-03-10T03:42:07.1234567Z', '2026-03-10T03:42:07Z', '2026-03-10T09:12:07+05:30'])(
    'has the punch whether it is written as %s',
    (timestamp) => {
      expect(timesOf(dayOf({ firstInOfTheDay: wirePunch(timestamp) })).in).toBe('09:12');
    },
  );

  it('tells a punch that cannot be read from no punch', () => {
    expect(dayOf({ firstInOfTheDay: wirePunch('garbage') }).firstIn).toEqual({ kind: 'unreadable' });
    expect(dayOf({ firstInOfTheDay: wirePunch('0001-01-01T00:00:00') }).firstIn).toEqual({
      kind: 'unreadable',
    });
    for (const punch of [null, undefined, wirePunch(null), wirePunch(''), wirePunch('  '), {}]) {
      expect(dayOf({ firstInOfTheDay: punch }).firstIn).toEqual({ kind: 'none' });
    }
  });

  it('keeps the numbers of a punch as they came, and its premise without the blanks around it', () => {
    const day = dayOf({
      lastOutOfTheDay: wirePunch('2026-03-10T12:40:00Z', {
        premiseName: ' Pune HQ Main Gate',
        punchStatus: 77,
        attendanceLogSource: 12,
      }),
    });
    expect(day.lastOut).toMatchObject({
      punch: { premise: 'Pune HQ Main Gate', punchStatus: 77, logSource: 12 },
    });
  });

  it('reads times without an offset, and shift times, as the tenant is set', () => {
    const wire = {
      firstInOfTheDay: wirePunch('2026-03-10T09:12:00'),
      shiftStartTime: '2026-03-10T09:30:00Z',
      shiftEndTime: '2026-03-10T18:30:00Z',
    };
    const local = dayOf(wire, { punches: { kind: 'local', zone }, shifts: { kind: 'local', zone } });
    expect(timesOf(local).in).toBe('09:12');
    expect(local).toMatchObject({
      shiftStart: Temporal.Instant.from('2026-03-10T04:00:00Z'),
      shiftEnd: Temporal.Instant.from('2026-03-10T13:00:00Z'),
    });
    expect(timesOf(dayOf(wire)).in).toBe('14:42');
  });

  it('is one day for a night shift, with the Out on the morning after', () => {
    const night = dayOf({
      shiftStartTime: '2026-03-10T16:30:00Z',
      shiftEndTime: '2026-03-11T00:30:00Z',
      firstInOfTheDay: wirePunch('2026-03-10T16:30:00Z'),
      lastOutOfTheDay: wirePunch('2026-03-11T01:05:00Z'),
    });
    expect(night.date.toString()).toBe('2026-03-10');
    expect(timesOf(night)).toEqual({ in: '22:00', out: '06:35 (+1)' });
    expect(night.grossMinutes).toBe(8 * 60 + 35);
  });

  it('gives the Out of the next morning to the shift that it ends, and nothing of it to the next day', () => {
    const long = dayOf({
      attendanceDate: '2026-03-13T00:00:00Z',
      firstInOfTheDay: wirePunch('2026-03-13T13:00:00Z'),
      lastOutOfTheDay: wirePunch('2026-03-14T01:40:00Z'),
    });
    const next = dayOf({ attendanceDate: '2026-03-14T00:00:00Z' });
    expect(timesOf(long)).toEqual({ in: '18:30', out: '07:10 (+1)' });
    expect(long.grossMinutes).toBe(12 * 60 + 40);
    expect(timesOf(next)).toEqual({ in: 'none', out: 'none' });
  });
});

describe('the hours of a day', () => {
  const pair = {
    firstInOfTheDay: wirePunch('2026-03-10T03:42:00Z'),
    lastOutOfTheDay: wirePunch('2026-03-10T12:40:30Z'),
  };
  const totals = {
    totalGrossHours: 8.97,
    totalEffectiveHours: 8.1,
    totalBreakDuration: 0.87,
    totalEffectiveOvertimeDuration: 0.5,
  };

  it('are decimal hours in Keka and minutes here', () => {
    expect(dayOf({ ...pair, ...totals, totalGrossHours: 10.4 })).toMatchObject({
      grossMinutes: 10 * 60 + 24,
      effectiveMinutes: 486,
      breakMinutes: 52,
      overtimeMinutes: 30,
    });
  });

  it.each([
    ['no Out', { ...pair, lastOutOfTheDay: null }],
    ['no In', { ...pair, firstInOfTheDay: null }],
    ['no punch', { firstInOfTheDay: null, lastOutOfTheDay: null }],
    ['an unreadable In', { ...pair, firstInOfTheDay: wirePunch('garbage') }],
    ['an unreadable Out', { ...pair, lastOutOfTheDay: wirePunch('garbage') }],
  ])('are unknown with %s, whatever Keka says', (_, punches) => {
    expect(dayOf({ ...totals, ...punches })).toMatchObject(noHours);
  });

  it('never come from somebody else: an Out without In has none, before or after a whole day', () => {
    const asha = () => dayOf({ ...pair, ...totals });
    const binod = () => dayOf({ firstInOfTheDay: null, lastOutOfTheDay: wirePunch('2026-03-10T11:30:00Z') });
    const [first, then] = [binod(), asha()];
    const [later, last] = [asha(), binod()];
    expect(first).toEqual(last);
    expect(then).toEqual(later);
    expect(timesOf(first)).toEqual({ in: 'none', out: '17:00' });
    expect(first).toMatchObject(noHours);
  });

  it('are the span between the punches as long as Keka has not computed its totals', () => {
    const late = { totalGrossHours: 0, totalEffectiveHours: 0, totalBreakDuration: 0 };
    expect(dayOf({ ...pair, ...late })).toMatchObject({ ...noHours, grossMinutes: 8 * 60 + 58 });
    expect(dayOf(pair)).toMatchObject({ ...noHours, grossMinutes: 8 * 60 + 58 });
  });

  it('are unknown when the Out lies before the In', () => {
    const turned = { firstInOfTheDay: pair.lastOutOfTheDay, lastOutOfTheDay: pair.firstInOfTheDay };
    expect(dayOf(turned)).toMatchObject(noHours);
  });

  it.each([1e9, -1e9, 1e300])('are not believed when Keka says %d', (hours) => {
    expect(dayOf({ ...pair, totalGrossHours: hours }).grossMinutes).toBe(8 * 60 + 58);
    expect(dayOf({ ...pair, ...totals, totalBreakDuration: hours }).breakMinutes).toBeNull();
  });
});

describe('a later version of a day', () => {
  it('erases no known punch by one that cannot be read', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (incoming, stored) => {
        const merged = keepReadablePunches(incoming, stored);
        for (const side of ['firstIn', 'lastOut'] as const) {
          if (stored[side].kind === 'punch') expect(merged[side].kind === 'unreadable').toBe(false);
          if (incoming[side].kind !== 'unreadable') expect(merged[side]).toEqual(incoming[side]);
        }
      }),
    );
  });

  it('takes a punch away when Keka says that there is none', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (incoming, stored) => {
        const merged = keepReadablePunches({ ...incoming, lastOut: { kind: 'none' } }, stored);
        expect(merged.lastOut).toEqual({ kind: 'none' });
      }),
    );
  });

  it('is the same however often it comes', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (incoming, stored) => {
        const once = keepReadablePunches(incoming, stored);
        expect(keepReadablePunches(incoming, once)).toEqual(once);
      }),
    );
  });

  it('is taken as it came when all of it can be read', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (incoming, stored) => {
        fc.pre(incoming.firstIn.kind !== 'unreadable' && incoming.lastOut.kind !== 'unreadable');
        expect(keepReadablePunches(incoming, stored)).toEqual(incoming);
      }),
    );
  });

  it('keeps the hours between two punches when one of them can no longer be read', () => {
    const wire = {
      firstInOfTheDay: wirePunch('2026-03-10T03:42:00Z'),
      lastOutOfTheDay: wirePunch('2026-03-10T12:40:00Z'),
      totalGrossHours: 8.97,
      totalEffectiveHours: 8.1,
      totalBreakDuration: 0.87,
    };
    const stored = dayOf(wire);
    const garbled = dayOf({ ...wire, firstInOfTheDay: wirePunch('garbage') });
    const merged = keepReadablePunches(garbled, stored);
    expect(timesOf(merged)).toEqual({ in: '09:12', out: '18:10' });
    expect(merged).toMatchObject({ grossMinutes: 538, effectiveMinutes: 486, breakMinutes: 52 });
  });

  it('has the span as its hours when the other punch moved meanwhile', () => {
    const stored = dayOf({
      firstInOfTheDay: wirePunch('2026-03-10T03:42:00Z'),
      lastOutOfTheDay: wirePunch('2026-03-10T12:40:00Z'),
      totalGrossHours: 8.97,
      totalEffectiveHours: 8.1,
    });
    const moved = dayOf({
      firstInOfTheDay: wirePunch('garbage'),
      lastOutOfTheDay: wirePunch('2026-03-10T14:40:00Z'),
      totalGrossHours: 10.97,
    });
    const merged = keepReadablePunches(moved, stored);
    expect(timesOf(merged)).toEqual({ in: '09:12', out: '20:10' });
    expect(merged).toMatchObject({ grossMinutes: 658, effectiveMinutes: null });
  });
});
