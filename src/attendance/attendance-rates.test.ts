import { describe, expect, it } from 'vitest';
import { type DayCounts, ratesOfDay, ratesOfRange } from './attendance-rates.ts';

const nobody: DayCounts = { present: 0, halfDay: 0, inProgress: 0, absent: 0, late: 0 };
const day = (counts: Partial<DayCounts>): DayCounts => ({ ...nobody, ...counts });

describe('the figures of a day', () => {
  it.each([
    [{ present: 8, absent: 2, late: 2 }, 0.8, 0.25],
    [{ present: 6, halfDay: 2, absent: 2, late: 4 }, 0.7, 0.5], // (6 + 1) / 10 and 4 / 8
    [{ present: 3, inProgress: 1, late: 1 }, 1, 0.25],
    [{ absent: 5 }, 0, null],
    [{ halfDay: 1 }, 0.5, 0],
    [{}, null, null],
  ])('of %j are attendance %j and late %j', (counts, attendance, late) => {
    const rates = ratesOfDay(day(counts));
    if (attendance === null) expect(rates.attendance).toBeNull();
    else expect(rates.attendance).toBeCloseTo(attendance, 12);
    if (late === null) expect(rates.late).toBeNull();
    else expect(rates.late).toBeCloseTo(late, 12);
  });
});

describe('the figures of a range', () => {
  it('are the mean of its days, not the share of all heads', () => {
    // 9 of 10, and 1 of 2: the mean is 0.7, of all heads it would be 10 / 12.
    const { attendance, late } = ratesOfRange([
      day({ present: 9, absent: 1, late: 0 }),
      day({ present: 1, absent: 1, late: 1 }),
    ]);
    expect(attendance).toBeCloseTo(0.7, 12);
    expect(late).toBeCloseTo(0.5, 12);
  });

  it('leave days without anybody present out of late, and days off out of both', () => {
    const { attendance, late } = ratesOfRange([day({ present: 4, late: 1 }), day({ absent: 4 }), day({})]);
    expect(attendance).toBeCloseTo(0.5, 12);
    expect(late).toBeCloseTo(0.25, 12);
  });

  it('are unknown without any day that counts', () => {
    expect(ratesOfRange([])).toEqual({ attendance: null, late: null });
    expect(ratesOfRange([day({})])).toEqual({ attendance: null, late: null });
  });
});
