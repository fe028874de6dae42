import type { Clock } from '../clock/clock.ts';
import { abortReason } from './abort-reason.ts';

export type AccessToken = {
  readonly value: string;
  readonly lifetimeSeconds: number;
};

export type AccessTokenSource = {
  /** The present token, or a new one; callers who come at the same time share one request. */
  get(signal: AbortSignal): Promise<string>;
  /** Asks for a new one even if the present one would do. */
  renew(signal: AbortSignal): Promise<string>;
  /** Forgets `token` if it is the present one. Somebody else may have replaced it already. */
  discard(token: string): void;
};

type Flight = { readonly promise: Promise<string>; readonly cancel: AbortController; passengers: number };

const renewBeforeEndSeconds = 120;

/** Keeps one token, renewed two minutes before its end (half its lifetime before, when it lives shorter than four). */
export function createAccessTokenSource(options: {
  readonly clock: Clock;
  readonly request: (signal: AbortSignal) => Promise<AccessToken>;
}): AccessTokenSource {
  const { clock, request } = options;
  let present: { readonly value: string; readonly goodUntil: number } | null = null;
  let flight: Flight | null = null;

  function takeOff(): Flight {
    const cancel = new AbortController();
    const promise = request(cancel.signal).then(({ value, lifetimeSeconds }) => {
      const early = Math.min(renewBeforeEndSeconds, lifetimeSeconds / 2);
      present = { value, goodUntil: clock.now().epochMilliseconds + (lifetimeSeconds - early) * 1000 };
      return value;
    });
    const started: Flight = { promise, cancel, passengers: 0 };
    const land = (): void => {
      if (flight === started) flight = null;
    };
    promise.then(land, land);
    return started;
  }

  /** Each caller may leave on its own; the request is broken off when nobody waits for it any more. */
  async function join(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    flight ??= takeOff();
    const mine = flight;
    mine.passengers += 1;
    const left = Promise.withResolvers<never>();
    const leave = (): void => left.reject(abortReason(signal));
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([mine.promise, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      mine.passengers -= 1;
      if (mine.passengers === 0) {
        mine.cancel.abort();
        if (flight === mine) flight = null;
      }
    }
  }

  return {
    async get(signal) {
      if (present !== null && clock.now().epochMilliseconds < present.goodUntil) return present.value;
      return join(signal);
    },
    renew: join,
    discard(token) {
      if (present?.value === token) present = null;
    },
  };
}
