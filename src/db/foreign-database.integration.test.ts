import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmptyDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { systemClock } from '../clock/clock.ts';
import { migrate } from './migrate.ts';
import { type DatabaseAddress, openDatabase } from './open-database.ts';

describe('a database of somebody else', () => {
  const guest = `guest_${randomBytes(6).toString('hex')}`;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    await migrate(database.pool, { clock: systemClock });
    await database.pool.query('drop table hajiri_migration');
    await database.pool.query(
      `create role ${guest} login password 'secret' in role hajiri_app, hajiri_chooser`,
    );
  });
  afterAll(async () => {
    await database.pool.query(`drop role ${guest}`);
    await database.close();
  });

  async function start(change: Partial<Extract<DatabaseAddress, { kind: 'socket' }>>): Promise<unknown> {
    const opened = openDatabase({ ...database.address, ...change });
    try {
      return await migrate(opened.pool, { clock: systemClock });
    } finally {
      await opened.close();
    }
  }

  it('is told as such when its user may not make tables', async () => {
    await expect(start({ user: guest, password: 'secret' })).rejects.toMatchObject({
      code: 'database_unsupported',
      message: expect.stringContaining('owner of the database'),
    });
  });

  it('is told as unavailable when it does not exist', async () => {
    await expect(start({ database: 'no_such_database' })).rejects.toMatchObject({
      code: 'database_unavailable',
      details: { sqlState: '3D000' },
    });
  });

  it('is told as unavailable when the password is wrong', async () => {
    await expect(start({ user: guest, password: 'wrong' })).rejects.toMatchObject({
      code: 'database_unavailable',
      details: { sqlState: '28P01' },
    });
  });
});
