import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttendanceRecord, parseAttendanceRecord } from './attendance-record.ts';

const guid = '1c9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0042';
const otherGuid = '2d9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0057';

const firstIn = {
  timestamp: '2026-03-23T03:52:10Z',
  employeeIdentifier: guid,
  punchStatus: 0,
  attendanceLogSource: 0,
  manualClockinType: 0,
  premiseName: ' Pune HQ Main Gate',
  locationAddress: null,
};

const wire = {
  id: '5d0a7c1e-9b53-4c55-8a0e-0f1f6b2a1101',
  employeeNumber: 'ACM0042',
  employeeIdentifier: guid,
  attendanceDate: '2026-03-23T00:00:00Z',
  dayType: 0,
  shiftStartTime: '2026-03-23T04:00:00Z',
  shiftEndTime: '2026-03-23T13:00:00Z',
  shiftDuration: 9,
  shiftBreakDuration: 1,
  shiftEffectiveDuration: 8,
  totalGrossHours: 9.41,
  totalEffectiveHours: 8.52,
  totalBreakDuration: 0.89,
  totalEffectiveOvertimeDuration: 0,
  totalGrossOvertimeDuration: 0,
  firstInOfTheDay: firstIn,
  lastOutOfTheDay: { ...firstIn, timestamp: '2026-03-23T13:16:46.4821937Z', punchStatus: 1 },
};

function recordOf(raw: unknown): AttendanceRecord {
  const parsed = parseAttendanceRecord(raw);
  if (!parsed.ok) throw new Error(`${parsed.field} ${parsed.reason}`);
  return parsed.record;
}

describe('an attendance record', () => {
  it('is read in full', () => {
    expect(recordOf(wire)).toEqual({
      sourceGuid: guid,
      employeeNumber: 'ACM0042',
      attendanceDate: Temporal.PlainDate.from('2026-03-23'),
      dayType: 0,
      shiftStartTime: '2026-03-23T04:00:00Z',
      shiftEndTime: '2026-03-23T13:00:00Z',
      shiftDuration: 9,
      shiftBreakDuration: 1,
      shiftEffectiveDuration: 8,
      totalGrossHours: 9.41,
      totalEffectiveHours: 8.52,
      totalBreakDuration: 0.89,
      totalEffectiveOvertimeDuration: 0,
      totalGrossOvertimeDuration: 0,
      firstInOfTheDay: {
        timestamp: '2026-03-23T03:52:10Z',
        punchStatus: 0,
        attendanceLogSource: 0,
        manualClockinType: 0,
        premiseName: 'Pune HQ Main Gate',
        address: null,
      },
      lastOutOfTheDay: {
        timestamp: '2026-03-23T13:16:46.4821937Z',
        punchStatus: 1,
        attendanceLogSource: 0,
        manualClockinType: 0,
        premiseName: 'Pune HQ Main Gate',
        address: null,
      },
    });
  });

  it('needs no more than a person and a date', () => {
    const record = recordOf({ employeeIdentifier: guid, attendanceDate: '2026-03-23' });
    const { sourceGuid, attendanceDate, ...rest } = record;
    expect(sourceGuid).toBe(guid);
    expect(attendanceDate.toString()).toBe('2026-03-23');
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
  });

  it.each([
    '2026-03-23T00:00:00Z',
    '2026-03-23T00:00:00+05:30',
    '2026-03-23T23:59:59.9999999-11:00',
    '2026-03-23',
    '2026-03-23 00:00:00',
  ])('has the date of its first ten characters: %s', (attendanceDate) => {
    expect(recordOf({ ...wire, attendanceDate }).attendanceDate.toString()).toBe('2026-03-23');
  });

  it('has the same date as text for every date and offset', () => {
    const offset = fc.constantFrom('Z', '', '+05:30', '-08:00', '+14:00');
    fc.assert(
      fc.property(fc.nat({ max: 40_000 }), offset, (days, offset) => {
        const date = Temporal.PlainDate.from('2000-01-01').add({ days }).toString();
        const record = recordOf({ ...wire, attendanceDate: `${date}T00:00:00${offset}` });
        expect(record.attendanceDate.toString()).toBe(date);
      }),
    );
  });

  it('may have a number as employee number, and keeps the spelling of text', () => {
    expect(recordOf({ ...wire, employeeNumber: 1042 }).employeeNumber).toBe('1042');
    expect(recordOf({ ...wire, employeeNumber: ' 0030 ' }).employeeNumber).toBe(' 0030 ');
  });

  it('may have its numbers as text', () => {
    const record = recordOf({ ...wire, dayType: '2', totalGrossHours: '9.41', totalBreakDuration: ' 1 ' });
    expect(record).toMatchObject({ dayType: 2, totalGrossHours: 9.41, totalBreakDuration: 1 });
  });

  it('keeps numbers of closed lists that nobody knows', () => {
    const record = recordOf({
      ...wire,
      dayType: 9,
      firstInOfTheDay: { ...firstIn, punchStatus: 77, attendanceLogSource: -1, manualClockinType: 4 },
    });
    expect(record.dayType).toBe(9);
    expect(record.firstInOfTheDay).toMatchObject({
      punchStatus: 77,
      attendanceLogSource: -1,
      manualClockinType: 4,
    });
  });

  it('takes the person from a punch when it does not name one itself, in lower case', () => {
    const punch = { ...firstIn, employeeIdentifier: guid.toUpperCase() };
    const nobody = '00000000-0000-0000-0000-000000000000';
    expect(recordOf({ ...wire, employeeIdentifier: null, firstInOfTheDay: punch }).sourceGuid).toBe(guid);
    expect(recordOf({ ...wire, employeeIdentifier: nobody, firstInOfTheDay: null }).sourceGuid).toBe(guid);
  });

  it('keeps a time that nobody can read as text', () => {
    const record = recordOf({ ...wire, firstInOfTheDay: { timestamp: 'garbage' } });
    expect(record.firstInOfTheDay?.timestamp).toBe('garbage');
  });

  it.each([
    [
      { addressLine1: '12 Sample Road', addressLine2: null, city: ' ', zip: '411001' },
      '12 Sample Road, 411001',
    ],
    [' Pune ', 'Pune'],
    [{}, null],
    ['', null],
    [[1, 2], '[1,2]'],
    [17, '17'],
    ['x'.repeat(1000), 'x'.repeat(300)],
  ])('has an address in one line, whatever form it comes in: %j', (locationAddress, address) => {
    const record = recordOf({ ...wire, firstInOfTheDay: { ...firstIn, locationAddress } });
    expect(record.firstInOfTheDay?.address).toBe(address);
  });

  it.each([
    [{ employeeIdentifier: 'ACM0042' }, 'employeeIdentifier'],
    [{ employeeIdentifier: `${guid} ` }, 'employeeIdentifier'],
    [{ employeeIdentifier: 17 }, 'employeeIdentifier'],
    [{ employeeIdentifier: null, firstInOfTheDay: null, lastOutOfTheDay: null }, 'employeeIdentifier'],
    [{ employeeIdentifier: otherGuid }, 'employeeIdentifier'],
    [{ firstInOfTheDay: { ...firstIn, employeeIdentifier: otherGuid } }, 'employeeIdentifier'],
    [{ lastOutOfTheDay: { ...firstIn, employeeIdentifier: otherGuid } }, 'employeeIdentifier'],
    [{ firstInOfTheDay: { ...firstIn, employeeIdentifier: 'x' } }, 'firstInOfTheDay.employeeIdentifier'],
    [{ attendanceDate: null }, 'attendanceDate'],
    [{ attendanceDate: '2026-02-30T00:00:00Z' }, 'attendanceDate'],
    [{ attendanceDate: '2026-13-01' }, 'attendanceDate'],
    [{ attendanceDate: '0000-00-00' }, 'attendanceDate'],
    [{ attendanceDate: '23-03-2026' }, 'attendanceDate'],
    [{ attendanceDate: '2026-03-231' }, 'attendanceDate'],
    [{ attendanceDate: 1774224000 }, 'attendanceDate'],
    [{ employeeNumber: true }, 'employeeNumber'],
    [{ dayType: 'holiday' }, 'dayType'],
    [{ dayType: 1.5 }, 'dayType'],
    [{ totalGrossHours: 'nine' }, 'totalGrossHours'],
    [{ totalGrossHours: '0x10' }, 'totalGrossHours'],
    [{ totalGrossHours: Number.POSITIVE_INFINITY }, 'totalGrossHours'],
    [{ totalEffectiveHours: {} }, 'totalEffectiveHours'],
    [{ shiftStartTime: 9 }, 'shiftStartTime'],
    [{ firstInOfTheDay: '2026-03-23T03:52:10Z' }, 'firstInOfTheDay'],
    [{ lastOutOfTheDay: [] }, 'lastOutOfTheDay'],
    [{ firstInOfTheDay: { ...firstIn, timestamp: 17 } }, 'firstInOfTheDay.timestamp'],
    [{ lastOutOfTheDay: { ...firstIn, premiseName: {} } }, 'lastOutOfTheDay.premiseName'],
  ])('is refused with %j, naming the field', (change, field) => {
    expect(parseAttendanceRecord({ ...wire, ...change })).toMatchObject({ ok: false, field });
  });

  it('tells whose day it was, as far as that can be read', () => {
    expect(parseAttendanceRecord({ ...wire, totalGrossHours: 'nine' })).toEqual({
      ok: false,
      field: 'totalGrossHours',
      reason: 'is not a number',
      hint: { guid, employeeNumber: 'ACM0042', date: '2026-03-23' },
    });
    expect(parseAttendanceRecord('nobody')).toEqual({
      ok: false,
      field: 'record',
      reason: 'is not an object',
      hint: { guid: null, employeeNumber: null, date: null },
    });
  });

  it('never throws, whatever comes', () => {
    const key = fc.constantFrom(...Object.keys(wire));
    fc.assert(
      fc.property(key, fc.jsonValue(), (key, value) => {
        for (const raw of [value, { ...wire, [key]: value }]) {
          const parsed = parseAttendanceRecord(raw);
          if (!parsed.ok) expect(parsed.field).not.toBe('');
        }
      }),
    );
  });
});
