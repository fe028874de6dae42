import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { hurryAfter } from './hurry-after.ts';

describe('work that is hurried', () => {
  it('is left alone when it ends in time', async () => {
    const clock = new FakeClock('2026-03-12T05:30:00Z');
    let hurried = 0;
    const result = hurryAfter({ clock, milliseconds: 1000 }, Promise.resolve('done'), () => (hurried += 1));
    expect(await result).toBe('done');
    clock.advance({ seconds: 5 });
    expect([hurried, clock.sleeping]).toEqual([0, 0]);
  });

  it('is hurried once when its time is over, and still waited for', async () => {
    const clock = new FakeClock('2026-03-12T05:30:00Z');
    const { promise, resolve } = Promise.withResolvers<string>();
    const result = hurryAfter({ clock, milliseconds: 1000 }, promise, () => resolve('hurried'));
    clock.advance({ milliseconds: 1000 });
    expect(await result).toBe('hurried');
  });

  it('fails as the work fails', async () => {
    const clock = new FakeClock('2026-03-12T05:30:00Z');
    const failing = Promise.reject(new RangeError('of the work'));
    await expect(hurryAfter({ clock, milliseconds: 1000 }, failing, () => {})).rejects.toThrow('of the work');
    expect(clock.sleeping).toBe(0);
  });
});
