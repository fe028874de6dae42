import { randomUUID } from 'node:crypto';
import { recordAudit } from '../accounts/audit-trail.ts';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { ConnectionId, IdentificationKey } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError, InvalidInputError, isHajiriError } from '../errors/hajiri-error.ts';
import { parseInput } from '../errors/parse-input.ts';
import type { KekaCredentials } from '../keka/keka-client.ts';
import type { KekaEnvironment } from '../keka/keka-hosts.ts';
import { parseSubdomain, type Subdomain } from '../keka/subdomain.ts';
import { keyToSealWith } from './current-key.ts';
import { createSchedule } from './schedule/schedules.ts';
import { newConnection } from './schemas.ts';
import { type EncryptionKey, openCredentials, sealCredentials } from './sealed-credentials.ts';

export type Connection = {
  readonly id: ConnectionId;
  readonly name: string;
  readonly subdomain: Subdomain;
  readonly environment: KekaEnvironment;
  readonly identificationKey: IdentificationKey;
  readonly requestsPerMinute: number;
  readonly punchBasis: 'utc' | 'local';
  readonly shiftBasis: 'utc' | 'local';
  readonly autoRun: boolean;
  readonly sealedCredentials: string;
  /** The day from which Keka refuses the API key; null when it has no such day, or nobody entered it. */
  readonly keyExpiresOn: Temporal.PlainDate | null;
  /** Whether requests for leave, to work from home and on duty are read. */
  readonly readRequests: boolean;
  /** When everybody's profile was last read, and when those that had changed since. */
  readonly peopleReadAt: Temporal.Instant | null;
  readonly peopleChangedReadAt: Temporal.Instant | null;
};

/** Stores a connection with its secrets sealed. Throws InvalidInputError naming every faulty field. */
export async function createConnection(
  context: OrganisationContext,
  key: EncryptionKey,
  input: unknown,
): Promise<Connection> {
  authorise(context, 'manage connections');
  const { credentials, ...wanted } = parseInput(newConnection, input);
  // The id is authenticated with the envelope, so it is chosen before the row exists.
  const id = randomUUID() as ConnectionId;
  return inOrganisation(context, async (transaction) => {
    const sealingKey = await keyToSealWith(transaction, context.clock, key);
    const made = await transaction
      .insertInto('connection')
      .values({
        organisation_id: context.organisation.id,
        id,
        name: wanted.name,
        subdomain: wanted.subdomain,
        environment: wanted.environment,
        identification_key: wanted.identificationKey,
        requests_per_minute: wanted.requestsPerMinute,
        punch_basis: wanted.punchBasis,
        shift_basis: wanted.shiftBasis,
        sealed_credentials: sealCredentials(credentials, sealingKey, id),
        key_expires_on: wanted.keyExpiresOn,
        read_requests: wanted.readRequests,
        created_at: context.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(['organisation_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made === undefined) throw new InvalidInputError([{ field: 'name', reason: 'is already in use' }]);
    await createSchedule(transaction, context, id);
    const connection = await findConnectionById(transaction, id);
    await recordAudit(transaction, context, {
      action: 'added the connection',
      subject: { kind: 'connection', id, name: connection.name },
      after: { ...auditedSettings(connection), ...auditedSecrets },
    });
    return connection;
  });
}

/** What the audit trail tells of a connection. */
export function auditedSettings(connection: Connection) {
  const { subdomain, environment, identificationKey, requestsPerMinute, punchBasis, shiftBasis } = connection;
  return {
    subdomain,
    environment,
    identificationKey,
    requestsPerMinute,
    punchBasis,
    shiftBasis,
    keyExpiresOn: connection.keyExpiresOn?.toString() ?? null,
    readRequests: connection.readRequests,
  };
}

/** Secrets go in and never come out: that they were given is all that is told. */
export const auditedSecrets = { credentials: 'set' };

export function listConnections(context: OrganisationContext): Promise<readonly Connection[]> {
  return inOrganisation(context, async (transaction) => {
    const rows = await selectConnections(transaction).orderBy('name').execute();
    return rows.map(toConnection);
  });
}

/** The connection of that name, or the only one there is. Throws `not_found`. */
export async function findConnection(context: OrganisationContext, name?: string): Promise<Connection> {
  const connections = await listConnections(context);
  const [only] = connections;
  if (name === undefined && connections.length === 1 && only !== undefined) return only;
  const found = connections.find((connection) => connection.name === name);
  if (found !== undefined) return found;
  if (connections.length === 0) {
    throw new HajiriError('not_found', 'There is no connection yet. Make one with: hajiri connections add');
  }
  const names = connections.map((connection) => `"${connection.name}"`).join(', ');
  throw new HajiriError(
    'not_found',
    name === undefined
      ? `There are several connections; choose one with --connection: ${names}.`
      : `There is no connection "${name}". There is: ${names}.`,
  );
}

export async function findConnectionById(
  transaction: OrganisationTransaction,
  id: ConnectionId,
): Promise<Connection> {
  return toConnection(await selectConnections(transaction).where('id', '=', id).executeTakeFirstOrThrow());
}

/** The connection with that id. Throws `not_found`. */
export function findConnectionWithId(context: OrganisationContext, id: string): Promise<Connection> {
  return inOrganisation(context, async (transaction) => {
    const row = await selectConnections(transaction)
      .where((where) => where(where.cast('id', 'text'), '=', id))
      .executeTakeFirst();
    if (row === undefined) throw new HajiriError('not_found', `There is no connection ${id.slice(0, 60)}.`);
    return toConnection(row);
  });
}

export async function removeConnection(context: OrganisationContext, connection: Connection): Promise<void> {
  authorise(context, 'manage connections');
  await inOrganisation(context, async (transaction) => {
    // These have no foreign key: see the migration that made them.
    await transaction.deleteFrom('attendance_day').where('connection_id', '=', connection.id).execute();
    await transaction.deleteFrom('revision').where('connection_id', '=', connection.id).execute();
    await transaction.deleteFrom('connection').where('id', '=', connection.id).execute();
    await recordAudit(transaction, context, {
      action: 'removed the connection',
      subject: { kind: 'connection', id: connection.id, name: connection.name },
      before: auditedSettings(connection),
    });
  });
}

/** Opens the secrets of a connection. Throws `secrets_unreadable`. */
export function credentialsOf(connection: Connection, key: EncryptionKey): KekaCredentials {
  return openCredentials(connection.sealedCredentials, key, connection.id);
}

export type SecretState =
  | { readonly state: 'set'; readonly ending: string }
  | { readonly state: 'needed_again' };

/** What may be shown of a connection's secrets: that they are there, and the last four characters of the API key. */
export function describeSecrets(connection: Connection, key: EncryptionKey): SecretState {
  try {
    const { apiKey } = credentialsOf(connection, key);
    return { state: 'set', ending: apiKey.length >= 12 ? apiKey.slice(-4) : '' };
  } catch (error) {
    if (isHajiriError(error, 'secrets_unreadable')) return { state: 'needed_again' };
    throw error;
  }
}

const selectConnections = (transaction: OrganisationTransaction) =>
  transaction.selectFrom('connection').selectAll();

type ConnectionRow = Awaited<ReturnType<ReturnType<typeof selectConnections>['executeTakeFirstOrThrow']>>;

function toConnection(row: ConnectionRow): Connection {
  const parsed = parseSubdomain(row.subdomain);
  // It was checked before it was stored; an altered row must not send secrets elsewhere.
  if (!parsed.ok) throw new HajiriError('internal', 'A stored subdomain is not valid.');
  return {
    id: row.id,
    name: row.name,
    subdomain: parsed.subdomain,
    environment: row.environment,
    identificationKey: row.identification_key,
    requestsPerMinute: row.requests_per_minute,
    punchBasis: row.punch_basis,
    shiftBasis: row.shift_basis,
    autoRun: row.auto_run,
    sealedCredentials: row.sealed_credentials,
    keyExpiresOn: row.key_expires_on,
    readRequests: row.read_requests,
    peopleReadAt: row.people_read_at,
    peopleChangedReadAt: row.people_changed_read_at,
  };
}
