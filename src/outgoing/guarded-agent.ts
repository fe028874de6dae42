import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { Agent, buildConnector } from 'undici';
import { HajiriError } from '../errors/hajiri-error.ts';
import { type AddressRange, isAddress, mayConnectTo } from './address-rules.ts';

export type Resolved = { readonly address: string; readonly family: number };
export type Resolve = (hostname: string) => Promise<readonly Resolved[]>;

export type GuardOptions = {
  /** Private ranges that may be connected to all the same. */
  readonly allowed: readonly AddressRange[];
  /** How long connecting may take. Default 10 000. */
  readonly connectMilliseconds?: number;
  /** How names become addresses; the system's way when left out. */
  readonly resolve?: Resolve;
};

const bySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/**
 * A client for addresses that people entered. A name is resolved once for each connection, every address that it has is
 * judged, and the connection goes to one of exactly those: a name that leads elsewhere a moment later ("rebinding") gains
 * nothing. It follows no redirect and uses no proxy. A refusal is the `cause` of undici's error, or the error itself:
 * see `refusalOf`.
 */
export function createGuardedAgent(options: GuardOptions): Agent {
  const { allowed, connectMilliseconds = 10_000, resolve = bySystem } = options;
  const connect = buildConnector({
    timeout: connectMilliseconds,
    allowH2: false,
    autoSelectFamily: true,
    lookup: guardedLookup(resolve, allowed),
  });
  return new Agent({
    connect(target, callback) {
      const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
      // An address needs no resolving, so it would pass by the lookup.
      if (isAddress(host) && !mayConnectTo(host, allowed)) {
        callback(addressRefused(), null);
        return;
      }
      connect(target, callback);
    },
  });
}

function guardedLookup(resolve: Resolve, allowed: readonly AddressRange[]): LookupFunction {
  const judged = callbackify(async (hostname: string): Promise<readonly [Resolved, ...Resolved[]]> => {
    const [first, ...others] = await resolve(hostname);
    // One bad address among good ones is a trap, not an accident.
    if (first === undefined || ![first, ...others].every(({ address }) => mayConnectTo(address, allowed))) {
      throw addressRefused();
    }
    return [first, ...others];
  });
  return (hostname, { all }, callback) =>
    judged(hostname, (error, found) => {
      if (error !== null) callback(error, '');
      else if (all === true) callback(null, [...found]);
      else callback(null, found[0].address, found[0].family);
    });
}

function addressRefused(): HajiriError<'address_refused'> {
  return new HajiriError(
    'address_refused',
    'This address leads into a private network, where Hajiri does not send.',
  );
}

/** The refusal in what a request through the agent threw; null when it failed for another reason. */
export function refusalOf(error: unknown): HajiriError<'address_refused'> | null {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (one instanceof HajiriError && one.code === 'address_refused') return addressRefused();
  }
  return null;
}
