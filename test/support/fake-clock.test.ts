import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.ts';

const start = '2026-03-12T05:30:00Z';

/** Sleeps and notes under its name that it has woken. */
async function sleepAs(name: string, milliseconds: number, clock: FakeClock, woken: string[]): Promise<void> {
  await clock.sleep(milliseconds);
  woken.push(name);
}

function nextTurn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  return promise;
}

describe('a clock of a test', () => {
  it('stands still until it is moved', async () => {
    const clock = new FakeClock(start);
    const woken: string[] = [];
    const sleeper = sleepAs('a minute', 60_000, clock, woken);
    await nextTurn();
    expect(clock.now().toString()).toBe(start);
    clock.advance({ milliseconds: 59_999 });
    await nextTurn();
    expect(woken).toEqual([]);
    expect(clock.sleeping).toBe(1);
    clock.advance({ milliseconds: 1 });
    await sleeper;
    expect(clock.now().toString()).toBe('2026-03-12T05:31:00Z');
    expect(clock.sleeping).toBe(0);
  });

  it('wakes all whose time has come when it is set', async () => {
    const clock = new FakeClock(start);
    const woken: string[] = [];
    const sleepers = [sleepAs('short', 1000, clock, woken), sleepAs('long', 7_200_000, clock, woken)];
    clock.set('2026-03-12T06:30:00Z');
    await sleepers[0];
    expect(woken).toEqual(['short']);
    clock.set('2026-03-12T07:30:00Z');
    await Promise.all(sleepers);
    expect(woken).toEqual(['short', 'long']);
  });

  it('moves by itself to the next sleeper, in their order, when told to', async () => {
    const clock = new FakeClock(start, { autoAdvance: true });
    const woken: string[] = [];
    await Promise.all([
      sleepAs('second', 90_000, clock, woken),
      sleepAs('first', 60_000, clock, woken),
      sleepAs('third', 86_400_000, clock, woken),
    ]);
    expect(woken).toEqual(['first', 'second', 'third']);
    expect(clock.now().toString()).toBe('2026-03-13T05:30:00Z');
  });

  it('ends a sleep with the reason of the signal, at once, as the real one does', async () => {
    const reason = new Error('stop');
    const stop = new AbortController();
    const clock = new FakeClock(start);
    const sleep = clock.sleep(60_000, stop.signal);
    stop.abort(reason);
    await expect(sleep).rejects.toBe(reason);
    await expect(clock.sleep(60_000, stop.signal)).rejects.toBe(reason);
    expect(clock.sleeping).toBe(0);
    expect(clock.now().toString()).toBe(start);
  });
});
