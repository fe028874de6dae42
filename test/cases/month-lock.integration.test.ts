import { beforeAll, describe, expect, it } from 'vitest';
import { guid, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { createJobs } from '../../src/jobs/jobs.ts';
import { createLog } from '../../src/log/log.ts';
import { listMonthLocks, lockMonth, unlockMonth } from '../../src/rules/locks/lock-month.ts';
import { makePolicy } from '../../src/rules/policies/make-policy.ts';
import { reevaluateAll } from '../../src/rules/reevaluation/reevaluate.ts';
import { acceptDrift } from '../../src/runs/drift/accept-drift.ts';
import { listDrift } from '../../src/runs/drift/list-drift.ts';
import { dumpDays, readRevisions, type Stage, useStages } from '../support/case-stage.ts';

// A month that was closed stays as it was; what Keka changes afterwards waits to be accepted.

const stages = useStages();
const graceMinutes = 120;
const february = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`);
const directory = [
  'employee_id,first_name,last_name',
  ...['Asha', 'Binod', 'Chitra'].map((name, index) => `E${index + 1},${name},Rao`),
].join('\n');

async function open(): Promise<Stage> {
  const stage = await stages.open({
    scenario: smallScenario(3, [...february, '2026-03-02']),
    directory,
  });
  await stage.fetch('2026-02-01', '2026-03-11', { acceptUnusualCount: true });
  return stage;
}

const outAt = (person: number, date: string, time: string) => {
  const usual = record(person, date);
  return {
    ...usual,
    lastOutOfTheDay: { ...(usual['lastOutOfTheDay'] as object), timestamp: `${date}T${time}Z` },
  };
};
const fetchAll = (stage: Stage) => stage.fetch('2026-02-01', '2026-03-11', { acceptUnusualCount: true });
const drift = async ({ company }: Stage) => (await listDrift(company.context, '2026-02')).days;
const told = (days: Awaited<ReturnType<typeof drift>>) =>
  days.map(({ kind, date, employeeId, changed }) => `${date} ${employeeId} ${kind} ${changed.join()}`.trim());

describe('a month that is locked', () => {
  let stage: Stage;
  let before: readonly string[];

  beforeAll(async () => {
    stage = await open();
    await lockMonth(stage.company.context, { month: '2026-02' });
    before = await dumpDays(stage);
    stage.control.upsertAttendance([
      outAt(1, '2026-02-10', '14:00:00'),
      outAt(1, '2026-03-02', '14:00:00'),
      record(4, '2026-02-11'),
    ]);
    stage.control.removeAttendance([{ employeeIdentifier: guid(3), date: '2026-02-12' }]);
  });

  const ofFebruary = (days: readonly string[]) => days.filter((day) => day.includes('2026-02-'));

  it('is not changed by a fetch, which counts what it held back and says so', async () => {
    const { run, problems } = await fetchAll(stage);
    expect(run).toMatchObject({
      state: 'succeeded',
      counts: { inserted: 0, changed: 1, unchanged: 84, invalid: 0, held: 2 },
    });
    expect(problems.filter(({ code }) => code === 'changed_after_lock')).toMatchObject([
      { days: 3, sourceGuid: null },
    ]);
    const after = await dumpDays(stage);
    expect(after).toHaveLength(before.length);
    const lockedDays = after.filter((day, index) => day === before[index]);
    expect(lockedDays).toHaveLength(86);
    expect((await stage.company.row('2026-03-02', 'E1')).lastOut?.time).toBe('19:30');
    expect((await stage.company.row('2026-02-10', 'E1')).lastOut?.time).toBe('18:10');
    expect((await stage.company.row('2026-02-12', 'E3')).flags).not.toContain('withdrawn');
    expect(await readRevisions(stage)).toHaveLength(1);
    expect(ofFebruary(after).length).toBeGreaterThan(0);
  });

  it('has a list of what Keka has otherwise, with both values', async () => {
    const days = await drift(stage);
    expect(told(days)).toEqual([
      '2026-02-10 E1 changed lastOut',
      '2026-02-11 null new',
      '2026-02-12 E3 withdrawn',
    ]);
    expect(days[0]).toMatchObject({
      stored: { lastOut: '2026-02-10T12:40:00Z' },
      keka: { lastOut: '2026-02-10T14:00:00Z' },
    });
    expect(days[1]).toMatchObject({ stored: null, keka: { firstIn: '2026-02-11T03:42:00Z' } });
    expect(days[2]).toMatchObject({ stored: { lastOut: '2026-02-12T12:40:00Z' }, keka: null });
    expect(await listMonthLocks(stage.company.context)).toMatchObject([
      { month: '2026-02', lockedBy: 'tester', drift: 3 },
    ]);
  });

  it('is the same list after another fetch, and shorter when Keka takes a change back', async () => {
    const { run } = await fetchAll(stage);
    expect(run.counts).toMatchObject({ changed: 0, unchanged: 85, held: 2 });
    expect(await drift(stage)).toHaveLength(3);
    stage.control.upsertAttendance([record(3, '2026-02-12')]);
    await fetchAll(stage);
    expect(told(await drift(stage))).toEqual(['2026-02-10 E1 changed lastOut', '2026-02-11 null new']);
    stage.control.upsertAttendance([outAt(2, '2026-02-13', '15:00:00')]);
    await fetchAll(stage);
    stage.control.upsertAttendance([record(2, '2026-02-13')]);
    await fetchAll(stage);
    expect(await drift(stage)).toHaveLength(2);
  });

  it('is not judged anew by a policy that reaches back', async () => {
    const jobs = createJobs({ pool: stages.database.pool, log: createLog('silent') });
    await makePolicy(stage.company.context, jobs, { from: '2026-01-01', earlyOutGraceMinutes: 30 });
    const { signal } = new AbortController();
    await reevaluateAll(stage.company.context, { graceMinutes, signal });
    expect(await stage.company.row('2026-02-10', 'E2')).toMatchObject({ earlyOutMinutes: 20 });
    expect(await stage.company.row('2026-03-02', 'E2')).toMatchObject({ earlyOutMinutes: 0 });
  });

  it('takes over a day that is accepted, and keeps its old version', async () => {
    const { context } = stage.company;
    const [first] = await drift(stage);
    expect(await acceptDrift(context, { month: '2026-02', days: [first] }, graceMinutes)).toBe(1);
    expect(await stage.company.row('2026-02-10', 'E1')).toMatchObject({
      lastOut: { time: '19:30' },
      earlyOutMinutes: 0,
      flags: ['changed'],
    });
    expect((await readRevisions(stage)).at(-1)).toMatchObject({ date: '2026-02-10', changed: ['lastOut'] });
    expect(await drift(stage)).toHaveLength(1);
    expect((await fetchAll(stage)).run.counts).toMatchObject({ changed: 0, held: 1 });
  });

  it('takes over all of them, new people and days that are gone included', async () => {
    const { context } = stage.company;
    stage.control.removeAttendance([{ employeeIdentifier: guid(3), date: '2026-02-12' }]);
    await fetchAll(stage);
    expect(await acceptDrift(context, { month: '2026-02' }, graceMinutes)).toBe(2);
    expect(await drift(stage)).toEqual([]);
    expect(await stage.company.row('2026-02-11', 'E4')).toMatchObject({ firstIn: { time: '09:12' } });
    expect((await stage.company.row('2026-02-12', 'E3')).flags).toContain('withdrawn');
    const { run } = await fetchAll(stage);
    expect(run.counts).toMatchObject({ inserted: 0, changed: 0, held: 0 });
  });
});

describe('locking', () => {
  it('is refused while the month goes on, has gaps, or is locked already', async () => {
    const stage = await open();
    const { context } = stage.company;
    const refusal = async (month: string) => {
      const error: unknown = await lockMonth(context, { month }).catch((thrown: unknown) => thrown);
      return error instanceof Error ? error.message : '';
    };
    expect(await refusal('2026-03')).toContain('is not over yet');
    expect(await refusal('2026-13')).toContain('must be a month');
    expect(await refusal('2026-01')).toContain('has 31 dates that were not read completely');
    await lockMonth(context, { month: '2026-01', acceptGaps: true });
    expect(await refusal('2026-01')).toContain('is locked already');
  });

  it('is undone by unlocking, after which a fetch writes what was held back', async () => {
    const stage = await open();
    const { context } = stage.company;
    await lockMonth(context, { month: '2026-02' });
    stage.control.upsertAttendance([outAt(1, '2026-02-10', '14:00:00')]);
    await fetchAll(stage);
    await unlockMonth(context, '2026-02');
    expect(await drift(stage)).toHaveLength(1);
    expect((await fetchAll(stage)).run.counts).toMatchObject({ changed: 1, held: 0 });
    expect((await stage.company.row('2026-02-10', 'E1')).lastOut?.time).toBe('19:30');
    expect(await drift(stage)).toEqual([]);
    await expect(unlockMonth(context, '2026-02')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('works over HTTP and on the command line', async () => {
    const stage = await open();
    const organisation = `organisation=${encodeURIComponent(stage.company.context.organisation.name)}`;
    const api = await stage.installation.serve();
    const locked = await api.post(`/api/v1/month-locks?${organisation}`, { month: '2026-02' });
    expect([locked.status, JSON.parse(locked.body)]).toMatchObject([201, [{ month: '2026-02', drift: 0 }]]);
    stage.control.upsertAttendance([outAt(1, '2026-02-10', '14:00:00'), outAt(2, '2026-02-10', '14:00:00')]);
    await fetchAll(stage);
    const list = await api.get(`/api/v1/drift?${organisation}&month=2026-02`);
    expect(JSON.parse(list.body)).toMatchObject({
      total: 2,
      days: [{ employeeId: 'E1' }, { employeeId: 'E2' }],
    });
    expect((await api.get(`/api/v1/drift?${organisation}&month=2026`)).status).toBe(422);
    expect((await stage.run('months', 'drift', '2026-02')).out).toMatch(
      /2026-02-10 +E1 +Asha Rao +changed +lastOut/,
    );
    const one = ['--person', guid(1), '--date', '2026-02-10'];
    expect((await stage.run('months', 'accept', '2026-02', ...one)).out).toContain('1 days taken over');
    expect((await stage.run('months', 'accept', '2026-02')).code).toBe(2);
    const rest = await api.post(`/api/v1/drift/accept?${organisation}`, { month: '2026-02' });
    expect(JSON.parse(rest.body)).toEqual({ accepted: 1 });
    expect((await stage.run('months', 'list')).out).toContain('2026-02  locked by');
    expect((await stage.run('months', 'unlock', '2026-02')).code).toBe(0);
    expect((await stage.run('months', 'lock', '2026-03')).code).toBe(2);
    await api.close();
  });
});
