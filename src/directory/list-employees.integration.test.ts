import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials, smallScenario, smallScenarioStart } from '../../sandbox/testing/small-scenario.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestCompany } from '../../test/support/test-company.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { createConnection } from '../connections/connections.ts';
import { toEncryptionKey } from '../connections/sealed-credentials.ts';
import { listEmployees } from './list-employees.ts';

let database: TestDatabase;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;

beforeAll(async () => {
  database = await createTestDatabase();
  const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
  sandbox = await startSandbox({ scenario: smallScenario(2, ['2026-03-11']), clock });
});
afterAll(async () => {
  await sandbox?.close();
  await database?.close();
});

it('shows everybody in the order of names, with dates as dates and the connections in which they are linked', async () => {
  const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
  const company = await createTestCompany({ database, clock, sandbox, credentials });
  const key = toEncryptionKey(randomBytes(32).toString('base64'));
  await createConnection(company.context, key, { name: 'unused', subdomain: 'bolt', credentials });
  expect(await listEmployees(company.context)).toEqual({ total: 0, rows: [] });
  await company.importDirectory(
    [
      'employee_id,first_name,last_name,email,team,designation,location,joining_date,leaving_date',
      'E2,Binod,Jha,,,,,,',
      'E1,Asha,Rao,asha@acme.example,Support,Lead,Pune,2024-04-01,2026-12-31',
      'E9,Asha,Pal,,,,,,',
    ].join('\n'),
  );
  await company.fetch('2026-03-11');
  const nothing = {
    id: expect.any(String),
    email: null,
    phone: null,
    team: null,
    designation: null,
    location: null,
    joiningDate: null,
    leavingDate: null,
    timeZone: null,
    manager: null,
    status: 'active',
    employment: 'employed',
    tags: [],
    excluded: false,
  };
  expect((await listEmployees(company.context)).rows).toEqual([
    { employeeId: 'E9', firstName: 'Asha', lastName: 'Pal', ...nothing, linkedIn: [] },
    {
      ...nothing,
      employeeId: 'E1',
      firstName: 'Asha',
      lastName: 'Rao',
      email: 'asha@acme.example',
      team: 'Support',
      designation: 'Lead',
      location: 'Pune',
      joiningDate: '2024-04-01',
      leavingDate: '2026-12-31',
      linkedIn: ['test'],
    },
    { employeeId: 'E2', firstName: 'Binod', lastName: 'Jha', ...nothing, linkedIn: ['test'] },
  ]);
});
