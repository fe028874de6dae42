import {
  asObject,
  hintOf,
  noFault,
  type RefusedRecord,
  readCode,
  readDate,
  readEnum,
  readGuid,
  readNumber,
  readText,
  report,
  type WireFault,
  type WireObject,
} from './wire-values.ts';

/** One swipe as Keka reports it. `timestamp` is text still: how to read it is the business of `attendance/`. */
export type PunchRecord = {
  readonly timestamp: string | null;
  readonly punchStatus: number | null;
  readonly attendanceLogSource: number | null;
  readonly manualClockinType: number | null;
  readonly premiseName: string | null;
  /** Whatever Keka says of the place, in one line of at most 300 characters. */
  readonly address: string | null;
};

/** One person's day in Keka's own notions. Durations are decimal hours; numbers of closed lists are as received. */
export type AttendanceRecord = {
  readonly sourceGuid: string;
  readonly employeeNumber: string | null;
  readonly attendanceDate: Temporal.PlainDate;
  readonly dayType: number | null;
  readonly shiftStartTime: string | null;
  readonly shiftEndTime: string | null;
  readonly shiftDuration: number | null;
  readonly shiftBreakDuration: number | null;
  readonly shiftEffectiveDuration: number | null;
  readonly totalGrossHours: number | null;
  readonly totalEffectiveHours: number | null;
  readonly totalBreakDuration: number | null;
  readonly totalEffectiveOvertimeDuration: number | null;
  readonly totalGrossOvertimeDuration: number | null;
  readonly firstInOfTheDay: PunchRecord | null;
  readonly lastOutOfTheDay: PunchRecord | null;
};

export type ParsedAttendanceRecord = { readonly ok: true; readonly record: AttendanceRecord } | RefusedRecord;

const longestAddress = 300;

/**
 * Parses one record of the attendance list. Fields that Keka leaves out for some tenants may be missing; a field that
 * is there must have its documented type, where a number may also come as text and a code as a number.
 *
 * Written by hand, because a large company sends 100 000 records a month and each is read again and again: measured on
 * one core, 100 000 records take 1.4 to 1.9 s through a zod schema of this shape, and about 0.2 s through this.
 */
export function parseAttendanceRecord(raw: unknown): ParsedAttendanceRecord {
  const wire = asObject(raw);
  const fault = noFault();
  const record = wire === null ? report(fault, 'record', 'is not an object') : readRecord(wire, fault);
  if (record !== null && fault.field === null) return { ok: true, record };
  return {
    ok: false,
    field: fault.field ?? 'record',
    reason: fault.reason,
    hint: hintOf(raw, { guid: 'employeeIdentifier', date: 'attendanceDate' }),
  };
}

function readRecord(wire: WireObject, fault: WireFault): AttendanceRecord | null {
  const sourceGuid = readSourceGuid(wire, fault);
  const attendanceDate = readDate(wire.attendanceDate, 'attendanceDate', fault);
  if (attendanceDate === null) return report(fault, 'attendanceDate', 'is missing');
  if (sourceGuid === null) return null;
  return {
    sourceGuid,
    employeeNumber: readCode(wire.employeeNumber, 'employeeNumber', fault),
    attendanceDate,
    dayType: readEnum(wire.dayType, 'dayType', fault),
    shiftStartTime: readText(wire.shiftStartTime, 'shiftStartTime', fault),
    shiftEndTime: readText(wire.shiftEndTime, 'shiftEndTime', fault),
    shiftDuration: readNumber(wire.shiftDuration, 'shiftDuration', fault),
    shiftBreakDuration: readNumber(wire.shiftBreakDuration, 'shiftBreakDuration', fault),
    shiftEffectiveDuration: readNumber(wire.shiftEffectiveDuration, 'shiftEffectiveDuration', fault),
    totalGrossHours: readNumber(wire.totalGrossHours, 'totalGrossHours', fault),
    totalEffectiveHours: readNumber(wire.totalEffectiveHours, 'totalEffectiveHours', fault),
    totalBreakDuration: readNumber(wire.totalBreakDuration, 'totalBreakDuration', fault),
    totalEffectiveOvertimeDuration: readNumber(
      wire.totalEffectiveOvertimeDuration,
      'totalEffectiveOvertimeDuration',
      fault,
    ),
    totalGrossOvertimeDuration: readNumber(
      wire.totalGrossOvertimeDuration,
      'totalGrossOvertimeDuration',
      fault,
    ),
    firstInOfTheDay: readPunch(wire.firstInOfTheDay, 'firstInOfTheDay', fault),
    lastOutOfTheDay: readPunch(wire.lastOutOfTheDay, 'lastOutOfTheDay', fault),
  };
}

/**
 * The person is named by the record and again by each punch. A record without the name takes it from a punch; two
 * different names would put one person's punch on another's day, so such a record is refused.
 */
function readSourceGuid(wire: WireObject, fault: WireFault): string | null {
  const own = readGuid(wire.employeeIdentifier, 'employeeIdentifier', fault);
  const first = readPunchGuid(wire, 'firstInOfTheDay', fault);
  const last = readPunchGuid(wire, 'lastOutOfTheDay', fault);
  const guid = own ?? first ?? last;
  if (guid === null) return report(fault, 'employeeIdentifier', 'is missing');
  if ((first !== null && first !== guid) || (last !== null && last !== guid)) {
    return report(fault, 'employeeIdentifier', 'differs between the day and its punches');
  }
  return guid;
}

function readPunchGuid(
  wire: WireObject,
  punch: 'firstInOfTheDay' | 'lastOutOfTheDay',
  fault: WireFault,
): string | null {
  const identifier = asObject(wire[punch])?.employeeIdentifier;
  return readGuid(identifier, `${punch}.employeeIdentifier`, fault);
}

function readPunch(value: unknown, field: string, fault: WireFault): PunchRecord | null {
  if (value === null || value === undefined) return null;
  const wire = asObject(value);
  if (wire === null) return report(fault, field, 'is not an object');
  return {
    timestamp: readText(wire.timestamp, `${field}.timestamp`, fault),
    punchStatus: readEnum(wire.punchStatus, `${field}.punchStatus`, fault),
    attendanceLogSource: readEnum(wire.attendanceLogSource, `${field}.attendanceLogSource`, fault),
    manualClockinType: readEnum(wire.manualClockinType, `${field}.manualClockinType`, fault),
    // Device names come with a leading blank.
    premiseName: readText(wire.premiseName, `${field}.premiseName`, fault)?.trim() ?? null,
    address: summariseAddress(wire.locationAddress),
  };
}

/** Documented as an object of texts, seen as text; nothing depends on it, so any JSON is accepted. */
function summariseAddress(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const address = asObject(value);
  const text =
    address === null
      ? typeof value === 'string'
        ? value.trim()
        : JSON.stringify(value)
      : Object.values(address)
          .filter((part) => typeof part === 'string' && part.trim() !== '')
          .join(', ');
  return text === '' ? null : text.slice(0, longestAddress);
}
