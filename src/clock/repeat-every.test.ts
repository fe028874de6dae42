import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { until } from '../../test/support/until.ts';
import { repeatEvery } from './repeat-every.ts';

function open(work: (turn: number) => Promise<void> = async () => {}) {
  const clock = new FakeClock('2026-03-12T05:30:00Z');
  const state = { turns: 0, errors: new Array<unknown>() };
  const repetition = repeatEvery(
    { clock, milliseconds: 1000, onError: (error) => state.errors.push(error) },
    async () => {
      state.turns += 1;
      await work(state.turns);
    },
  );
  return { clock, state, repetition };
}

describe('work that is repeated', () => {
  it('is done at once, and again after each wait', async () => {
    const { clock, state, repetition } = open();
    await until(() => clock.sleeping === 1);
    expect(state.turns).toBe(1);
    clock.advance({ milliseconds: 999 });
    expect(clock.sleeping).toBe(1);
    clock.advance({ milliseconds: 1 });
    await until(() => state.turns === 2 && clock.sleeping === 1);
    await repetition.stop();
    expect([state.turns, clock.sleeping]).toEqual([2, 0]);
  });

  it('is done at once when it is nudged, also while it is being done', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { clock, state, repetition } = open((turn) => (turn === 2 ? promise : Promise.resolve()));
    await until(() => clock.sleeping === 1);
    repetition.nudge();
    await until(() => state.turns === 2);
    repetition.nudge();
    resolve();
    await until(() => state.turns === 3 && clock.sleeping === 1);
    await repetition.stop();
  });

  it('goes on after a failure, which is told', async () => {
    const { clock, state, repetition } = open((turn) =>
      turn === 1 ? Promise.reject(new RangeError('first')) : Promise.resolve(),
    );
    await until(() => clock.sleeping === 1);
    expect(state.errors).toMatchObject([{ message: 'first' }]);
    clock.advance({ seconds: 1 });
    await until(() => state.turns === 2);
    await repetition.stop();
  });

  it('is let end when it is stopped in the middle', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { state, repetition } = open(() => promise);
    await until(() => state.turns === 1);
    const stopped = { yet: false };
    const stopping = repetition.stop().then(() => (stopped.yet = true));
    await until(() => true);
    expect(stopped.yet).toBe(false);
    resolve();
    await stopping;
    expect(state.turns).toBe(1);
  });
});
