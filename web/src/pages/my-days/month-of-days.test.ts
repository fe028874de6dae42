import { expect, it } from 'vitest';
import { figuresOf, weeksOf } from './month-of-days.ts';

it('lays a month out in weeks from Monday on', () => {
  const march = weeksOf('2026-03');
  expect(march).toHaveLength(6);
  expect(march[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
  expect(march[5]?.slice(0, 3)).toEqual(['2026-03-30', '2026-03-31', null]);
  expect(weeksOf('2027-02').flat()).toHaveLength(28);
  expect(
    weeksOf('2024-02')
      .flat()
      .filter((date) => date !== null),
  ).toHaveLength(29);
});

it('adds up a month, a half day as half of one', () => {
  const day = (status: string, minutes: number | null, flags: readonly string[] = []) => ({
    status,
    effectiveMinutes: minutes,
    flags: [...flags],
  });
  const rows = [
    day('present', 480, ['late']),
    day('present', 495),
    day('half_day', 240, ['late', 'early_out']),
    day('absent', null),
    day('weekly_off', null),
  ];
  expect(figuresOf(rows)).toEqual({ worked: 2.5, absent: 1.5, late: 2, minutes: 1215 });
});
