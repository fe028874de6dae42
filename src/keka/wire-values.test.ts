import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAttendanceRecord } from './attendance-record.ts';

const guid = '1c9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0042';
const day = { employeeIdentifier: guid, employeeNumber: 'ACM0042', attendanceDate: '2026-03-23T00:00:00Z' };

function parse(changes: object) {
  return parseAttendanceRecord({ ...day, ...changes });
}

// One record that the database refuses would take all others of its page with it, every day again.
describe('a value that PostgreSQL could not hold', () => {
  it('is a text without its zero characters', () => {
    const parsed = parse({
      employeeNumber: 'ACM\u00000042',
      firstInOfTheDay: { timestamp: '2026-03-23T03:52:10Z\u0000', premiseName: '\u0000 Main\u0000 Gate' },
    });
    expect(parsed).toMatchObject({
      ok: true,
      record: {
        employeeNumber: 'ACM0042',
        firstInOfTheDay: { timestamp: '2026-03-23T03:52:10Z', premiseName: 'Main Gate' },
      },
    });
  });

  it.each([2 ** 31, -(2 ** 31), 99_999_999_999, '99999999999', 1e300])(
    'is refused as day type or punch status: %j',
    (number) => {
      expect(parse({ dayType: number })).toMatchObject({ ok: false, field: 'dayType', hint: { guid } });
      expect(parse({ lastOutOfTheDay: { punchStatus: number } })).toMatchObject({
        ok: false,
        field: 'lastOutOfTheDay.punchStatus',
      });
    },
  );

  it('is refused as a date of the year 0', () => {
    expect(parse({ attendanceDate: '0000-03-23T00:00:00Z' })).toMatchObject({
      ok: false,
      hint: { date: null },
    });
    expect(parse({ attendanceDate: '0001-01-01T00:00:00Z' })).toMatchObject({ ok: true });
  });

  it('leaves every number that the database can hold as it came, known or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }), (dayType) => {
        expect(parse({ dayType })).toMatchObject({ ok: true, record: { dayType } });
      }),
    );
  });
});

describe('what is told of a record that cannot be read', () => {
  it('names a date only if that date exists', () => {
    expect(parse({ attendanceDate: '2026-02-30T00:00:00Z' })).toMatchObject({
      ok: false,
      hint: { date: null },
    });
    expect(parse({ dayType: 'x' })).toMatchObject({ ok: false, hint: { guid, date: '2026-03-23' } });
  });

  it('is a date or nothing for any text at all', () => {
    const dateLike = fc.stringMatching(/^\d{4}-\d{2}-\d{2}(T.{0,9})?$/);
    fc.assert(
      fc.property(fc.oneof(dateLike, fc.anything()), (attendanceDate) => {
        const parsed = parse({ attendanceDate, dayType: 'not a number' });
        if (parsed.ok) throw new Error('a record without a day type that can be read was taken');
        const { date } = parsed.hint;
        if (date !== null) expect(Temporal.PlainDate.from(date).toString()).toBe(date);
      }),
    );
  });
});
