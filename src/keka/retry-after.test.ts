import { describe, expect, it } from 'vitest';
import { waitAfterRefusal } from './retry-after.ts';

const now = Temporal.Instant.from('2026-04-01T05:30:00Z');
const minute = 60_000;

describe('the wait after a 429', () => {
  it.each([
    ['7', 7000],
    ['0', 0],
    ['1.5', 1500],
    ['600', 600_000],
    ['Wed, 01 Apr 2026 05:30:42 GMT', 42_000],
    [' 12 ', 12_000],
  ])('is what Retry-After says: %j', (header, expected) => {
    expect(waitAfterRefusal(header, now, 1)).toBe(expected);
  });

  it.each([
    null,
    '',
    'soon',
    '-5',
    '601',
    '99999999999',
    '1e3',
    'Wed, 01 Apr 2026 05:29:59 GMT',
    'Wed, 01 Apr 2026 06:30:00 GMT',
    'Tue, 31 Feb 2026 05:30:42 GMT',
    'Wed, 01 Foo 2026 05:30:42 GMT',
    '2026-04-01T05:30:42Z',
  ])('is a minute when the header is absent, unreadable or absurd: %j', (header) => {
    expect(waitAfterRefusal(header, now, 1)).toBe(minute);
  });

  it('is at least a minute from the second refusal on, because the first hint was too short', () => {
    expect(waitAfterRefusal('2', now, 2)).toBe(minute);
    expect(waitAfterRefusal('90', now, 2)).toBe(90_000);
  });
});
