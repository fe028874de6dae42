import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { processZones, runInZone } from '../../test/support/process-zones/run-in-zone.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { openDatabase } from './open-database.ts';
import type { OrganisationId } from './schema.ts';
import { chooseOrganisation, withOrganisation } from './tenancy.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function readBack(value: unknown, type: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`select ${value}::${sql.raw(type)} as value`.execute(
    database.kysely,
  );
  return rows[0]?.value;
}

describe('what is read from the database', () => {
  it('is a date for a date, the same that was written', async () => {
    const date = fc
      .integer({ min: 0, max: 3_000_000 })
      .map((days) => new Temporal.PlainDate(1, 1, 1).add({ days }));
    await fc.assert(
      fc.asyncProperty(date, async (date) => {
        const stored = await readBack(date, 'date');
        expect(stored).toBeInstanceOf(Temporal.PlainDate);
        expect(String(stored)).toBe(date.toString());
      }),
    );
  });

  it('is an instant for a moment, to the microsecond', async () => {
    const instant = fc
      .bigInt({ min: 0n, max: 4_000_000_000_000_000n })
      .map((microseconds) => new Temporal.Instant(microseconds * 1000n));
    await fc.assert(
      fc.asyncProperty(instant, async (instant) => {
        const stored = await readBack(instant, 'timestamptz');
        expect(stored).toBeInstanceOf(Temporal.Instant);
        expect(String(stored)).toBe(instant.toString());
      }),
    );
  });

  it('is a number for a count, and nothing for nothing', async () => {
    expect(await readBack('9007199254740991', 'bigint')).toBe(9_007_199_254_740_991);
    for (const type of ['date', 'timestamptz', 'bigint', 'text'])
      expect(await readBack(null, type)).toBeNull();
  });

  it.each(processZones)('is the same in a process in %s', async (zone) => {
    expect(await runInZone('print-stored-times.ts', zone, JSON.stringify(database.address))).toEqual({
      date: '2026-03-10',
      instant: '2026-03-10T18:35:00.123456Z',
      given_date: '2026-03-10',
      given_instant: '2026-03-10T18:35:00.123456Z',
      are_equal: true,
    });
  });

  it('is the same on a server that is set to another zone and another notation of dates', async () => {
    const { database: name } = database.address;
    await sql`alter database ${sql.id(name)} set datestyle to 'SQL, DMY'`.execute(database.kysely);
    await sql`alter database ${sql.id(name)} set timezone to 'Asia/Kolkata'`.execute(database.kysely);
    const elsewhere = openDatabase(database.address);
    onTestFinished(() => elsewhere.close());
    const select = sql`
      select ${Temporal.PlainDate.from('2026-03-10')}::date as date,
        ${Temporal.Instant.from('2026-03-10T18:35:00Z')}::timestamptz as instant,
        '2026-03-10'::date = make_date(2026, 3, 10) as is_read_alike`;
    const nobody = randomUUID() as OrganisationId; // no row is asked for
    const answers = [
      await chooseOrganisation(elsewhere.kysely, (transaction) => select.execute(transaction)),
      await withOrganisation(elsewhere.kysely, nobody, (transaction) => select.execute(transaction)),
    ];
    for (const { rows } of answers) {
      expect(JSON.parse(JSON.stringify(rows))).toEqual([
        { date: '2026-03-10', instant: '2026-03-10T18:35:00Z', is_read_alike: true },
      ]);
    }
  });
});
