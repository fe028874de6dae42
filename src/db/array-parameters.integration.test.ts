import * as fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { booleans, dates, hashes, instants, integers, texts, uuids } from './array-parameters.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());

async function comesBack(array: RawBuilder<unknown>): Promise<unknown[]> {
  const { rows } = await sql<{ value: unknown }>`select unnest(${array}) as value`.execute(database.kysely);
  return rows.map(({ value }) => value);
}

const itself = <Value>(value: Value) => value;

/** What PostgreSQL reads out of any list of these is what was in it. */
async function everyListComesBack<Value>(
  value: fc.Arbitrary<Value>,
  write: (rows: readonly (Value | null)[]) => RawBuilder<unknown>,
  expected: (value: Value) => unknown = itself,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(value, { freq: 4 }), { maxLength: 40 }), async (rows) => {
      const wanted = rows.map((row) => (row === null ? null : expected(row)));
      expect(await comesBack(write(rows))).toEqual(wanted);
    }),
    { numRuns: 60 },
  );
}

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('', 'NULL', '{}', '"', '\\', ',', '₹'.repeat(5000), 'x'.repeat(33)),
);

describe('a column of many rows', () => {
  it('of texts comes back letter by letter, whatever they are of', () =>
    everyListComesBack(
      text.map((value) => value.replaceAll('\0', '')),
      (rows) => texts(rows, itself),
    ));

  it('of GUIDs comes back in lower case', () =>
    everyListComesBack(
      fc.uuid().chain((guid) => fc.constantFrom(guid, guid.toUpperCase())),
      (rows) => uuids(rows, itself),
      (guid) => guid.toLowerCase(),
    ));

  it('of bytes comes back byte by byte', () =>
    everyListComesBack(
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
      (rows) => hashes(rows, (bytes) => bytes?.toString('hex') ?? null),
    ));

  it('of whole numbers and of truth values comes back', async () => {
    await everyListComesBack(fc.integer(), (rows) => integers(rows, itself));
    await everyListComesBack(fc.boolean(), (rows) => booleans(rows, itself));
  });

  it('of dates comes back, also from before PostgreSQL begins to count', () =>
    everyListComesBack(
      fc
        .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
        .map((date) => Temporal.PlainDate.from(date.toISOString().slice(0, 10))),
      (rows) => dates(rows, itself),
      (date) => expect.toSatisfy((other: Temporal.PlainDate) => date.equals(other)),
    ));

  it('of instants comes back to the nearest microsecond', () =>
    everyListComesBack(
      fc
        .bigInt({ min: -2_000_000_000_000_000_000n, max: 4_000_000_000_000_000_000n })
        .map((nanoseconds) =>
          Temporal.Instant.fromEpochMilliseconds(0).add({ nanoseconds: Number(nanoseconds) }),
        ),
      (rows) => instants(rows, itself),
      (instant) => {
        const nearest = instant.round({ smallestUnit: 'microsecond', roundingMode: 'halfCeil' });
        return expect.toSatisfy((other: Temporal.Instant) => nearest.equals(other));
      },
    ));
});
