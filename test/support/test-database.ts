import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type DatabaseAddress, type OpenDatabase, openDatabase } from '../../src/db/open-database.ts';
import { templateName } from './start-postgres.ts';

export type TestDatabase = OpenDatabase & {
  readonly address: Extract<DatabaseAddress, { kind: 'socket' }>;
};

/** A database of its own for one test file, copied from the migrated template. Closing it drops it. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(`template ${templateName}`);
}

/** A database without any table, for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('');
}

async function createDatabase(origin: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name} ${origin}`);
  const address = { ...inject('postgres'), database: name };
  const opened = openDatabase(address);
  return {
    ...opened,
    address,
    close: async () => {
      await opened.close();
      await administer(`drop database ${name} with (force)`);
    },
  };
}

async function administer(statement: string): Promise<void> {
  const { host, port, user, password, database } = inject('postgres');
  const client = new Client({ host, port, user, password, database });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
