import type { Clock } from '../clock/clock.ts';
import { createWaitMeter } from './wait-meter.ts';

export type WaitReason = 'budget' | 'too_many_requests' | 'back_off';

export type WaitListener = (milliseconds: number, reason: WaitReason) => void;

export type KekaUsage = {
  /** Requests to the company's own host, the repeated ones included. */
  readonly requests: number;
  readonly tokenRequests: number;
  /** Repetitions on both hosts, for whatever reason. */
  readonly retries: number;
  /** Answers with status 429. */
  readonly rateLimited: number;
  /** Time in which at least one request waited for the budget, after a 429 or between two tries. */
  readonly waitedMilliseconds: number;
};

export type Countable = Exclude<keyof KekaUsage, 'waitedMilliseconds'>;

export type Traffic = {
  add(what: Countable): void;
  /** Reports a wait that somebody else serves; call the result when it is over. */
  beginWait(expectedMilliseconds: number, reason: WaitReason): () => void;
  /** Reports a wait and serves it on the clock. */
  pause(milliseconds: number, reason: WaitReason, signal: AbortSignal): Promise<void>;
  usage(): KekaUsage;
};

/** The figures of one client, and its only way to wait. */
export function createTraffic(clock: Clock, onWait: WaitListener | undefined): Traffic {
  const waits = createWaitMeter(clock);
  const counts: Record<Countable, number> = { requests: 0, tokenRequests: 0, retries: 0, rateLimited: 0 };

  function beginWait(expectedMilliseconds: number, reason: WaitReason): () => void {
    if (expectedMilliseconds > 0) onWait?.(expectedMilliseconds, reason);
    return waits.begin();
  }

  return {
    add(what) {
      counts[what] += 1;
    },
    beginWait,
    async pause(milliseconds, reason, signal) {
      const over = beginWait(milliseconds, reason);
      try {
        await clock.sleep(milliseconds, signal);
      } finally {
        over();
      }
    },
    usage: () => ({ ...counts, waitedMilliseconds: waits.milliseconds() }),
  };
}
