import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import {
  credentials,
  record,
  smallScenario,
  smallScenarioStart,
} from '../../sandbox/testing/small-scenario.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestCompany } from '../../test/support/test-company.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import type { KekaPage } from '../keka/keka-page.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database?.close());

const pageSize = 4;

/** A Keka whose list loses its first record behind the first page of the first reading. */
function shrinkingKeka(people: number, day: string): KekaClient {
  let list = Array.from({ length: people }, (_, index) => record(index + 1, day));
  let readings = 0;
  const page = (pageNumber: number): KekaPage => ({
    pageNumber,
    pageSize,
    totalPages: Math.ceil(list.length / pageSize),
    totalRecords: list.length,
    records: list.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
  });
  return {
    async *readAttendance() {
      readings += 1;
      const first = page(1);
      yield first;
      if (readings === 1) list = list.slice(1);
      for (let number = 2; number <= first.totalPages; number += 1) yield page(number);
    },
    async *readEmployees() {},
    async *readRequests() {},
    findHost: async () => {},
    requestToken: async () => {},
    usage: () => ({ requests: 0, tokenRequests: 0, retries: 0, rateLimited: 0, waitedMilliseconds: 0 }),
    close: async () => {},
  };
}

it('reads again when somebody was removed behind the reader, so that nobody who moved up is left out', async () => {
  const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
  const sandbox = await startSandbox({ scenario: smallScenario(1, []), clock });
  onTestFinished(async () => sandbox.close());
  const company = await createTestCompany({ database, clock, sandbox, credentials });
  const client = shrinkingKeka(10, '2026-03-11');
  const { run } = await company.fetch('2026-03-11', '2026-03-11', { client });
  expect(run.counts).toMatchObject({ inserted: 9, invalid: 0 });
  const { rows } = await company.daily('2026-03-11');
  // E5 was the first of page 2 and became the last of page 1, which had been read.
  expect(new Set(rows.map(({ employeeNumber }) => employeeNumber))).toEqual(
    new Set(['E2', 'E3', 'E4', 'E5', 'E6', 'E7', 'E8', 'E9', 'E10']),
  );
});

it('finds days that nobody remembers to have read, and writes none of them twice', async () => {
  const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
  const sandbox = await startSandbox({ scenario: smallScenario(3, ['2026-03-11']), clock });
  onTestFinished(async () => sandbox.close());
  const company = await createTestCompany({ database, clock, sandbox, credentials });
  await company.fetch('2026-03-11', '2026-03-11');
  await database.pool.query('delete from date_coverage');

  const { run } = await company.fetch('2026-03-11', '2026-03-11');
  expect(run.counts).toMatchObject({ inserted: 0, changed: 0, unchanged: 3 });
});
