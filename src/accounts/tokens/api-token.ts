import type { ApiTokenId } from '../../db/schema.ts';
import { isTokenScope, type TokenScope } from '../actor.ts';

/** A token as it may be shown: never what it says. */
export type ApiToken = {
  readonly id: ApiTokenId;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** Its last four characters. */
  readonly ending: string;
  readonly madeBy: string;
  readonly madeAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  /** To the minute. */
  readonly lastUsedAt: Temporal.Instant | null;
  readonly revokedAt: Temporal.Instant | null;
  readonly state: 'good' | 'expired' | 'revoked';
};

export const tokenColumns = [
  'id',
  'name',
  'scopes',
  'ending',
  'made_by',
  'made_at',
  'expires_at',
  'last_used_at',
  'revoked_at',
] as const;

type TokenRow = {
  readonly id: ApiTokenId;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly ending: string;
  readonly made_by: string;
  readonly made_at: Temporal.Instant;
  readonly expires_at: Temporal.Instant;
  readonly last_used_at: Temporal.Instant | null;
  readonly revoked_at: Temporal.Instant | null;
};

export function toApiToken(row: TokenRow, now: Temporal.Instant): ApiToken {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes.filter(isTokenScope),
    ending: row.ending,
    madeBy: row.made_by,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    state: stateOf(row, now),
  };
}

export function stateOf(
  { expires_at, revoked_at }: Pick<TokenRow, 'expires_at' | 'revoked_at'>,
  now: Temporal.Instant,
): ApiToken['state'] {
  if (revoked_at !== null) return 'revoked';
  return Temporal.Instant.compare(expires_at, now) <= 0 ? 'expired' : 'good';
}
