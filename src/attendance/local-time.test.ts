import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLocalTime, isZoneName, localDay, previousLocalDay, toLocalTime } from './local-time.ts';

const zones = [
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dubai',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'UTC',
];
const zone = fc.constantFrom(...zones);
const instant = fc
  .integer({
    min: Temporal.Instant.from('2020-01-01T00:00:00Z').epochMilliseconds,
    max: Temporal.Instant.from('2039-12-31T00:00:00Z').epochMilliseconds,
  })
  .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds));

function shown(text: string, zone: string, date: string): string {
  return formatLocalTime(toLocalTime(Temporal.Instant.from(text), zone, Temporal.PlainDate.from(date)));
}

describe('the local time of a punch', () => {
  it('is that of the organisation and not of the server', () => {
    expect(shown('2026-03-10T03:42:00Z', 'Asia/Kolkata', '2026-03-10')).toBe('09:12');
  });

  it('shows midnight as the first minute of the day', () => {
    expect(shown('2026-03-10T18:35:00Z', 'Asia/Kolkata', '2026-03-11')).toBe('00:05');
    expect(shown('2026-03-10T18:30:00Z', 'Asia/Kolkata', '2026-03-11')).toBe('00:00');
  });

  it('says when it falls on another day than the one it belongs to', () => {
    expect(shown('2026-03-11T01:05:00Z', 'Asia/Kolkata', '2026-03-10')).toBe('06:35 (+1)');
    expect(shown('2026-03-10T18:35:00Z', 'Asia/Kolkata', '2026-03-10')).toBe('00:05 (+1)');
    expect(shown('2026-03-09T18:00:00Z', 'Asia/Kolkata', '2026-03-10')).toBe('23:30 (-1)');
    expect(shown('2026-03-31T20:00:00Z', 'Asia/Kolkata', '2026-02-28')).toBe('01:30 (+32)');
  });

  it('cuts seconds and never rounds up to a minute that had not begun', () => {
    expect(shown('2026-03-10T04:29:59.9999999Z', 'Asia/Kolkata', '2026-03-10')).toBe('09:59');
  });

  it('follows the clocks where they change', () => {
    expect(shown('2026-03-08T06:59:00Z', 'America/New_York', '2026-03-08')).toBe('01:59');
    expect(shown('2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08')).toBe('03:00');
    expect(shown('2026-11-01T05:30:00Z', 'America/New_York', '2026-11-01')).toBe('01:30');
    expect(shown('2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01')).toBe('01:30');
    expect(shown('2026-11-02T04:30:00Z', 'America/New_York', '2026-11-01')).toBe('23:30');
  });

  it('is a time of the day: two digits of hours up to 23, two digits of minutes', () => {
    fc.assert(
      fc.property(instant, zone, (moment, zone) => {
        const { time } = toLocalTime(moment, zone, localDay(moment, zone));
        expect(time).toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
      }),
    );
  });

  it('leads back to the minute of the punch', () => {
    fc.assert(
      fc.property(instant, zone, fc.integer({ min: -3, max: 3 }), (moment, zone, days) => {
        const date = localDay(moment, zone).add({ days });
        const { time, dayOffset } = toLocalTime(moment, zone, date);
        const wall = date.add({ days: dayOffset }).toPlainDateTime(Temporal.PlainTime.from(time));
        // One of the two readings, in the hour that comes twice.
        const readings = (['earlier', 'later'] as const).map((disambiguation) =>
          wall.toZonedDateTime(zone, { disambiguation }).toInstant(),
        );
        const distances = readings.map((reading) => reading.until(moment).total('seconds'));
        expect(distances.some((seconds) => seconds >= 0 && seconds < 60)).toBe(true);
      }),
    );
  });
});

describe('the local day', () => {
  it('is the one of the organisation, when the server is still on the day before', () => {
    const now = Temporal.Instant.from('2026-03-11T19:45:00Z');
    expect(localDay(now, 'Asia/Kolkata').toString()).toBe('2026-03-12');
    expect(previousLocalDay(now, 'Asia/Kolkata').toString()).toBe('2026-03-11');
    expect(previousLocalDay(now, 'America/New_York').toString()).toBe('2026-03-10');
  });

  it('has a day before it on the days on which the clocks change', () => {
    // 23 and 25 hours long: "24 hours ago" would miss the day before, or stay on the same one.
    const lateOnShortDay = Temporal.Instant.from('2026-03-09T03:59:00Z');
    const lateOnLongDay = Temporal.Instant.from('2026-11-02T04:59:00Z');
    expect(previousLocalDay(lateOnShortDay, 'America/New_York').toString()).toBe('2026-03-07');
    expect(previousLocalDay(lateOnLongDay, 'America/New_York').toString()).toBe('2026-10-31');
  });
});

describe('the name of a zone', () => {
  it.each([...zones, 'Etc/GMT+5', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta'])('may be %s', (name) => {
    expect(isZoneName(name)).toBe(true);
  });

  it.each([
    'CEST',
    'IST',
    'IST+5:30',
    '+05:30',
    'UTC+5',
    'GMT',
    'Asia/Bombay City',
    'Asia/Nowhere',
    'Kolkata',
    '',
    ' ',
    'Asia/Kolkata ',
    'Asia/Kolkata\n',
    '2026-03-10T00:00[Asia/Kolkata]',
    '../Asia/Kolkata',
  ])('may not be %j', (name) => {
    expect(isZoneName(name)).toBe(false);
  });

  it('can be used for every date once it was accepted, and nothing makes the question fail', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom(...Intl.supportedValuesOf('timeZone'))), (name) => {
        if (isZoneName(name))
          expect(localDay(Temporal.Instant.from('2026-03-10T00:00:00Z'), name).year).toBe(2026);
      }),
    );
  });
});
