import { setTimeout as wait } from 'node:timers/promises';

/** The only source of time: injected everywhere, so that a test decides what "now" is and nobody waits in earnest. */
export type Clock = {
  now(): Temporal.Instant;
  /** Resolves after `milliseconds` of this clock; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};

/** A timer of Node for longer than this, about 25 days, ends at once. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  sleep: async (milliseconds, signal) => {
    const options = signal === undefined ? {} : { signal };
    try {
      let left = milliseconds;
      for (; left > longestTimer; left -= longestTimer) await wait(longestTimer, undefined, options);
      await wait(left, undefined, options);
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};
