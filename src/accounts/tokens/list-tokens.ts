import { authorise } from '../authorise.ts';
import { inOrganisation, type OrganisationContext } from '../organisation-context.ts';
import { type ApiToken, toApiToken, tokenColumns } from './api-token.ts';

/** All of them, the newest first; those that were revoked, too. */
export async function listTokens(context: OrganisationContext): Promise<readonly ApiToken[]> {
  authorise(context, 'manage API tokens');
  const rows = await inOrganisation(context, (transaction) =>
    transaction
      .selectFrom('api_token')
      .select(tokenColumns)
      .orderBy('made_at', 'desc')
      .orderBy('id')
      .execute(),
  );
  return rows.map((row) => toApiToken(row, context.clock.now()));
}
