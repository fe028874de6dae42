import { z } from 'zod';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { tokenScopes } from '../actor.ts';
import { recordAudit } from '../audit-trail.ts';
import { authorise } from '../authorise.ts';
import { inOrganisation, type OrganisationContext } from '../organisation-context.ts';
import { type ApiToken, toApiToken, tokenColumns } from './api-token.ts';
import { hashApiToken, makeApiToken } from './token-text.ts';

export const newToken = z.object({
  name: z
    .string('must be given')
    .trim()
    .min(1, 'must not be empty')
    .max(100, 'must have at most 100 characters')
    .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
  scopes: z
    .array(z.enum(tokenScopes, `must be some of ${tokenScopes.join(', ')}`))
    .min(1, 'must name at least one')
    .transform((scopes) => tokenScopes.filter((scope) => scopes.includes(scope))),
  days: z
    .number('must be a whole number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1095, 'must be at most 1095')
    .default(365),
});

/**
 * A new token, with what it says: that is shown this once and stored nowhere. It belongs to the organisation, not to the
 * person who makes it. Throws InvalidInputError.
 */
export async function createToken(
  context: OrganisationContext,
  input: unknown,
): Promise<{ readonly token: string; readonly made: ApiToken }> {
  authorise(context, 'manage API tokens');
  const { name, scopes, days } = parseInput(newToken, input);
  const token = makeApiToken();
  const now = context.clock.now();
  const made = await inOrganisation(context, async (transaction) => {
    const row = await transaction
      .insertInto('api_token')
      .values({
        organisation_id: context.organisation.id,
        name,
        scopes: [...scopes],
        token_hash: hashApiToken(token),
        ending: token.slice(-4),
        made_by: nameOf(context),
        made_at: now,
        expires_at: now.add({ hours: 24 * days }),
      })
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'name']).where('revoked_at', 'is', null).doNothing(),
      )
      .returning(tokenColumns)
      .executeTakeFirst();
    if (row === undefined) throw new InvalidInputError([{ field: 'name', reason: 'is already in use' }]);
    const created = toApiToken(row, now);
    await recordAudit(transaction, context, {
      action: 'created the API token',
      subject: { kind: 'token', id: created.id, name },
      after: { scopes, expiresAt: created.expiresAt.toString(), ending: created.ending },
    });
    return created;
  });
  return { token, made };
}

function nameOf({ actor }: OrganisationContext): string {
  switch (actor.kind) {
    case 'person':
    case 'token':
      return actor.name;
    case 'schedule':
      return 'schedule';
    case 'command_line':
      return actor.user;
  }
}
