import type { Clock } from '../clock/clock.ts';

export type WaitMeter = {
  /** Begins a wait; call the result when it is over, more than once if convenient. */
  begin(): () => void;
  milliseconds(): number;
};

/** The time during which at least one of several concurrent waits was going on, on the clock that they wait on. */
export function createWaitMeter(clock: Clock): WaitMeter {
  let waiting = 0;
  let since = 0;
  let total = 0;
  return {
    begin() {
      if (waiting === 0) since = clock.now().epochMilliseconds;
      waiting += 1;
      let over = false;
      return () => {
        if (over) return;
        over = true;
        waiting -= 1;
        if (waiting === 0) total += Math.max(0, clock.now().epochMilliseconds - since);
      };
    },
    milliseconds: () => total + (waiting > 0 ? Math.max(0, clock.now().epochMilliseconds - since) : 0),
  };
}
