import { Client } from 'pg';
import { errorCode } from '../../errors/error-code.ts';
import { socketPort } from './socket-folder.ts';

export const superuser = 'hajiri';
export const databaseName = 'hajiri';

/** What a server says at a socket when it is asked who it is. */
export type ServerAnswer =
  | { readonly kind: 'serves'; readonly clusterFolder: string }
  /** It starts, recovers after a crash or shuts down. */
  | { readonly kind: 'changing' }
  /** It is there and says no: a wrong password, no free connection. */
  | { readonly kind: 'refuses'; readonly sqlState: string }
  | { readonly kind: 'silent' };

export type ServerAddress = { readonly socketFolder: string; readonly password: string };

const answerMilliseconds = 2_000;
const cannotConnectNow = '57P03';
export const diskFull = '53100';
const duplicateDatabase = '42P04';
/** SQLSTATE is five capitals or digits; the codes of the operating system are longer. */
const sqlStatePattern = /^[0-9A-Z]{5}$/;

/** Asks the server at a socket which cluster it serves. Never rejects because of the server. */
export async function askServer(address: ServerAddress): Promise<ServerAnswer> {
  try {
    return await withClient(address, 'postgres', async (client) => {
      const { rows } = await client.query<{ data_directory: string }>('show data_directory');
      const clusterFolder = rows[0]?.data_directory;
      return clusterFolder === undefined ? { kind: 'silent' } : { kind: 'serves', clusterFolder };
    });
  } catch (error) {
    const code = errorCode(error);
    if (code === cannotConnectNow) return { kind: 'changing' };
    if (code !== undefined && sqlStatePattern.test(code)) return { kind: 'refuses', sqlState: code };
    return { kind: 'silent' };
  }
}

/** Makes the database where it is missing: at the first start, or after a crash right before this. */
export async function makeDatabase(address: ServerAddress): Promise<void> {
  await withClient(address, 'postgres', async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 1) return;
    try {
      await client.query(`create database ${databaseName}`);
    } catch (error) {
      if (errorCode(error) !== duplicateDatabase) throw error;
    }
  });
}

async function withClient<Result>(
  address: ServerAddress,
  database: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    host: address.socketFolder,
    port: socketPort,
    user: superuser,
    password: address.password,
    database,
    // Said outright, or PGSSLMODE in the environment would decide.
    ssl: false,
    connectionTimeoutMillis: answerMilliseconds,
    query_timeout: 5 * answerMilliseconds,
  });
  // A server that dies in the middle emits this beside the rejection of the query; unheard it would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
