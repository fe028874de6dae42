import { sql } from 'kysely';
import { inOrganisation, type OrganisationContext } from '../db/organisation-context.ts';
import { linkPeople, rekeySourcePeople } from '../directory/link-people.ts';
import { parseInput } from '../errors/parse-input.ts';
import { type Connection, findConnectionById } from './connections.ts';
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
  const change = parseInput(connectionChange, input);
  return inOrganisation(context, async (transaction) => {
    await transaction
      .updateTable('connection')
      .set({
        subdomain: change.subdomain ?? connection.subdomain,
        environment: change.environment ?? connection.environment,
        identification_key: change.identificationKey ?? connection.identificationKey,
        requests_per_minute: change.requestsPerMinute ?? connection.requestsPerMinute,
        punch_basis: change.punchBasis ?? connection.punchBasis,
        shift_basis: change.shiftBasis ?? connection.shiftBasis,
        sealed_credentials:
          change.credentials === undefined
            ? sql.ref('sealed_credentials')
            : sealCredentials(change.credentials, key, connection.id),
      })
      .where('id', '=', connection.id)
      .execute();
    const changed = await findConnectionById(transaction, connection.id);
    if (changed.identificationKey !== connection.identificationKey) {
      await rekeySourcePeople(transaction, changed);
      await linkPeople(transaction, changed.id, context.clock.now());
    }
    return changed;
  });
}
