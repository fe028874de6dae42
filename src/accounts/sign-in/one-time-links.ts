import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../clock/clock.ts';
import type { OrganisationId, UserId } from '../../db/schema.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { SignInTransaction } from './sign-in-tables.ts';

/** What a link holds: 256 bits, stored as their SHA-256 alone. */
export type Token = { readonly token: string; readonly hash: Buffer };

export function makeToken(): Token {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashLinkToken(token) };
}

export function hashLinkToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export type LinkPurpose =
  | { readonly purpose: 'owner'; readonly organisation: OrganisationId | null }
  | {
      readonly purpose: 'password_reset';
      readonly userId: UserId;
      readonly removesSecondFactor: boolean;
    };

/** A new link. It takes the place of those that were made for the same and not used. */
export async function makeLink(
  transaction: SignInTransaction,
  clock: Clock,
  link: LinkPurpose & { readonly hours: number },
): Promise<{ readonly token: string; readonly expiresAt: Temporal.Instant }> {
  const { token, hash } = makeToken();
  const now = clock.now();
  const expiresAt = now.add({ hours: link.hours });
  const columns =
    link.purpose === 'owner'
      ? { user_id: null, organisation_id: link.organisation }
      : { user_id: link.userId, organisation_id: null, removes_second_factor: link.removesSecondFactor };
  await transaction
    .deleteFrom('sign_in.one_time_link')
    .where('purpose', '=', link.purpose)
    .where('used_at', 'is', null)
    .where('user_id', 'is not distinct from', columns.user_id)
    .where('organisation_id', 'is not distinct from', columns.organisation_id)
    .execute();
  await transaction
    .insertInto('sign_in.one_time_link')
    .values({
      purpose: link.purpose,
      ...columns,
      token_hash: hash,
      made_at: now,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute();
  return { token, expiresAt };
}

export type UsedLink = {
  readonly userId: UserId | null;
  readonly organisation: OrganisationId | null;
  readonly removesSecondFactor: boolean;
};

/** Uses the link up: of two who use it at the same time, one is refused. Throws `link_expired`, for whatever reason. */
export async function takeLink(
  transaction: SignInTransaction,
  clock: Clock,
  purpose: LinkPurpose['purpose'],
  token: string,
): Promise<UsedLink> {
  const row = await transaction
    .updateTable('sign_in.one_time_link')
    .set({ used_at: clock.now() })
    .where('token_hash', '=', hashLinkToken(token))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', clock.now())
    .returning(['user_id', 'organisation_id', 'removes_second_factor'])
    .executeTakeFirst();
  if (row === undefined) throw linkExpired();
  return {
    userId: row.user_id,
    organisation: row.organisation_id,
    removesSecondFactor: row.removes_second_factor,
  };
}

/** Whether a link would still be taken. */
export async function peekLink(
  transaction: SignInTransaction,
  clock: Clock,
  purpose: LinkPurpose['purpose'],
  token: string,
): Promise<UsedLink> {
  const row = await transaction
    .selectFrom('sign_in.one_time_link')
    .select(['user_id', 'organisation_id', 'removes_second_factor'])
    .where('token_hash', '=', hashLinkToken(token))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst();
  if (row === undefined) throw linkExpired();
  return {
    userId: row.user_id,
    organisation: row.organisation_id,
    removesSecondFactor: row.removes_second_factor,
  };
}

export function linkExpired(): HajiriError {
  return new HajiriError(
    'link_expired',
    'This link was used already, is too old, or was replaced by a newer one.',
  );
}
