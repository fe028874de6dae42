import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials, smallScenario, smallScenarioStart } from '../../sandbox/testing/small-scenario.ts';
import type { Membership } from '../../src/accounts/actor.ts';
import { changeZone } from '../../src/accounts/organisations.ts';
import { readAuditTrail } from '../../src/accounts/read-audit-trail.ts';
import { changeConnection } from '../../src/connections/change-connection.ts';
import { removeConnection } from '../../src/connections/connections.ts';
import type { EmployeeRef, UserId } from '../../src/db/schema.ts';
import { importEmployees } from '../../src/directory/import-employees.ts';
import { listEmployees } from '../../src/directory/list-employees.ts';
import { readDailyReport } from '../../src/reports/daily/read-daily-report.ts';
import { readIntegrationReport } from '../../src/reports/integration/read-integration-report.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createTestCompany, type TestCompany } from '../support/test-company.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const date = Temporal.PlainDate.from('2026-03-11');

let database: TestDatabase;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let company: TestCompany;

beforeAll(async () => {
  database = await createTestDatabase();
  const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
  sandbox = await startSandbox({ scenario: smallScenario(4, ['2026-03-11']), clock });
  company = await createTestCompany({ database, clock, sandbox, credentials });
  await company.importDirectory(
    'employee_id,first_name,last_name,team\nE1,Asha,Rao,Support\nE2,Binod,Jha,Sales\nE3,Chitra,Sen,\n',
  );
  await company.fetch('2026-03-11');
});
afterAll(async () => {
  await sandbox?.close();
  await database?.close();
});

function as(membership: Membership) {
  const actor = { kind: 'person', userId: randomUUID() as UserId, name: 'Devi', membership } as const;
  return { ...company.context, actor };
}

async function refOf(employeeId: string): Promise<EmployeeRef> {
  const { rows } = await database.pool.query<{ id: EmployeeRef }>(
    'select id from employee where employee_id = $1',
    [employeeId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no ${employeeId}`);
  return row.id;
}

async function seenBy(membership: Membership): Promise<readonly (string | null)[]> {
  const { rows } = await readDailyReport(as(membership), date);
  return rows.map(({ employeeId, employeeNumber }) => employeeId ?? employeeNumber);
}

describe('the Daily Attendance report', () => {
  it('shows everybody to owner, admin and auditor, those without a link too', async () => {
    for (const role of ['owner', 'admin', 'auditor'] as const) {
      expect(await seenBy({ role })).toEqual(['E1', 'E2', 'E3', 'E4']);
    }
  });

  it('shows a manager the own teams and nobody else', async () => {
    expect(await seenBy({ role: 'manager', teams: ['Support'] })).toEqual(['E1']);
    expect(await seenBy({ role: 'manager', teams: ['Support', 'Sales'] })).toEqual(['E1', 'E2']);
    expect(await seenBy({ role: 'manager', teams: [] })).toEqual([]);
    expect(await seenBy({ role: 'manager', teams: ['%'] })).toEqual([]);
  });

  it('shows an employee the own day and no other', async () => {
    expect(await seenBy({ role: 'employee', employee: await refOf('E2') })).toEqual(['E2']);
    expect(await seenBy({ role: 'employee', employee: null })).toEqual([]);
  });
});

it('the directory shows a manager the own teams and is closed to an employee', async () => {
  const list = await listEmployees(as({ role: 'manager', teams: ['Sales'] }));
  expect(list.rows.map(({ employeeId }) => employeeId)).toEqual(['E2']);
  const closed = listEmployees(as({ role: 'employee', employee: await refOf('E2') }));
  await expect(closed).rejects.toMatchObject({ code: 'not_allowed' });
});

it('who may only read changes nothing', async () => {
  const context = as({ role: 'auditor' });
  const connection = await company.connection();
  const csv = new TextEncoder().encode('employee_id,first_name,last_name\nE9,Ela,Das\n');
  for (const attempt of [
    changeConnection(context, company.encryptionKey, connection, { requestsPerMinute: 1 }),
    removeConnection(context, connection),
    importEmployees(context, csv),
    changeZone(context, { zone: 'Asia/Dubai' }),
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: 'not_allowed' });
  }
  expect(await company.connection()).toEqual(connection);
  expect((await listEmployees(context)).total).toBe(3);
  const report = readIntegrationReport(as({ role: 'manager', teams: ['Sales'] }), {});
  await expect(report).rejects.toMatchObject({ code: 'not_allowed' });
});

describe('the audit trail', () => {
  it('says who changed what, from what to what, and of secrets only that they were given', async () => {
    const context = as({ role: 'admin' });
    const connection = await company.connection();
    const secret = `canary-${randomBytes(12).toString('hex')}`;
    await changeConnection(context, company.encryptionKey, connection, {
      requestsPerMinute: 30,
      credentials: { ...credentials, apiKey: secret },
    });
    const [latest, ...earlier] = await readAuditTrail(context, { limit: 10 });
    expect(latest).toMatchObject({
      actor: { kind: 'person', name: 'Devi' },
      action: 'changed the connection',
      subject: { kind: 'connection', id: connection.id, name: 'test' },
      before: { requestsPerMinute: 1000 },
      after: { requestsPerMinute: 30, credentials: 'set' },
    });
    expect(earlier.map(({ action }) => action)).toEqual([
      'started a fetch',
      'imported employees',
      'added the connection',
    ]);
    const text = JSON.stringify([latest, ...earlier]);
    expect(text).not.toContain(secret);
    for (const value of Object.values(credentials)) expect(text).not.toContain(value);
  });

  it('has no entry for a change that changes nothing', async () => {
    const before = await readAuditTrail(company.context, { limit: 100 });
    const connection = await company.connection();
    const { requestsPerMinute } = connection;
    await changeConnection(company.context, company.encryptionKey, connection, { requestsPerMinute });
    await changeZone(company.context, { zone: company.context.organisation.zone });
    expect(await readAuditTrail(company.context, { limit: 100 })).toEqual(before);
  });

  it('is found by a part of who, what or which, taken letter by letter', async () => {
    const find = (search: string) => readAuditTrail(company.context, { limit: 10, search });
    expect(await find('devi')).toHaveLength(1);
    expect(await find('IMPORTED')).toHaveLength(1);
    expect(await find('%')).toEqual([]);
    expect(await find('_')).toEqual([]);
  });

  it('is narrowed to days, as the clock of the company has them', async () => {
    const all = await readAuditTrail(company.context, { limit: 100 });
    const dayOf = (at: string) =>
      Temporal.Instant.from(at).toZonedDateTimeISO(company.context.organisation.zone).toPlainDate();
    const day = dayOf(all[0]?.at ?? '');
    const within = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
      readAuditTrail(company.context, { limit: 100, from, to });
    expect(await within(day, day)).toEqual(all.filter(({ at }) => dayOf(at).equals(day)));
    expect(await within(day.add({ days: 1 }), day.add({ days: 9 }))).toEqual([]);
    expect(await within(day.subtract({ days: 99 }), day)).toEqual(all);
  });

  it('has nothing of a change that was rolled back', async () => {
    const before = await readAuditTrail(company.context, { limit: 100 });
    const failed = importEmployees(company.context, new TextEncoder().encode('employee_id,nonsense\nE1,x\n'));
    await expect(failed).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await readAuditTrail(company.context, { limit: 100 })).toEqual(before);
  });

  it('is closed to those who may not read it', async () => {
    const closed = readAuditTrail(as({ role: 'manager', teams: ['Sales'] }), { limit: 1 });
    await expect(closed).rejects.toMatchObject({ code: 'not_allowed' });
  });
});
