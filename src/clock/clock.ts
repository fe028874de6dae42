import { setTimeout as wait } from 'node:timers/promises';

/** The only source of time: injected everywhere, so that a test decides what "now" is and nobody waits in earnest. */
export type Clock = {
  now(): Temporal.Instant;
  /** Resolves after `milliseconds` of this clock; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  sleep: async (milliseconds, signal) => {
    try {
      await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      throw signal?.aborted === true ? signal.reason : error;
    }
  },
};
