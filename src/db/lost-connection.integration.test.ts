import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { untilTrue } from '../../test/support/until.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import { systemClock } from '../clock/clock.ts';
import type { OrganisationId } from './schema.ts';
import { chooseOrganisation, type OrganisationTransaction, withOrganisation } from './tenancy.ts';

describe('a database that goes away', () => {
  let database: TestDatabase;
  let organisation: OrganisationId;

  beforeAll(async () => {
    database = await createTestDatabase();
    ({ id: organisation } = await createOrganisation(database.kysely, systemClock, {
      name: 'Acme',
      zone: 'Asia/Kolkata',
    }));
  });
  afterAll(() => database.close());

  async function pidOf(transaction: OrganisationTransaction): Promise<number> {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
    return rows[0]?.pid ?? 0;
  }

  /** Ends the server's side of a connection, from another one, and waits until it is gone. */
  async function cut(pid: number): Promise<void> {
    await database.pool.query('select pg_terminate_backend($1)', [pid]);
    await untilTrue(async () => {
      const found = await database.pool.query('select from pg_stat_activity where pid = $1', [pid]);
      return found.rowCount === 0;
    });
  }

  it('is told as such when it goes between two queries of a transaction, and ends nothing else', async () => {
    const work = withOrganisation(database.kysely, organisation, async (transaction) => {
      await cut(await pidOf(transaction));
      await sql`select 1`.execute(transaction);
    });
    await expect(work).rejects.toMatchObject({ code: 'database_unavailable' });
    // The pool has replaced the connection.
    await expect(
      chooseOrganisation(database.kysely, (transaction) => sql`select 1`.execute(transaction)),
    ).resolves.toBeDefined();
  });

  it('is told as such when it goes during a query', async () => {
    const work = withOrganisation(database.kysely, organisation, async (transaction) => {
      const pid = await pidOf(transaction);
      await Promise.all([sql`select pg_sleep(60)`.execute(transaction), cut(pid)]);
    });
    await expect(work).rejects.toMatchObject({ code: 'database_unavailable' });
  });

  it('leaves what a transaction itself throws as it is', async () => {
    const mine = new RangeError('of the work');
    const work = withOrganisation(database.kysely, organisation, () => Promise.reject(mine));
    await expect(work).rejects.toBe(mine);
  });

  it('tells a refused statement without the values in it', async () => {
    const work = withOrganisation(database.kysely, organisation, (transaction) =>
      sql`select ${'Asha Canary'}::text::uuid`.execute(transaction),
    );
    const error = await work.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'internal', details: { sqlState: '22P02' } });
    expect(JSON.stringify(error) + String(error)).not.toContain('Asha');
  });
});
