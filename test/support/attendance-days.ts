import * as fc from 'fast-check';
import type { AttendanceDay, Punch, PunchReading } from '../../src/attendance/attendance-day.ts';
import { type ReadingOfTimes, toAttendanceDay } from '../../src/attendance/attendance-day.ts';
import type { DayPolicy } from '../../src/attendance/day-policy.ts';
import { parseAttendanceRecord } from '../../src/keka/attendance-record.ts';

/** Days as a test wants them: from a wire record, or any at all. */

export const personGuid = '1c9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0042';

export const bothUtc: ReadingOfTimes = { punches: { kind: 'utc' }, shifts: { kind: 'utc' } };

/** What Keka would have to send for a punch at `timestamp`. */
export function wirePunch(timestamp: string | null, changes: object = {}): object {
  return { timestamp, employeeIdentifier: personGuid, punchStatus: 0, attendanceLogSource: 0, ...changes };
}

/** The day that a wire record of 10 March 2026 with these fields becomes. */
export function dayOf(wire: object, times = bothUtc): AttendanceDay {
  const parsed = parseAttendanceRecord({
    employeeIdentifier: personGuid,
    employeeNumber: 'E042',
    attendanceDate: '2026-03-10T00:00:00Z',
    dayType: 0,
    shiftStartTime: '2026-03-10T04:00:00Z',
    shiftEndTime: '2026-03-10T13:00:00Z',
    firstInOfTheDay: null,
    lastOutOfTheDay: null,
    ...wire,
  });
  if (!parsed.ok) throw new Error(`${parsed.field} ${parsed.reason}`);
  return toAttendanceDay(parsed.record, times);
}

const date = Temporal.PlainDate.from('2026-03-10');
const midnight = Temporal.Instant.from('2026-03-10T00:00:00Z');

/** From a day before the date to three days after it, on the second. */
export const nearbyInstant: fc.Arbitrary<Temporal.Instant> = fc
  .integer({ min: -24 * 3600, max: 72 * 3600 })
  .map((seconds) => midnight.add({ seconds }));

const anyPunch: fc.Arbitrary<Punch> = fc.record({
  at: nearbyInstant,
  premise: fc.option(fc.constantFrom('Main Gate', 'Web Clock In')),
  punchStatus: fc.option(fc.constantFrom(0, 1, 2, 3, 4, 5, 99, 17)),
  logSource: fc.option(fc.constantFrom(0, 1, 3, 42)),
});

export const anyReading: fc.Arbitrary<PunchReading> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.constant({ kind: 'unreadable' as const }),
  anyPunch.map((punch) => ({ kind: 'punch' as const, punch })),
);

const minutes = fc.option(fc.nat(1440));

/** Any day of 10 March 2026 that Keka could have told of. */
export const anyDay: fc.Arbitrary<AttendanceDay> = fc.record({
  sourceGuid: fc.constant(personGuid),
  date: fc.constant(date),
  employeeNumber: fc.option(fc.constantFrom('E042', '0042')),
  dayType: fc.option(fc.constantFrom(0, 1, 2, 3, 4, 9, -1)),
  shiftStart: fc.option(nearbyInstant),
  shiftEnd: fc.option(nearbyInstant),
  shiftMinutes: minutes,
  firstIn: anyReading,
  lastOut: anyReading,
  grossMinutes: minutes,
  effectiveMinutes: minutes,
  breakMinutes: minutes,
  overtimeMinutes: minutes,
});

/** Anything that an organisation could ask of a day. */
export const anyDayPolicy: fc.Arbitrary<DayPolicy> = fc.record({
  id: fc.option(fc.integer({ min: 1, max: 99 })),
  lateGraceMinutes: fc.nat(120),
  earlyOutGraceMinutes: fc.nat(120),
  fullDayMinutes: minutes,
  halfDayMinutes: minutes,
  shortSpanMinutes: fc.nat(60),
  overtimeAfterMinutes: fc.option(fc.nat(120)),
});
