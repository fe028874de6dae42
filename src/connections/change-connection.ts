import { sql } from 'kysely';
import { recordChange } from '../accounts/audit-trail.ts';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { linkPeople } from '../directory/link-people.ts';
import { parseInput } from '../errors/parse-input.ts';
import { auditedSecrets, auditedSettings, type Connection, findConnectionById } from './connections.ts';
import { keyToSealWith } from './current-key.ts';
import { tryAtOnceAfterFailure } from './schedule/schedules.ts';
import { connectionChange } from './schemas.ts';
import { type EncryptionKey, sealCredentials } from './sealed-credentials.ts';

/**
 * Changes settings of a connection; what is not given stays, secrets included. Another identification key compares
 * everyone who is not linked yet anew; links that exist stay. Throws InvalidInputError.
 */
export async function changeConnection(
  context: OrganisationContext,
  key: EncryptionKey,
  connection: Connection,
  input: unknown,
): Promise<Connection> {
  authorise(context, 'manage connections');
  const change = parseInput(connectionChange, input);
  return inOrganisation(context, async (transaction) => {
    const before = await findConnectionById(transaction, connection.id);
    const sealed =
      change.credentials === undefined
        ? null
        : sealCredentials(
            change.credentials,
            await keyToSealWith(transaction, context.clock, key),
            connection.id,
          );
    await transaction
      .updateTable('connection')
      // What is undefined is left out: another change may have been made since `connection` was read.
      .set({
        subdomain: change.subdomain,
        environment: change.environment,
        identification_key: change.identificationKey,
        requests_per_minute: change.requestsPerMinute,
        punch_basis: change.punchBasis,
        shift_basis: change.shiftBasis,
        key_expires_on: change.keyExpiresOn,
        read_requests: change.readRequests,
        sealed_credentials: sealed ?? sql.ref('sealed_credentials'),
      })
      .where('id', '=', connection.id)
      .execute();
    const changed = await findConnectionById(transaction, connection.id);
    if (change.identificationKey !== undefined) {
      await linkPeople(transaction, changed.id, context.clock.now());
    }
    if (
      change.credentials !== undefined ||
      change.subdomain !== undefined ||
      change.environment !== undefined
    ) {
      await tryAtOnceAfterFailure(transaction, changed.id, context.clock.now());
    }
    await recordChange(transaction, context, {
      action: 'changed the connection',
      subject: { kind: 'connection', id: changed.id, name: changed.name },
      before: auditedSettings(before),
      after: { ...auditedSettings(changed), ...(change.credentials === undefined ? {} : auditedSecrets) },
    });
    return changed;
  });
}
