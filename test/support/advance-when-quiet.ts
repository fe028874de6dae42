import type { FakeClock } from './fake-clock.ts';
import { until } from './until.ts';

const quietTurns = 20;

/**
 * Moves the clock on in steps as long as the work goes on, but only after `isQuiet` held for some turns of the event
 * loop. So an exchange over a real connection takes no time on the clock, where a clock that moves by itself would let
 * a minute pass while a request is under way.
 */
export async function advanceWhenQuiet<T>(
  clock: FakeClock,
  work: Promise<T>,
  isQuiet: () => boolean,
  step: Temporal.DurationLike = { milliseconds: 250 },
): Promise<T> {
  const state = { isOver: false };
  const end = (): void => {
    state.isOver = true;
  };
  work.then(end, end);
  while (!state.isOver) {
    let quiet = 0;
    await until(() => {
      quiet = isQuiet() ? quiet + 1 : 0;
      return state.isOver || quiet > quietTurns;
    });
    clock.advance(step);
  }
  return work;
}
