import { describe, expect, it } from 'vitest';
import { guid, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { changeConnection } from '../../src/connections/change-connection.ts';
import { readIntegrationReport } from '../../src/reports/integration/read-integration-report.ts';
import { listScheduleStatuses } from '../../src/runs/schedule-status.ts';
import { attendanceRequests, readCoverage, type StageOptions, useStages } from '../support/case-stage.ts';
import { openWorkerStage } from '../support/worker-stage.ts';

// Groups G and H of the known failures: mornings on which Keka does not answer, or not with the truth.

const stages = useStages();

const people = 12;
const days = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) => Temporal.PlainDate.from(from).add({ days: index }).toString());
const directory = [
  'employee_id,first_name,last_name',
  ...Array.from({ length: people }, (_, index) => `E${index + 1},Asha,Rao ${index + 1}`),
].join('\n');
const everybody = (day: string) => Array.from({ length: people }, (_, index) => record(index + 1, day));
const nobody = (day: string) =>
  Array.from({ length: people }, (_, index) => ({ employeeIdentifier: guid(index + 1), date: day }));

async function open(options: Partial<StageOptions> = {}) {
  const stage = await stages.open({
    scenario: smallScenario(people, days('2026-03-01', 25)),
    directory,
    ...options,
  });
  const status = async () => {
    const [only] = await listScheduleStatuses(stage.company.context);
    if (only === undefined) throw new Error('the company has a connection');
    return only;
  };
  return { stage, status, ...openWorkerStage(stage) };
}

const answer = (status: number) => ({
  name: 'away',
  match: { host: 'tenant' as const },
  answer: { kind: 'respond' as const, status, body: 'away' },
});

describe('C75, C76: a morning on which Keka answers with nobody', () => {
  it('is partial with both figures, makes nobody absent, and is tried again until everybody is there', async () => {
    const { liveUntil, runs, startWorker, stage, status } = await open();
    await startWorker();
    await liveUntil('2026-03-13T12:00:00Z');
    stage.control.removeAttendance(nobody('2026-03-13'));
    await liveUntil('2026-03-14T05:31:00Z');

    const [morning] = (await runs()).slice(-1);
    expect(morning).toMatchObject({ state: 'partial', isComplete: false, dueAt: '2026-03-14T05:30:00Z' });
    const report = await readIntegrationReport(stage.company.context, { run: morning?.id });
    expect(report.problems).toMatchObject([
      { code: 'suspicious_empty', date: '2026-03-13', details: { expected: people, actual: 0 } },
    ]);
    const daily = await stage.company.daily('2026-03-13');
    expect(new Set(daily.rows.map((row) => row.status))).toEqual(new Set(['not_read_yet']));
    const seen = await status();
    expect(seen.plannedRetry).toMatchObject({ reason: 'suspicious', attempts: 1 });
    expect(seen.plannedRetry?.at.slice(0, 15)).toBe('2026-03-14T05:4');
    // C99: three facts, none of which hides another.
    expect(seen.lastSuccess?.at.slice(0, 16)).toBe('2026-03-13T05:30');
    expect(seen.lastAttempt).toMatchObject({ run: morning?.id, state: 'partial' });
    expect(seen.nextDueAt).toBe('2026-03-15T05:30:00Z');
    expect(seen.readUpTo).toBe('2026-03-12');

    // Half of them after an hour, all of them after two.
    stage.control.upsertAttendance(everybody('2026-03-13').slice(0, people / 2 - 1));
    await liveUntil('2026-03-14T06:30:00Z');
    expect((await runs()).at(-1)).toMatchObject({ trigger: 'retry', state: 'partial' });
    stage.control.upsertAttendance(everybody('2026-03-13'));
    await liveUntil('2026-03-14T12:00:00Z');
    const all = await runs();
    expect(all.at(-1)).toMatchObject({ trigger: 'retry', isComplete: true, to: '2026-03-13' });
    const waits = all.slice(-4).map(({ startedAt }) => startedAt.slice(11, 14));
    expect(new Set(waits).size).toBeGreaterThan(2);
    expect(await status()).toMatchObject({ plannedRetry: null, readUpTo: '2026-03-13' });
    expect((await status()).lastSuccess?.run).toBe(all.at(-1)?.id);
    const after = await stage.company.daily('2026-03-13');
    expect(new Set(after.rows.map((row) => row.status))).toEqual(new Set(['present']));
  });

  it('for ever is tried ever less often, and the next morning comes as if nothing had been', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    await startWorker();
    await liveUntil('2026-03-13T12:00:00Z');
    stage.control.removeAttendance(nobody('2026-03-13'));
    await liveUntil('2026-03-15T05:00:00Z');
    const tries = (await runs()).filter(({ requestedAt }) => requestedAt > '2026-03-14');
    expect(tries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await liveUntil('2026-03-15T05:31:00Z');
    const morning = (await runs()).at(-1);
    expect(morning).toMatchObject({ trigger: 'schedule', state: 'partial', attempt: 1 });
    expect(Object.keys(await readCoverage(stage))).toContain('2026-03-14');
    expect(Object.keys(await readCoverage(stage))).not.toContain('2026-03-13');
  });
});

describe('a morning on which Keka is not there', () => {
  it('is tried again with growing waits, and succeeds when it is back', async () => {
    const { liveUntil, runs, startWorker, stage, status } = await open();
    await startWorker();
    stage.control.addFault(answer(503));
    await liveUntil('2026-03-13T07:00:00Z');
    const failed = await runs();
    expect(new Set(failed.map(({ state }) => state))).toEqual(new Set(['failed']));
    expect(failed.length).toBeGreaterThan(2);
    expect(await status()).toMatchObject({ lastSuccess: null, lastAttempt: { state: 'failed' } });
    expect((await status()).plannedRetry?.reason).toBe('failed');
    stage.control.clearFaults('away');
    await liveUntil('2026-03-13T20:00:00Z');
    expect((await runs()).at(-1)).toMatchObject({ trigger: 'retry', isComplete: true });
    expect(await status()).toMatchObject({ plannedRetry: null, readUpTo: '2026-03-12' });
  });

  it('C48: because it only ever answers 429, the run says so, nothing is stored, and the next try is known', async () => {
    const { liveUntil, runs, startWorker, stage, status } = await open();
    await startWorker();
    stage.control.addFault({ ...answer(429), match: { path: '/api/v1/time/attendance' } });
    await liveUntil('2026-03-13T05:31:00Z');
    // However long it waits for the quota, a run that lives is not taken for dead.
    const all = await runs();
    expect(all[0]).toMatchObject({ state: 'failed', errorCode: 'rate_limited' });
    expect(all[0]?.waitedSeconds).toBeGreaterThan(100);
    expect(all.map(({ state }) => state)).not.toContain('interrupted');
    expect(await readCoverage(stage)).toEqual({});
    expect((await status()).plannedRetry?.reason).toBe('failed');
  });

  it('a token that is revoked in the middle costs one more request for a token, and nothing else', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    await startWorker();
    stage.control.addFault({
      name: 'revoked',
      match: { path: '/api/v1/time/attendance' },
      times: 1,
      answer: { kind: 'revoke-token' },
    });
    await liveUntil('2026-03-13T06:00:00Z');
    expect(await runs()).toMatchObject([{ isComplete: true, errorCode: null }]);
    expect(attendanceRequests(stage).map(({ status }) => status)).toEqual([401, 200]);
  });
});

describe('what only a person can mend', () => {
  it('is not tried before the next morning, but at once with new secrets', async () => {
    const { liveUntil, runs, startWorker, stage, status } = await open();
    await startWorker();
    stage.control.changeKey('main', { revoked: true });
    await liveUntil('2026-03-14T05:00:00Z');
    expect(await runs()).toMatchObject([{ state: 'failed' }]);
    expect(await status()).toMatchObject({ plannedRetry: null });

    stage.control.changeKey('main', { revoked: false });
    const { company } = stage;
    await changeConnection(company.context, company.encryptionKey, await company.connection(), {
      credentials: company.credentials,
    });
    await liveUntil('2026-03-14T05:01:00Z');
    expect((await runs()).at(-1)).toMatchObject({
      trigger: 'retry',
      isComplete: true,
      from: '2026-03-11',
      to: '2026-03-13',
    });
  });
});

describe('a try that is due while somebody fetches other dates', () => {
  it('comes when that is over', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    await startWorker();
    await liveUntil('2026-03-13T12:00:00Z');
    stage.control.removeAttendance(nobody('2026-03-13'));
    await liveUntil('2026-03-14T05:31:00Z');
    const slow = {
      name: 'slow',
      match: { path: '/api/v1/time/attendance' },
      times: 1,
      answer: { kind: 'respond' as const, status: 429, headers: { 'retry-after': '1800' }, body: '' },
    };
    stage.control.addFault(slow);
    const fetching = stage.company.fetch('2026-03-05');
    await liveUntil('2026-03-14T05:55:00Z');
    stage.control.upsertAttendance(everybody('2026-03-13'));
    await stage.settle(fetching);
    await liveUntil('2026-03-14T07:00:00Z');
    expect((await runs()).findLast(({ trigger }) => trigger === 'retry')).toMatchObject({
      isComplete: true,
      to: '2026-03-13',
    });
  });
});
