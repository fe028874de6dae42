import { describe, expect, it } from 'vitest';
import { minutesOf, placeOn, scaleOf } from './day-scale.ts';

const punch = (time: string, dayOffset = 0) => ({
  time,
  dayOffset,
  instant: '2026-03-10T00:00:00Z',
  premise: null,
  punchStatus: null,
  logSource: null,
});

describe('the scale of a day', () => {
  it('covers every punch in whole hours, and a usual day at least', () => {
    expect(scaleOf([])).toEqual({ from: 480, to: 1140 });
    const night = { firstIn: punch('21:50'), lastOut: punch('06:35', 1) };
    expect(scaleOf([night, { firstIn: punch('07:20'), lastOut: null }])).toEqual({ from: 420, to: 1860 });
  });

  it('places a punch of the next day behind midnight', () => {
    expect(minutesOf(punch('06:35', 1))).toBe(1835);
    expect(placeOn({ from: 480, to: 1140 }, 810)).toBe(0.5);
    expect(placeOn({ from: 480, to: 1140 }, 0)).toBe(0);
    expect(placeOn({ from: 480, to: 1140 }, 2000)).toBe(1);
  });
});
