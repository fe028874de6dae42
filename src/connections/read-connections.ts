import { authorise } from '../accounts/authorise.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { type Connection, describeSecrets, findConnectionWithId, listConnections } from './connections.ts';
import type { EncryptionKey } from './sealed-credentials.ts';
import { hostOf } from './test-connection.ts';

/** A connection as it may be shown: of its secrets, that they are there and how the API Key ends. */
export function describeConnection(connection: Connection, key: EncryptionKey) {
  const { id, name, subdomain, environment, identificationKey, requestsPerMinute } = connection;
  return {
    id,
    name,
    subdomain,
    host: hostOf(connection),
    environment,
    identificationKey,
    requestsPerMinute,
    punchBasis: connection.punchBasis,
    shiftBasis: connection.shiftBasis,
    keyExpiresOn: connection.keyExpiresOn?.toString() ?? null,
    readRequests: connection.readRequests,
    secrets: { ending: null, ...describeSecrets(connection, key) },
    peopleReadAt: connection.peopleReadAt?.toString() ?? null,
  };
}

export type ShownConnection = ReturnType<typeof describeConnection>;

export async function readConnections(
  context: OrganisationContext,
  key: EncryptionKey,
): Promise<readonly ShownConnection[]> {
  authorise(context, 'read connections');
  return (await listConnections(context)).map((connection) => describeConnection(connection, key));
}

/** Throws `not_found`. */
export async function readConnection(
  context: OrganisationContext,
  key: EncryptionKey,
  id: string,
): Promise<ShownConnection> {
  authorise(context, 'read connections');
  return describeConnection(await findConnectionWithId(context, id), key);
}
