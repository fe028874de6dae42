import { describe, expect, it } from 'vitest';
import { rangeOf, rangeOfMonth } from './range-choices.ts';

const on = (date: string) => Temporal.PlainDate.from(date);

describe('usual ranges', () => {
  it('end yesterday', () => {
    const today = on('2026-03-12');
    expect(rangeOf('yesterday', today)).toEqual({ from: '2026-03-11', to: '2026-03-11' });
    expect(rangeOf('week', today)).toEqual({ from: '2026-03-05', to: '2026-03-11' });
    expect(rangeOf('month', today)).toEqual({ from: '2026-03-01', to: '2026-03-11' });
    expect(rangeOf('lastMonth', today)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });

  it('are of the month before on the first of a month', () => {
    const today = on('2026-03-01');
    expect(rangeOf('month', today)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(rangeOf('lastMonth', today)).toEqual({ from: '2026-01-01', to: '2026-01-31' });
  });
});

describe('a month', () => {
  it('is whole when it is over or to come, and ends yesterday while it goes on', () => {
    expect(rangeOfMonth('2024-02', on('2026-03-12'))).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(rangeOfMonth('2026-03', on('2026-03-12'))).toEqual({ from: '2026-03-01', to: '2026-03-11' });
    expect(rangeOfMonth('2026-03', on('2026-03-01'))).toEqual({ from: '2026-03-01', to: '2026-03-01' });
    expect(rangeOfMonth('2026-04', on('2026-03-12'))).toEqual({ from: '2026-04-01', to: '2026-04-30' });
  });
});
