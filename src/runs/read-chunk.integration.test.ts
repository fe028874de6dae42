import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import {
  credentials,
  guid,
  smallScenario,
  smallScenarioStart,
} from '../../sandbox/testing/small-scenario.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestCompany } from '../../test/support/test-company.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database?.close());

it('reads again when somebody was removed behind the reader, so that nobody who moved up is left out', async () => {
  const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
  const sandbox = await startSandbox({ scenario: smallScenario(401, ['2026-03-11']), clock });
  onTestFinished(async () => sandbox.close());
  const company = await createTestCompany({ database, clock, sandbox, credentials });
  let isRemoved = false;
  const { run } = await company.fetch('2026-03-11', '2026-03-11', {
    concurrency: 1,
    onEvent: (event) => {
      if (event.kind !== 'page_stored' || isRemoved) return;
      // Page 1 has arrived; person 201, the first of page 2, is now the last of page 1.
      isRemoved =
        sandbox.control.removeAttendance([{ employeeIdentifier: guid(1), date: '2026-03-11' }]) === 1;
    },
  });
  expect(isRemoved).toBe(true);
  expect(run.counts).toMatchObject({ inserted: 400, invalid: 0 });
  const { rows } = await company.daily('2026-03-11');
  expect(rows.map(({ employeeNumber }) => employeeNumber)).toContain('E201');
  expect(rows.map(({ employeeNumber }) => employeeNumber)).not.toContain('E1');
});
