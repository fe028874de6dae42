import { Kysely, PostgresDialect } from 'kysely';
import { DatabaseError, Client as PgClient, type Pool, type PoolConfig, types } from 'pg';
import { type Clock, systemClock } from '../clock/clock.ts';
import { hurryAfter } from '../clock/hurry-after.ts';
import { errorCode } from '../errors/error-code.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { PatientPool } from './patient-pool.ts';
import type { Database } from './schema.ts';
import { createSocketMaker } from './until-sent.ts';

export type DatabaseAddress =
  | { readonly kind: 'url'; readonly url: string }
  | {
      readonly kind: 'socket';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

export type OpenDatabase = {
  /** For `withOrganisation` and `chooseOrganisation` only: queries outside of them run as the owner of the tables. */
  readonly kysely: Kysely<Database>;
  readonly pool: Pool;
  close(): Promise<void>;
};

const { builtins } = types;
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.DATE, (text) => Temporal.PlainDate.from(text)],
  // PostgreSQL writes `2026-03-10 03:42:00+00`.
  [builtins.TIMESTAMPTZ, (text) => Temporal.Instant.from(text.replace(' ', 'T'))],
  [builtins.INT8, Number],
]);

/** Temporal values become their text, which PostgreSQL reads; pg itself would write them as quoted JSON. */
function toParameter(value: unknown): unknown {
  return value instanceof Temporal.Instant || value instanceof Temporal.PlainDate ? value.toString() : value;
}

class Client extends PgClient {
  // pg's own declaration of `query` has many overloads for what is one function at run time.
  override query = ((...args: unknown[]): unknown => {
    const [statement, values, ...rest] = args;
    const parameters: unknown = Array.isArray(values) ? values.map(toParameter) : values;
    // oxlint-disable-next-line typescript/unbound-method -- `this` is given by Reflect.apply
    return Reflect.apply(super.query, this, [statement, parameters, ...rest]);
  }) as PgClient['query'];
}

/** How long a query that is under way may hold up the closing. */
const closingPatienceMilliseconds = 3000;

export function openDatabase(
  address: DatabaseAddress,
  options: { readonly maxConnections?: number; readonly clock?: Clock } = {},
): OpenDatabase {
  const sockets = createSocketMaker();
  const clock = options.clock ?? systemClock;
  const config = {
    ...(address.kind === 'url' ? { connectionString: address.url } : toSocket(address)),
    Client,
    max: options.maxConnections ?? 10,
    application_name: 'hajiri',
    stream: () => sockets.makeSocket(),
    types: { getTypeParser: (oid: number) => parsers.get(oid) ?? types.getTypeParser(oid) },
  };
  const pool = new PatientPool(config, clock);
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  const clients = new Set<Client>();
  pool.on('connect', (client) => {
    // One that breaks while it is in use would do so too; the query that it serves fails and tells of it.
    client.on('error', () => {});
    if (client instanceof Client) clients.add(client);
  });
  pool.on('remove', (client) => {
    if (client instanceof Client) clients.delete(client);
  });
  const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  sockets.watch(kysely);
  return {
    kysely,
    pool,
    async close() {
      const patience = { clock, milliseconds: closingPatienceMilliseconds };
      const ended = kysely.destroy().then(async () => {
        // kysely ends the pool only when it has run a query itself.
        if (!pool.ended) await pool.end();
      });
      // What is still under way then, such as a wait for a lock, loses its connection.
      await hurryAfter(patience, ended, () => {
        for (const client of clients) client.end().catch(() => {});
      });
    },
  };
}

function toSocket(address: Extract<DatabaseAddress, { kind: 'socket' }>): PoolConfig {
  const { host, port, user, password, database } = address;
  return { host, port, user, password, database };
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);
/** The words of pg and kysely for a connection that is gone; these errors have no code. */
const connectionIsGone =
  /Connection terminated|timeout expired|is not queryable|driver has already been destroyed/;

/** Turns what pg throws into the one error of this program. The text of PostgreSQL may hold values: it stays out. */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof HajiriError || !(error instanceof Error)) return error;
  const code = errorCode(error) ?? null;
  if (error instanceof DatabaseError) {
    // Classes 08 (connection), 57 (operator intervention), 28 (sign-in), 53 (resources) and 3D (no database of this
    // name), and whatever else ends the connection (the word is English on most servers, and on the embedded one): the
    // database is not there for us.
    if (code !== null && (/^(?:08|57|28|53|3D)/.test(code) || error.severity === 'FATAL')) {
      return new HajiriError('database_unavailable', `The database ended the connection (${code}).`, {
        details: { sqlState: code },
      });
    }
    return new HajiriError('internal', `The database refused a statement (${code ?? 'unknown'}).`, {
      details: { sqlState: code, constraint: error.constraint ?? null, table: error.table ?? null },
    });
  }
  if ((code !== null && unreachable.has(code)) || connectionIsGone.test(error.message)) {
    return new HajiriError('database_unavailable', 'The database cannot be reached.', {
      details: { reason: code ?? 'connection ended' },
    });
  }
  return error;
}
