import { HajiriError } from '../../errors/hajiri-error.ts';
import { recordAudit } from '../audit-trail.ts';
import { authorise } from '../authorise.ts';
import { inOrganisation, type OrganisationContext } from '../organisation-context.ts';
import { type ApiToken, toApiToken, tokenColumns } from './api-token.ts';

/**
 * Refuses a token from now on, by its id or by its name. One that is revoked already stays as it is. Throws `not_found`.
 */
export async function revokeToken(context: OrganisationContext, idOrName: string): Promise<ApiToken> {
  authorise(context, 'manage API tokens');
  const now = context.clock.now();
  return inOrganisation(context, async (transaction) => {
    const row = await transaction
      .selectFrom('api_token')
      .select(tokenColumns)
      .where((where) =>
        where.or([
          where(where.cast('id', 'text'), '=', idOrName),
          where.and([where('name', '=', idOrName), where('revoked_at', 'is', null)]),
        ]),
      )
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new HajiriError('not_found', 'There is no such API token.');
    if (row.revoked_at !== null) return toApiToken(row, now);
    await transaction.updateTable('api_token').set({ revoked_at: now }).where('id', '=', row.id).execute();
    await recordAudit(transaction, context, {
      action: 'revoked the API token',
      subject: { kind: 'token', id: row.id, name: row.name },
      before: { scopes: row.scopes, ending: row.ending },
    });
    return toApiToken({ ...row, revoked_at: now }, now);
  });
}
