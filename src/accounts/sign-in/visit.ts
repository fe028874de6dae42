import type { Clock } from '../../clock/clock.ts';
import type { Origin } from '../actor.ts';
import type { AttemptTools } from './limit-attempts.ts';
import type { SignIn } from './open-sign-in.ts';
import { addressHeader } from './sign-in-rules.ts';

/** What a use case about signing in needs besides its input. */
export type SignInTools = AttemptTools & {
  readonly signIn: SignIn;
  readonly clock: Clock;
};

/** One request of a browser, as far as signing in is concerned. */
export type Visit = {
  readonly origin: Origin;
  readonly cookie: string | undefined;
  readonly userAgent: string | undefined;
};

/** Lines of Set-Cookie, to be sent with the answer. */
export type Cookies = readonly string[];

export function headersOf({ origin, cookie, userAgent }: Visit): Headers {
  const headers = new Headers();
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (userAgent !== undefined) headers.set('user-agent', userAgent.slice(0, 300));
  if (origin.address !== null) headers.set(addressHeader, origin.address);
  return headers;
}

/** A visit of the same browser as if nobody were signed in: what waits for a second factor is kept. */
export function withoutSession(visit: Visit): Visit {
  const cookie = visit.cookie
    ?.split(/;\s*/)
    .filter((one) => !/^(?:__Secure-)?hajiri\.session_token=/.test(one))
    .join('; ');
  return { ...visit, cookie };
}

export function cookiesOf(headers: Headers | null | undefined): Cookies {
  return headers?.getSetCookie() ?? [];
}
