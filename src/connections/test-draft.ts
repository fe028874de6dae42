import { z } from 'zod';
import { authorise } from '../accounts/authorise.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';
import { parseInput } from '../errors/parse-input.ts';
import type { KekaCredentials } from '../keka/keka-client.ts';
import { type Connection, credentialsOf, findConnectionWithId } from './connections.ts';
import { connectionChange, newConnectionSettings } from './schemas.ts';
import type { EncryptionKey } from './sealed-credentials.ts';

/** What a test needs to know; nothing of it has to be stored. */
export type ConnectionDraft = Pick<
  Connection,
  'subdomain' | 'environment' | 'identificationKey' | 'requestsPerMinute'
> & { readonly credentials: KekaCredentials };

const draftSchema = connectionChange.extend({ connection: z.uuid().optional() });

/**
 * Settings as somebody is about to save them: of a connection that is stored, with what was changed in the form, or of a
 * new one. Stored secrets are used where no others were entered. Throws InvalidInputError, `not_found` and
 * `secrets_unreadable`.
 */
export async function readDraft(
  context: OrganisationContext,
  key: EncryptionKey,
  input: unknown,
): Promise<ConnectionDraft> {
  authorise(context, 'manage connections');
  const { connection: id, credentials, ...changes } = parseInput(draftSchema, input);
  if (id === undefined) {
    if (credentials === undefined) {
      throw new InvalidInputError([{ field: 'credentials', reason: 'are needed for a new connection' }]);
    }
    return { ...parseInput(newConnectionSettings, { ...changes, name: 'draft' }), credentials };
  }
  const stored = await findConnectionWithId(context, id);
  return {
    subdomain: changes.subdomain ?? stored.subdomain,
    environment: changes.environment ?? stored.environment,
    identificationKey: changes.identificationKey ?? stored.identificationKey,
    requestsPerMinute: changes.requestsPerMinute ?? stored.requestsPerMinute,
    credentials: credentials ?? credentialsOf(stored, key),
  };
}
