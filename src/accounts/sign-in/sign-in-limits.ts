import ipaddr from 'ipaddr.js';
import type { Origin } from '../actor.ts';
import type { AttemptLimit } from './limit-attempts.ts';

// Counts within a quarter of an hour. Whoever guesses at one name from one address is stopped soon; the wider limits
// leave room for an office behind one address, and for a person whose name somebody else guesses at.

export function signInLimits(email: string, { address }: Origin): readonly AttemptLimit[] {
  const name = email.toLowerCase();
  return [
    { kind: 'sign-in name', of: name, most: 50, cleared: true },
    ...(address === null
      ? []
      : [
          {
            kind: 'sign-in name from address',
            of: `${name}\n${networkOf(address)}`,
            most: 10,
            cleared: true as const,
          },
          { kind: 'sign-in address', of: networkOf(address), most: 100 },
        ]),
  ];
}

/** For codes of a second factor and for links: whoever asks has to be slow, whatever they ask with. */
export function guessLimits(kind: string, { address }: Origin): readonly AttemptLimit[] {
  return address === null ? [] : [{ kind, of: networkOf(address), most: 30 }];
}

/** For API tokens that are not good. A good one is never counted, so a program may ask as often as it likes. */
export function tokenLimits({ address }: Origin): readonly AttemptLimit[] {
  return address === null ? [] : [{ kind: 'api token', of: networkOf(address), most: 100 }];
}

export function resetLimits(email: string, { address }: Origin): readonly AttemptLimit[] {
  return [
    { kind: 'reset name', of: email.toLowerCase(), most: 5 },
    ...(address === null ? [] : [{ kind: 'reset address', of: networkOf(address), most: 30 }]),
  ];
}

/** One customer of a provider has at least the 64 lower bits of an IPv6 address to choose from. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
