import type { AttendanceRecord, PunchRecord } from '../keka/attendance-record.ts';
import { readShiftTime, readTimestamp, type TimeBasis } from './read-timestamp.ts';

export type Punch = {
  readonly at: Temporal.Instant;
  readonly premise: string | null;
  /** Keka's numbers, kept as they came: unknown ones are facts too. */
  readonly punchStatus: number | null;
  readonly logSource: number | null;
};

/** A punch that Keka reported with a time nobody can read is not the same as no punch. */
export type PunchReading =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'punch';
      readonly punch: Punch;
      /** Set where an earlier reading stands in, because what Keka sends now cannot be read. */
      readonly newest?: 'unreadable';
    }
  | { readonly kind: 'unreadable' };

/** What Keka says about one source person on one date, in the terms of this program. Minutes are whole minutes. */
export type AttendanceDay = {
  readonly sourceGuid: string;
  readonly date: Temporal.PlainDate;
  readonly employeeNumber: string | null;
  readonly dayType: number | null;
  readonly shiftStart: Temporal.Instant | null;
  readonly shiftEnd: Temporal.Instant | null;
  /** How long the shift asks to work, without its break. */
  readonly shiftMinutes: number | null;
  readonly firstIn: PunchReading;
  readonly lastOut: PunchReading;
  readonly grossMinutes: number | null;
  readonly effectiveMinutes: number | null;
  readonly breakMinutes: number | null;
  /** What Keka calls overtime. */
  readonly overtimeMinutes: number | null;
};

/** A total beyond this is no time that one day of anybody can have; it counts as not computed. */
const mostHours = 1000;

/** How a tenant's times are to be read. Zones are IANA names. */
export type ReadingOfTimes = { readonly punches: TimeBasis; readonly shifts: TimeBasis };

export function toAttendanceDay(record: AttendanceRecord, times: ReadingOfTimes): AttendanceDay {
  const firstIn = readPunch(record.firstInOfTheDay, times.punches);
  const lastOut = readPunch(record.lastOutOfTheDay, times.punches);
  const shiftStart = readShift(record.shiftStartTime, times);
  const shiftEnd = readShift(record.shiftEndTime, times);
  return {
    sourceGuid: record.sourceGuid,
    date: record.attendanceDate,
    employeeNumber: record.employeeNumber,
    dayType: record.dayType,
    shiftStart,
    shiftEnd,
    shiftMinutes: shiftMinutesOf(record, shiftStart, shiftEnd),
    firstIn,
    lastOut,
    ...readHours(record, firstIn, lastOut),
  };
}

/** Shift times by their text: a company has a handful of shifts, and a page has the same ones again and again. */
const shiftTimes = new WeakMap<ReadingOfTimes, Map<string, Temporal.Instant | null>>();
/** More different ones than that are no shifts but noise. */
const mostShiftTimes = 10_000;

function readShift(text: string | null, times: ReadingOfTimes): Temporal.Instant | null {
  if (text === null) return null;
  const known = shiftTimes.get(times) ?? new Map<string, Temporal.Instant | null>();
  shiftTimes.set(times, known);
  const before = known.get(text);
  if (before !== undefined) return before;
  const read = toStoredPrecision(readShiftTime(text, times.shifts));
  if (known.size < mostShiftTimes) known.set(text, read);
  return read;
}

/** Keka's effective duration; else the whole one, or the time between start and end, without the break. */
export function shiftMinutesOf(
  record: Pick<AttendanceRecord, 'shiftEffectiveDuration' | 'shiftDuration' | 'shiftBreakDuration'>,
  start: Temporal.Instant | null,
  end: Temporal.Instant | null,
): number | null {
  const effective = positive(toMinutes(record.shiftEffectiveDuration));
  if (effective !== null) return effective;
  const span =
    start === null || end === null
      ? null
      : Math.floor((end.epochMilliseconds - start.epochMilliseconds) / 60_000);
  const whole = positive(toMinutes(record.shiftDuration)) ?? positive(span);
  return whole === null ? null : positive(whole - (toMinutes(record.shiftBreakDuration) ?? 0));
}

function positive(minutes: number | null): number | null {
  return minutes !== null && minutes > 0 ? minutes : null;
}

/**
 * A later version of a day over an earlier one: a punch that became unreadable does not erase the one we know, nor
 * the hours between it and the other.
 */
export function keepReadablePunches(
  incoming: AttendanceDay,
  stored: Pick<AttendanceDay, 'firstIn' | 'lastOut' | keyof Hours>,
): AttendanceDay {
  const firstIn = keepReadable(incoming.firstIn, stored.firstIn);
  const lastOut = keepReadable(incoming.lastOut, stored.lastOut);
  if (firstIn === incoming.firstIn && lastOut === incoming.lastOut) return incoming;
  const isSamePair = isSameTime(firstIn, stored.firstIn) && isSameTime(lastOut, stored.lastOut);
  return { ...incoming, firstIn, lastOut, ...(isSamePair ? hoursOf(stored) : spanBetween(firstIn, lastOut)) };
}

function keepReadable(incoming: PunchReading, stored: PunchReading): PunchReading {
  if (incoming.kind !== 'unreadable' || stored.kind !== 'punch') return incoming;
  return { kind: 'punch', punch: stored.punch, newest: 'unreadable' };
}

function readPunch(punch: PunchRecord | null, basis: TimeBasis): PunchReading {
  if (punch === null || punch.timestamp === null || punch.timestamp.trim() === '') return { kind: 'none' };
  const at = toStoredPrecision(readTimestamp(punch.timestamp, basis));
  if (at === null) return { kind: 'unreadable' };
  return {
    kind: 'punch',
    punch: {
      at,
      premise: punch.premiseName,
      punchStatus: punch.punchStatus,
      logSource: punch.attendanceLogSource,
    },
  };
}

/**
 * What is stored has whole microseconds: with Keka's seven digits, a punch would differ from itself read back. Cut, never
 * rounded up, or a punch in the last instant of a minute would be one of the next.
 */
function toStoredPrecision(instant: Temporal.Instant | null): Temporal.Instant | null {
  if (instant === null || instant.epochNanoseconds % 1000n === 0n) return instant;
  return instant.round({ smallestUnit: 'microsecond', roundingMode: 'floor' });
}

function isSameTime(one: PunchReading, other: PunchReading): boolean {
  if (one.kind !== 'punch' || other.kind !== 'punch') return one.kind === other.kind;
  return one.punch.at.equals(other.punch.at);
}

type Hours = Pick<AttendanceDay, 'grossMinutes' | 'effectiveMinutes' | 'breakMinutes' | 'overtimeMinutes'>;

const noHours: Hours = {
  grossMinutes: null,
  effectiveMinutes: null,
  breakMinutes: null,
  overtimeMinutes: null,
};

function hoursOf({ grossMinutes, effectiveMinutes, breakMinutes, overtimeMinutes }: Hours): Hours {
  return { grossMinutes, effectiveMinutes, breakMinutes, overtimeMinutes };
}

/**
 * Hours mean something only between two punches. Keka computes its totals later than it records the second punch
 * (seen live): while they are all zero the span between the punches stands in for the gross time, and the rest is
 * not known yet.
 */
function readHours(record: AttendanceRecord, firstIn: PunchReading, lastOut: PunchReading): Hours {
  if (firstIn.kind !== 'punch' || lastOut.kind !== 'punch') return noHours;
  const grossMinutes = toMinutes(record.totalGrossHours);
  if (grossMinutes === null || grossMinutes === 0) return spanBetween(firstIn, lastOut);
  return {
    grossMinutes,
    effectiveMinutes: toMinutes(record.totalEffectiveHours),
    breakMinutes: toMinutes(record.totalBreakDuration),
    overtimeMinutes: toMinutes(record.totalEffectiveOvertimeDuration),
  };
}

function spanBetween(firstIn: PunchReading, lastOut: PunchReading): Hours {
  if (firstIn.kind !== 'punch' || lastOut.kind !== 'punch') return noHours;
  const span = firstIn.punch.at.until(lastOut.punch.at).total('minutes');
  return { ...noHours, grossMinutes: span >= 0 ? Math.floor(span) : null };
}

/** Keka writes durations as decimal hours: 10.4 is 10 h 24 min (seen live). */
function toMinutes(hours: number | null): number | null {
  return hours === null || Math.abs(hours) > mostHours ? null : Math.round(hours * 60);
}
