import type { Clock } from './clock.ts';

export type Repetition = {
  /** The next turn comes now, or right after the present one. */
  nudge(): void;
  /** No further turn; resolves when the present one is over. */
  stop(): Promise<void>;
};

/** Does the work, waits, and does it again, until it is stopped. A turn that throws is told, and does not end it. */
export function repeatEvery(
  options: {
    readonly clock: Clock;
    readonly milliseconds: number;
    readonly onError: (error: unknown) => void;
  },
  work: () => Promise<void>,
): Repetition {
  const { clock, milliseconds, onError } = options;
  const state = { isStopped: false, isNudged: false };
  let waiting = new AbortController();

  async function go(): Promise<void> {
    while (!state.isStopped) {
      state.isNudged = false;
      waiting = new AbortController();
      try {
        await work();
      } catch (error) {
        onError(error);
      }
      if (state.isStopped || state.isNudged) continue;
      await clock.sleep(milliseconds, waiting.signal).catch(() => {}); // rejects when it is nudged or stopped
    }
  }

  const going = go();
  return {
    nudge() {
      state.isNudged = true;
      waiting.abort();
    },
    async stop() {
      state.isStopped = true;
      waiting.abort();
      await going;
    },
  };
}
