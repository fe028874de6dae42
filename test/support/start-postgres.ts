import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { systemClock } from '../../src/clock/clock.ts';
import { openEmbeddedServer } from '../../src/db/embedded/embedded-server.ts';
import { migrate } from '../../src/db/migrate.ts';
import { type DatabaseAddress, openDatabase } from '../../src/db/open-database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server of this test run, without its database; see test-database.ts. */
    postgres: Extract<DatabaseAddress, { kind: 'socket' }>;
  }
}

export const templateName = 'hajiri_template';

/** Once for a test run: the real server on a folder of its own, and a migrated database to copy from. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'hajiri-test-'));
  const server = await openEmbeddedServer({
    dataFolder,
    claim: 'exclusive',
    clock: systemClock,
    // The database of a test need not survive a power cut.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '100' },
  });
  const stop = async (): Promise<void> => {
    await server.close();
    await rm(dataFolder, { recursive: true, force: true });
  };
  const address = { kind: 'socket' as const, ...server.connection };
  try {
    await makeTemplate(address);
  } catch (error) {
    // Nobody else would end it: without a result of this function there is no teardown.
    await stop();
    throw error;
  }
  project.provide('postgres', address);
  return stop;
}

async function makeTemplate(address: Extract<DatabaseAddress, { kind: 'socket' }>): Promise<void> {
  const { host, port, user, password, database } = address;
  const client = new Client({ host, port, user, password, database });
  await client.connect();
  await client.query(`create database ${templateName}`);
  await client.end();
  const template = openDatabase({ ...address, database: templateName });
  try {
    await migrate(template.pool, { clock: systemClock });
  } finally {
    await template.close();
  }
}
