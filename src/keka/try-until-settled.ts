import type { KekaConnection } from './keka-connection.ts';
import { KekaError } from './keka-error.ts';
import { waitAfterRefusal } from './retry-after.ts';
import type { Verdict } from './verdict.ts';

export type RetryHooks = {
  /** The token was refused; returns whether another try makes sense. */
  onUnauthorised(): boolean;
  /** Too many requests: sees to it that the next try comes that much later. */
  onRefusal(milliseconds: number): Promise<void>;
};

const longestBackOffMilliseconds = 30_000;

/** Repeats one request until it has a value or a final error, which is thrown. Every kind of repetition is bounded. */
export async function tryUntilSettled<Value>(
  attempt: () => Promise<Verdict<Value>>,
  connection: Pick<KekaConnection, 'clock' | 'limits' | 'random' | 'traffic'>,
  signal: AbortSignal,
  hooks: RetryHooks,
): Promise<Value> {
  const { clock, limits, random, traffic } = connection;
  let failures = 0;
  /** Of a kind that a second try mends, or none. */
  let doubtful = 0;
  let refusals = 0;
  while (true) {
    signal.throwIfAborted();
    const verdict = await attempt();
    if (verdict.kind !== 'too_many_requests') refusals = 0;
    switch (verdict.kind) {
      case 'done':
        return verdict.value;
      case 'failed':
        throw verdict.error;
      case 'unauthorised':
        if (!hooks.onUnauthorised()) throw verdict.error;
        break;
      case 'too_many_requests':
        refusals += 1;
        traffic.add('rateLimited');
        if (refusals >= limits.refusals) throw withTries(verdict.error, refusals);
        await hooks.onRefusal(waitAfterRefusal(verdict.retryAfter, clock.now(), refusals));
        break;
      case 'try_again':
        failures += 1;
        if (verdict.tries === 'two') doubtful += 1;
        if (failures >= limits.tries || doubtful >= 2) throw withTries(verdict.error, failures);
        await traffic.pause(backOff(failures, random()), 'back_off', signal);
        break;
    }
    traffic.add('retries');
  }
}

/** About 1, 2, 4, … seconds, each between half and one and a half of that, so that several clients do not march in step. */
function backOff(failures: number, random: number): number {
  return Math.round(Math.min(longestBackOffMilliseconds, 1000 * 2 ** (failures - 1)) * (0.5 + random));
}

function withTries(error: KekaError, tries: number): KekaError {
  return new KekaError(error.code, `${error.message} (${tries} tries)`, {
    details: { ...error.details, tries },
  });
}
