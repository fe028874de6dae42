import type { Kysely } from 'kysely';
import type { Clock } from '../../clock/clock.ts';
import type { Database } from '../../db/schema.ts';
import { asChooser, asInstallation, withOrganisation } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { type Actor, isTokenScope } from '../actor.ts';
import type { Organisation } from '../organisation-context.ts';
import { readOrganisation } from '../organisations.ts';
import { stateOf } from './api-token.ts';
import { hashApiToken, isApiToken } from './token-text.ts';

/** Who holds a good token, and where they may act. */
export type TokenHolder = {
  readonly organisation: Organisation;
  readonly actor: Extract<Actor, { kind: 'token' }>;
};

/** So often the last use is written down. */
const useMinutes = 1;

/**
 * Who the token stands for. Throws `token_refused`, in the same words for one that nobody made, that is revoked and that
 * has expired.
 */
export async function useToken(
  { kysely, clock }: { readonly kysely: Kysely<Database>; readonly clock: Clock },
  token: string,
): Promise<TokenHolder> {
  if (!isApiToken(token)) throw tokenRefused();
  const hash = hashApiToken(token);
  const found = await asInstallation(kysely, (transaction) =>
    asChooser(transaction, { apiToken: hash.toString('hex') }, async () => {
      const row = await transaction
        .selectFrom('api_token')
        .select(['organisation_id', 'id', 'name', 'scopes', 'expires_at', 'last_used_at', 'revoked_at'])
        .where('token_hash', '=', hash)
        .executeTakeFirst();
      if (row === undefined) return null;
      const organisation = await readOrganisation(transaction, row.organisation_id);
      return organisation === null ? null : { row, organisation };
    }),
  );
  const now = clock.now();
  if (found === null || stateOf(found.row, now) !== 'good') throw tokenRefused();
  const { row, organisation } = found;
  const { last_used_at: last } = row;
  if (last === null || Temporal.Instant.compare(last, now.subtract({ minutes: useMinutes })) <= 0) {
    await withOrganisation(kysely, organisation.id, (transaction) =>
      transaction.updateTable('api_token').set({ last_used_at: now }).where('id', '=', row.id).execute(),
    );
  }
  const scopes = row.scopes.filter(isTokenScope);
  return { organisation, actor: { kind: 'token', tokenId: row.id, name: row.name, scopes } };
}

function tokenRefused(): HajiriError {
  return new HajiriError(
    'token_refused',
    'This API token is not valid: it is unknown, was revoked or has expired.',
  );
}
