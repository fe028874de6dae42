import { describe, expect, it } from 'vitest';
import { formatsFor } from './formats.ts';

describe('dates and times on the pages', () => {
  const english = formatsFor('en-IN');
  const hindi = formatsFor('hi-IN');

  it('are of the locale', () => {
    expect(english.date('2026-03-10')).toBe('Tue, 10 Mar, 2026');
    expect(hindi.longDate('2026-03-10')).toBe('मंगलवार, 10 मार्च 2026');
    expect(english.moment('2026-03-10T03:42:00Z', 'Asia/Kolkata')).toBe('10 Mar, 09:12');
    expect(formatsFor('en-US').shortDate('2026-03-10')).toBe('Mar 10');
    expect(english.number(1234567)).toBe('12,34,567');
  });

  it('keep a date what it is, and never write midnight as 24', () => {
    // Tests run in New York, where this instant is still the day before.
    expect(english.shortDate('2026-03-10')).toBe('10 Mar');
    expect(english.time('2026-03-10T18:35:00Z', 'Asia/Kolkata')).toBe('00:05');
    expect(formatsFor('en-US').time('2026-03-10T18:35:00Z', 'Asia/Kolkata')).toBe('00:05');
  });

  it('write how long something takes in two parts at most', () => {
    expect(english.seconds(0)).toBe('0 secs');
    expect(english.seconds(45)).toBe('45 secs');
    expect(english.seconds(200)).toBe('3 mins 20 secs');
    expect(english.seconds(3600)).toBe('1 hr');
    expect(english.seconds(3900)).toBe('1 hr 5 mins');
    expect(hindi.seconds(65)).toMatch(/^1 .+ 5 /);
  });

  it('write minutes as hours', () => {
    expect(english.duration(485)).toBe('8:05');
    expect(english.duration(0)).toBe('0:00');
  });
});
