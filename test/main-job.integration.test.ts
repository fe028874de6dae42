import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScenarioDirectory } from '../sandbox/read-scenario-directory.ts';
import { loadScenario } from '../sandbox/scenario/load-scenario.ts';
import { type Sandbox, startSandbox } from '../sandbox/start-sandbox.ts';
import { FakeClock } from './support/fake-clock.ts';
import { createTestCompany, firstKey, type TestCompany } from './support/test-company.ts';
import { createTestDatabase, type TestDatabase } from './support/test-database.ts';

const folder = fileURLToPath(new URL('../sandbox/scenarios/demo', import.meta.url));

describe('the main job, on the demo company', () => {
  const clock = new FakeClock('2026-03-11T05:30:00Z', { autoAdvance: true });
  let database: TestDatabase;
  let sandbox: Sandbox;
  let company: TestCompany;

  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startSandbox({ scenario: { folder }, clock });
    const credentials = firstKey(await loadScenario(folder));
    company = await createTestCompany({ database, clock, sandbox, credentials });
    await company.importDirectory((await readScenarioDirectory(folder, clock)) ?? '');
  });
  afterAll(async () => {
    await sandbox?.close();
    await database?.close();
  });

  it("brings yesterday's punches into the Daily Attendance report", async () => {
    const { run } = await company.fetch('2026-03-10');
    expect(run).toMatchObject({ state: 'partial', counts: { changed: 0, unchanged: 0, invalid: 0 } });
    expect(run.counts.inserted).toBeGreaterThan(200);

    const report = await company.daily('2026-03-10');
    expect(report).toMatchObject({ date: '2026-03-10', zone: 'Asia/Kolkata' });
    expect(report.rows.length).toBeGreaterThanOrEqual(run.counts.inserted);
    expect(report.rows.filter(({ status }) => status === 'present').length).toBeGreaterThan(150);
  });

  it('writes nothing when the same day is read again', async () => {
    const { run } = await company.fetch('2026-03-10');
    expect(run.counts).toMatchObject({ inserted: 0, changed: 0 });
    expect(run.counts.unchanged).toBeGreaterThan(200);
  });
});
