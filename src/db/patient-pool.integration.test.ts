import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { until, untilTrue } from '../../test/support/until.ts';
import { openDatabase } from './open-database.ts';

describe('a server that has no connection left', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.close());

  /** Two programs of a role that may have one connection; the other one has it. */
  async function openWithTheOnlyConnectionTaken() {
    const clock = new FakeClock('2026-03-10T05:30:00Z');
    const role = `narrow_${randomBytes(6).toString('hex')}`;
    const password = randomBytes(12).toString('hex');
    await database.pool.query(`create role ${role} login connection limit 1 password '${password}'`);
    const address = { ...database.address, user: role, password };
    const other = openDatabase(address);
    const ours = openDatabase(address, { clock, maxConnections: 1 });
    onTestFinished(async () => {
      await Promise.all([ours.close(), other.close()]);
      await database.pool.query(`drop role ${role}`);
    });
    const taken = await other.pool.connect();
    const giveBack = async (): Promise<void> => {
      taken.release(true);
      await untilTrue(async () => {
        const left = await database.pool.query('select from pg_stat_activity where usename = $1', [role]);
        return left.rowCount === 0;
      });
    };
    return { clock, ours, giveBack };
  }

  it('is waited for, by a statement and by a transaction, until there is one again', async () => {
    const { clock, ours, giveBack } = await openWithTheOnlyConnectionTaken();
    const statement = ours.pool.query('select 1 as one');
    const transaction = ours.kysely
      .transaction()
      .execute((inside) => sql<{ two: number }>`select 2 as two`.execute(inside));
    await until(() => clock.sleeping === 2);
    clock.advance({ seconds: 1 });
    await until(() => clock.sleeping === 2);
    await giveBack();
    clock.advance({ seconds: 1 });
    expect((await statement).rows).toEqual([{ one: 1 }]);
    expect((await transaction).rows).toEqual([{ two: 2 }]);
  });

  it('is told as such after half a minute', async () => {
    const { clock, ours, giveBack } = await openWithTheOnlyConnectionTaken();
    const failed = expect(ours.pool.query('select 1')).rejects.toMatchObject({ code: '53300' });
    await until(() => clock.sleeping === 1);
    clock.advance({ seconds: 31 });
    await failed;
    await giveBack();
  });
});
