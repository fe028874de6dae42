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
  | { readonly kind: 'punch'; readonly punch: Punch }
  | { readonly kind: 'unreadable' };

/** What Keka says about one source person on one date, in the terms of this program. Minutes are whole minutes. */
export type AttendanceDay = {
  readonly sourceGuid: string;
  readonly date: Temporal.PlainDate;
  readonly employeeNumber: string | null;
  readonly dayType: number | null;
  readonly shiftStart: Temporal.Instant | null;
  readonly shiftEnd: Temporal.Instant | null;
  readonly firstIn: PunchReading;
  readonly lastOut: PunchReading;
  readonly grossMinutes: number | null;
  readonly effectiveMinutes: number | null;
  readonly breakMinutes: number | null;
  readonly overtimeMinutes: number | null;
};

/** How a tenant's times are to be read. Zones are IANA names. */
export type ReadingOfTimes = { readonly punches: TimeBasis; readonly shifts: TimeBasis };

export function toAttendanceDay(record: AttendanceRecord, times: ReadingOfTimes): AttendanceDay {
  const firstIn = readPunch(record.firstInOfTheDay, times.punches);
  const lastOut = readPunch(record.lastOutOfTheDay, times.punches);
  return {
    sourceGuid: record.sourceGuid,
    date: record.attendanceDate,
    employeeNumber: record.employeeNumber,
    dayType: record.dayType,
    shiftStart: record.shiftStartTime === null ? null : readShiftTime(record.shiftStartTime, times.shifts),
    shiftEnd: record.shiftEndTime === null ? null : readShiftTime(record.shiftEndTime, times.shifts),
    firstIn,
    lastOut,
    ...readHours(record, firstIn, lastOut),
  };
}

/** A later version of a day over an earlier one: a punch that became unreadable does not erase the one we know. */
export function keepReadablePunches(
  incoming: AttendanceDay,
  stored: Pick<AttendanceDay, 'firstIn' | 'lastOut'>,
): AttendanceDay {
  return {
    ...incoming,
    firstIn: keepReadable(incoming.firstIn, stored.firstIn),
    lastOut: keepReadable(incoming.lastOut, stored.lastOut),
  };
}

function keepReadable(incoming: PunchReading, stored: PunchReading): PunchReading {
  return incoming.kind === 'unreadable' && stored.kind === 'punch' ? stored : incoming;
}

function readPunch(punch: PunchRecord | null, basis: TimeBasis): PunchReading {
  if (punch === null || punch.timestamp === null || punch.timestamp.trim() === '') return { kind: 'none' };
  const at = readTimestamp(punch.timestamp, basis);
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

type Hours = Pick<AttendanceDay, 'grossMinutes' | 'effectiveMinutes' | 'breakMinutes' | 'overtimeMinutes'>;

/**
 * Hours mean something only between two punches. Keka computes its totals later than it records the second punch
 * (seen live): while they are all zero the span between the punches stands in for the gross time, and the rest is
 * not known yet.
 */
function readHours(record: AttendanceRecord, firstIn: PunchReading, lastOut: PunchReading): Hours {
  if (firstIn.kind !== 'punch' || lastOut.kind !== 'punch') {
    return { grossMinutes: null, effectiveMinutes: null, breakMinutes: null, overtimeMinutes: null };
  }
  const gross = toMinutes(record.totalGrossHours);
  if (gross === null || gross === 0) {
    const span = firstIn.punch.at.until(lastOut.punch.at).total('minutes');
    return {
      grossMinutes: span >= 0 ? Math.floor(span) : null,
      effectiveMinutes: null,
      breakMinutes: null,
      overtimeMinutes: null,
    };
  }
  return {
    grossMinutes: gross,
    effectiveMinutes: toMinutes(record.totalEffectiveHours),
    breakMinutes: toMinutes(record.totalBreakDuration),
    overtimeMinutes: toMinutes(record.totalEffectiveOvertimeDuration),
  };
}

/** Keka writes durations as decimal hours: 10.4 is 10 h 24 min (seen live). */
function toMinutes(hours: number | null): number | null {
  return hours === null ? null : Math.round(hours * 60);
}
