import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/support/any-text.ts';
import { readShiftTime, readTimestamp, type TimeBasis } from './read-timestamp.ts';

const utc: TimeBasis = { kind: 'utc' };
const kolkata: TimeBasis = { kind: 'local', zone: 'Asia/Kolkata' };
const newYork: TimeBasis = { kind: 'local', zone: 'America/New_York' };

const zones = [
  'Asia/Kolkata',
  'Asia/Dubai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'UTC',
];

const firstSecond = Temporal.Instant.from('2000-01-02T00:00:00Z').epochMilliseconds / 1000;
const lastSecond = Temporal.Instant.from('2099-12-30T00:00:00Z').epochMilliseconds / 1000;

/** A moment with as many digits of fraction as its text will have. */
const momentWithDigits = fc
  .record({
    second: fc.integer({ min: firstSecond, max: lastSecond }),
    nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
    digits: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ second, nanoseconds, digits }) => {
    const unit = 10 ** (9 - digits);
    const whole = Math.floor(nanoseconds / unit) * unit;
    const instant = new Temporal.Instant(BigInt(second) * 1_000_000_000n + BigInt(whole));
    return { instant, digits: digits as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 };
  });

/** The wall time of a moment in a zone, as Keka would write it, without saying which zone that is. */
function wallTime(
  instant: Temporal.Instant,
  zone: string,
  fractionalSecondDigits: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9,
): string {
  return instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ fractionalSecondDigits });
}

function read(text: string, basis: TimeBasis = utc): string | null {
  return readTimestamp(text, basis)?.toString() ?? null;
}

describe('a time stamp', () => {
  it('is the moment that was written, with Z or without it, with any number of digits', () => {
    fc.assert(
      fc.property(
        momentWithDigits,
        fc.constantFrom('Z', 'z', ''),
        fc.constantFrom('T', ' '),
        ({ instant, digits }, ending, separator) => {
          const text = wallTime(instant, 'UTC', digits).replace('T', separator) + ending;
          expect(read(text)).toBe(instant.toString());
        },
      ),
    );
  });

  it('is the moment that was written with an offset, whatever the basis for times without one', () => {
    fc.assert(
      fc.property(
        momentWithDigits,
        fc.integer({ min: -14 * 4, max: 14 * 4 }),
        fc.constantFrom(':', ''),
        fc.constantFrom(utc, kolkata, newYork),
        ({ instant, digits }, quarters, colon, basis) => {
          const minutes = Math.abs(quarters) * 15;
          const pad = (number: number) => String(number).padStart(2, '0');
          const offset = `${quarters < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
          const text = wallTime(instant, offset, digits) + offset.replace(':', colon);
          expect(read(text, basis)).toBe(instant.toString());
        },
      ),
    );
  });

  it('without an offset is the wall time in the zone of the organisation, if its punches are local', () => {
    fc.assert(
      fc.property(momentWithDigits, fc.constantFrom(...zones), ({ instant, digits }, zone) => {
        const text = wallTime(instant, zone, digits);
        const moment = readTimestamp(text, { kind: 'local', zone });
        expect(moment).not.toBeNull();
        if (moment !== null) expect(wallTime(moment, zone, digits)).toBe(text);
      }),
    );
  });

  it('is read where the clocks change: an hour that comes twice means the first one', () => {
    expect(read('2026-11-01T01:30:00', newYork)).toBe('2026-11-01T05:30:00Z');
    expect(read('2026-03-08T02:30:00', newYork)).toBe('2026-03-08T07:30:00Z');
    expect(read('2026-07-01T09:00', newYork)).toBe('2026-07-01T13:00:00Z');
    expect(read('2026-12-01T09:00', newYork)).toBe('2026-12-01T14:00:00Z');
  });

  it.each([
    ['2026-03-10T03:42:07.1234567Z', '2026-03-10T03:42:07.1234567Z'],
    ['2026-03-10T03:42:07Z', '2026-03-10T03:42:07Z'],
    ['2026-03-10T09:12:07+05:30', '2026-03-10T03:42:07Z'],
    ['2026-03-10T09:12:07+0530', '2026-03-10T03:42:07Z'],
    ['2026-03-10T03:42+00', '2026-03-10T03:42:00Z'],
    [' 2026-03-10 03:42 ', '2026-03-10T03:42:00Z'],
  ])('may be written as %j', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  it.each([
    '',
    'garbage',
    '09:12',
    '2026-03-10',
    '2026-02-30T03:42:00Z',
    '2026-13-10T03:42:00Z',
    '2026-03-10T25:00:00Z',
    '2026-03-10T24:00:00Z',
    '2026-03-10T03:42:07.1234567890Z',
    '0001-01-01T00:00:00',
    '0001-01-01T00:00:00Z',
    '1899-12-30T09:00:00Z',
    '10/03/2026 03:42',
    '/Date(1773114127000)/',
    '2026-03-10T03:42:00Z and more',
    '2026-03-10T03:42:00ZZ',
    // Read past, these would be wall time in the zone of the organisation and so another moment.
    '2026-03-10T03:42:00[America/New_York]',
    '2026-03-10T03:42:00[u-ca=hebrew]',
    '2026-03-10T03:42:00+05:30[Asia/Kolkata]',
  ])('is not read from %j', (text) => {
    expect(read(text, utc)).toBeNull();
    expect(read(text, kolkata)).toBeNull();
  });

  it('takes half an offset for an offset and not for nothing', () => {
    expect(read('2026-03-10T09:12:00+05', kolkata)).toBe('2026-03-10T04:12:00Z');
  });

  it('is read from nothing that is not one, and never throws', () => {
    const mutated = fc
      .tuple(momentWithDigits, fc.nat(40), anyText({ maxLength: 3 }), fc.nat(3))
      .map(([{ instant }, position, inserted, removed]) => {
        const text = instant.toString();
        return text.slice(0, position) + inserted + text.slice(position + removed);
      });
    const digits = fc.stringMatching(
      /^20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([.,]\d{0,12})?(Z|[+-]\d\d:?\d?\d?)?$/,
    );
    fc.assert(
      fc.property(
        fc.oneof(mutated, digits, anyText()),
        fc.constantFrom(utc, kolkata, newYork),
        (text, basis) => {
          const instant = readTimestamp(text, basis);
          if (instant === null) return;
          // Whatever was read, the text says its minute, in UTC, in the zone or at the offset.
          expect(text.trim().slice(14, 16)).toMatch(/^\d{2}$/);
          expect(instant.toString()).toMatch(/^(?:19|20|21)\d{2}-/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a shift time', () => {
  it('is UTC if the shifts of the tenant are', () => {
    expect(readShiftTime('2026-03-23T04:00:00Z', utc)?.toString()).toBe('2026-03-23T04:00:00Z');
  });

  it.each([
    '2026-03-23T09:30:00Z',
    '2026-03-23T09:30:00',
    '2026-03-23T09:30:00+00:00',
    '2026-03-23T09:30:00.000Z',
  ])('is wall time if the shifts of the tenant are local, whatever %j claims', (text) => {
    expect(readShiftTime(text, kolkata)?.toString()).toBe('2026-03-23T04:00:00Z');
  });

  it('is never guessed from a date or from garbage', () => {
    for (const text of ['2026-03-23', '2026-03-23Z', '', 'Z', 'garbage', '2026-03-23T09:30-10-20']) {
      expect(readShiftTime(text, kolkata)).toBeNull();
      expect(readShiftTime(text, utc)).toBeNull();
    }
  });
});
