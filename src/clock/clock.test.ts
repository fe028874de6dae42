import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';

const longTime = 60_000;

describe('the clock of the system', () => {
  it('goes forward', () => {
    const times = Array.from({ length: 100 }, () => systemClock.now().epochNanoseconds);
    expect(times.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(times);
  });

  it('has passed as much time as it slept', async () => {
    const start = systemClock.now();
    await systemClock.sleep(2);
    // A timer may end up to a millisecond early.
    expect(start.until(systemClock.now()).total('milliseconds')).toBeGreaterThan(0.9);
  });

  it('does not end a sleep of months at once', async () => {
    const reason = new Error('stop');
    const stop = new AbortController();
    const sleep = systemClock.sleep(100 * 24 * 3_600_000, stop.signal);
    await systemClock.sleep(5);
    stop.abort(reason);
    await expect(sleep).rejects.toBe(reason);
  });

  it('ends a sleep with the reason of the signal, at once', async () => {
    const reason = new Error('stop');
    const stop = new AbortController();
    const sleep = systemClock.sleep(longTime, stop.signal);
    stop.abort(reason);
    await expect(sleep).rejects.toBe(reason);
    await expect(systemClock.sleep(longTime, stop.signal)).rejects.toBe(reason);
  });
});
