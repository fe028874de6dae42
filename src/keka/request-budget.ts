import type { Clock } from '../clock/clock.ts';
import { abortReason } from './abort-reason.ts';
import { createRequestLog, type Place } from './request-log.ts';

/** What one request tells the budget about itself, so that its place is freed as early as is safe. */
export type RequestSlot = {
  /** To be awaited as the last thing before the request goes: other processes may have to be waited for. */
  ready(signal: AbortSignal): Promise<void>;
  /** The request is being written to the network. Until then its place is held without an end. */
  sent(): void;
  /** The answer has begun, so the request has certainly arrived. */
  answered(): void;
};

export type RequestBudget = {
  /** Waits for a place (first come, first served), then does the work. Rejects with the signal's reason. */
  spend<T>(work: (slot: RequestSlot) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** About how long a newcomer would wait, in milliseconds; 0 when it could go at once. */
  expectedWait(): number;
  /** Nothing is let through before `instant`. An instant before the end of the present pause changes nothing. */
  pauseUntil(instant: Temporal.Instant): void;
  /** Takes effect at once, for those who wait as well. */
  limitTo(requestsPerMinute: number): void;
};

/**
 * Asks all processes that speak to the company for a place; answers 0 when it was given, else the milliseconds after which to
 * ask again. Only what it answers is believed: should it fail, this process goes by its own count.
 */
export type SharedBudget = (requestsPerMinute: number) => Promise<number>;

export type RequestBudgetOptions = {
  /** Keka documents 50. */
  readonly requestsPerMinute: number;
  readonly clock: Clock;
  /** Without it, nobody else is believed to speak to the company. */
  readonly shared?: SharedBudget;
  /** The longest that a request is believed to travel from here to Keka's counter. Default 750. */
  readonly arrivalSpreadMilliseconds?: number;
  /** For the rounding of the clocks and their drift within a minute. Default 50. */
  readonly guardMilliseconds?: number;
};

const longestPauseMilliseconds = 11 * 60_000;
const minuteMilliseconds = 60_000;

/**
 * Never more than `requestsPerMinute` requests reach Keka in any 60 seconds, whether Keka counts in fixed or in sliding
 * windows, and hardly fewer when there is enough to do. Reasons and figures: docs/decisions/0003-request-budget.md.
 */
export function createRequestBudget(options: RequestBudgetOptions): RequestBudget {
  const { clock, shared, arrivalSpreadMilliseconds: spread = 750, guardMilliseconds: guard = 50 } = options;
  const log = createRequestLog({ spread, guard });
  const queue: Queue = [];
  let limit = checkedLimit(options.requestsPerMinute);
  let pausedUntil = 0;
  const alarm = createAlarm(clock, admitWhoMayGo);

  const now = (): number => clock.now().epochMilliseconds;

  function admissionAt(present: number, ahead: number): number {
    // A pause further off than any that is asked for means that the wall clock was set back.
    pausedUntil = Math.min(pausedUntil, present + longestPauseMilliseconds);
    return Math.max(pausedUntil, log.freeAt(present, limit, ahead));
  }

  function admitWhoMayGo(): void {
    while (queue.length > 0) {
      const present = now();
      const at = admissionAt(present, 0);
      if (at > present) {
        alarm.setTo(at);
        return;
      }
      queue.shift()?.(log.take());
    }
  }

  function change(alter: (present: number) => void): void {
    alter(now());
    admitWhoMayGo();
  }

  return {
    async spend(work, signal) {
      const place = await standInLine(queue, signal, admitWhoMayGo);
      try {
        signal?.throwIfAborted();
        return await work({
          ready: (until) => waitForOthers({ clock, shared }, limit, until),
          sent: () => change((present) => log.markSent(place, present)),
          answered: () => change((present) => log.markAnswered(place, present)),
        });
      } finally {
        change((present) => log.markOver(place, present));
      }
    },
    expectedWait() {
      const present = now();
      const at = admissionAt(present, queue.length);
      return at === Infinity ? minuteMilliseconds : Math.max(0, at - present);
    },
    pauseUntil(instant) {
      pausedUntil = Math.max(pausedUntil, instant.epochMilliseconds);
    },
    limitTo(requestsPerMinute) {
      limit = checkedLimit(requestsPerMinute);
      admitWhoMayGo();
    },
  };
}

async function waitForOthers(
  { clock, shared }: { readonly clock: Clock; readonly shared: SharedBudget | undefined },
  requestsPerMinute: number,
  signal: AbortSignal,
): Promise<void> {
  if (shared === undefined) return;
  for (;;) {
    const askedAt = clock.now().epochMilliseconds;
    const milliseconds = await shared(requestsPerMinute).catch(() => 0);
    if (milliseconds > 0) await clock.sleep(milliseconds, signal);
    // A place that took long to get was written down for a time that is over: the request would come later than counted.
    else if (clock.now().epochMilliseconds - askedAt <= latestGrantMilliseconds) return;
    signal.throwIfAborted();
  }
}

const latestGrantMilliseconds = 500;

type Queue = ((place: Place) => void)[];

async function standInLine(
  queue: Queue,
  signal: AbortSignal | undefined,
  onJoined: () => void,
): Promise<Place> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Place>();
  const leave = (): void => {
    const position = queue.indexOf(resolve);
    if (position >= 0) queue.splice(position, 1);
    if (signal !== undefined) reject(abortReason(signal));
  };
  signal?.addEventListener('abort', leave, { once: true });
  queue.push(resolve);
  onJoined();
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}

/** At most one timer. It may ring too early (`onRing` then sets it anew), never too late. */
function createAlarm(clock: Clock, onRing: () => void): { setTo(epochMilliseconds: number): void } {
  let present: { readonly rings: number; readonly cancel: AbortController } | null = null;
  return {
    setTo(rings) {
      if (present !== null && present.rings <= rings) return;
      present?.cancel.abort();
      present = null;
      if (rings === Infinity) return;
      const mine = { rings, cancel: new AbortController() };
      present = mine;
      clock.sleep(rings - clock.now().epochMilliseconds, mine.cancel.signal).then(
        () => {
          if (present !== mine) return;
          present = null;
          onRing();
        },
        () => undefined, // cancelled in favour of an earlier one
      );
    },
  };
}

function checkedLimit(requestsPerMinute: number): number {
  if (Number.isInteger(requestsPerMinute) && requestsPerMinute >= 1) return requestsPerMinute;
  throw new RangeError('A request budget needs a whole number of requests per minute, 1 or more');
}
