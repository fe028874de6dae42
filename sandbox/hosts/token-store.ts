import { randomBytes, randomUUID } from 'node:crypto';

export type TokenHolder = { readonly keyName: string; readonly expiresAt: Temporal.Instant };

export type TokenStore = {
  /** A new token for a key. It looks like the JWT that Keka gives; clients must treat it as opaque. */
  issue(grant: { readonly keyName: string; readonly clientId: string; readonly seconds: number }): string;
  /** Null when the token is unknown, expired or revoked. */
  holder(token: string): TokenHolder | null;
  revoke(token: string): void;
  /** Every token dies; returns how many lived. */
  revokeAll(): number;
};

export function createTokenStore(now: () => Temporal.Instant, issuer: () => string): TokenStore {
  const holders = new Map<string, TokenHolder>();
  return {
    issue: ({ keyName, clientId, seconds }) => {
      const issuedAt = Math.floor(now().epochMilliseconds / 1000);
      const token = writeToken({
        iss: issuer(),
        nbf: issuedAt,
        iat: issuedAt,
        exp: issuedAt + seconds,
        aud: ['kekaapi', `${issuer()}/resources`],
        scope: ['kekaapi'],
        amr: ['kekaapi'],
        client_id: clientId,
        sub: randomUUID(),
        auth_time: issuedAt,
        idp: 'local',
        jti: randomUUID(),
      });
      holders.set(token, { keyName, expiresAt: now().add({ seconds }) });
      return token;
    },
    holder: (token) => {
      const holder = holders.get(token);
      if (holder === undefined || Temporal.Instant.compare(now(), holder.expiresAt) >= 0) return null;
      return holder;
    },
    revoke: (token) => void holders.delete(token),
    revokeAll: () => {
      const lived = [...holders.values()].filter(
        ({ expiresAt }) => Temporal.Instant.compare(now(), expiresAt) < 0,
      ).length;
      holders.clear();
      return lived;
    },
  };
}

/** The signature is random: nothing ever checks it, and a forged token is simply not in the store. */
function writeToken(claims: object): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ alg: 'RS256', kid: 'sandbox', typ: 'at+jwt' });
  return `${head}.${encode(claims)}.${randomBytes(64).toString('base64url')}`;
}
