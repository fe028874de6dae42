import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import { createJobs, type Jobs } from '../../src/jobs/jobs.ts';
import { createLog } from '../../src/log/log.ts';
import { changePolicy, makePolicy, removePolicy } from '../../src/rules/policies/make-policy.ts';
import { listPolicies } from '../../src/rules/policies/policies.ts';
import { previewPolicy } from '../../src/rules/policies/preview-policy.ts';
import { judgeNightly } from '../../src/rules/reevaluation/judge-nightly.ts';
import { listReevaluations } from '../../src/rules/reevaluation/list-reevaluations.ts';
import { reevaluateAll } from '../../src/rules/reevaluation/reevaluate.ts';
import { dumpContent, dumpDays, type Stage, useStages } from '../support/case-stage.ts';
import { openWorkerStage } from '../support/worker-stage.ts';

// What an organisation asks of a day: from when, for whom, and what becomes of days that are stored.

const stages = useStages();
const graceMinutes = 120;
const { signal } = new AbortController();

// The shift is 09:30 to 18:30; everybody comes at 09:12 and leaves at 18:10 unless it says otherwise here.
const inAt = (id: number, date: string, time: string) => {
  const usual = record(id, date);
  const punch = usual['firstInOfTheDay'];
  return record(id, date, {
    firstInOfTheDay: { ...(punch as object), timestamp: `${date}T${time}Z` },
  });
};
const directory = [
  'employee_id,first_name,last_name,team,location',
  'E1,Asha,Rao,Sales,Pune',
  'E2,Binod,Rao,Support,Chennai',
].join('\n');
const dates = ['2026-03-09', '2026-03-10', '2026-03-11'];

async function open(): Promise<Stage & { jobs: Jobs }> {
  const attendance = dates.flatMap((date) => [inAt(1, date, '04:10:00'), inAt(2, date, '04:25:00')]);
  const stage = await stages.open({ scenario: smallScenario(2, [], { attendance }), directory });
  await stage.fetch('2026-03-09', '2026-03-11');
  const jobs = createJobs({ pool: stages.database.pool, log: createLog('silent') });
  return { ...stage, jobs };
}

/** How late everybody is on each date, as `E1 10, E2 25`. */
async function lateness({ company }: Stage): Promise<readonly string[]> {
  const told: string[] = [];
  for (const date of dates) {
    const { rows } = await company.daily(date);
    told.push(rows.map(({ employeeId, lateMinutes }) => `${employeeId} ${lateMinutes}`).join(', '));
  }
  return told;
}

const judge = ({ company }: Stage, daysAtOnce = 2000) =>
  reevaluateAll(company.context, { graceMinutes, signal, daysAtOnce });

describe('a policy', () => {
  let stage: Stage & { jobs: Jobs };

  beforeAll(async () => {
    stage = await open();
  });

  it('holds from its first day on, and leaves the days before as they were', async () => {
    expect(await lateness(stage)).toEqual(['E1 10, E2 25', 'E1 10, E2 25', 'E1 10, E2 25']);
    const made = await makePolicy(stage.company.context, stage.jobs, {
      from: '2026-03-10',
      lateGraceMinutes: 10,
    });
    expect(made).toMatchObject({
      number: 1,
      scope: 'organisation',
      earlyOutGraceMinutes: 0,
      madeBy: 'tester',
    });
    await judge(stage);
    expect(await lateness(stage)).toEqual(['E1 10, E2 25', 'E1 0, E2 25', 'E1 0, E2 25']);
    expect(await listReevaluations(stage.company.context)).toMatchObject([
      { reason: 'policy', from: '2026-03-10', to: '2026-03-11', state: 'finished', judged: 4, changed: 4 },
    ]);
  });

  it('of a team, a place or a shift goes before that of the organisation', async () => {
    const { context } = stage.company;
    await makePolicy(context, stage.jobs, {
      scope: 'team',
      subject: 'Support',
      from: '2026-03-11',
      lateGraceMinutes: 30,
    });
    await judge(stage, 1);
    expect(await lateness(stage)).toEqual(['E1 10, E2 25', 'E1 0, E2 25', 'E1 0, E2 0']);
    await makePolicy(context, stage.jobs, {
      scope: 'location',
      subject: 'pune',
      from: '2026-03-09',
      to: '2026-03-10',
      lateGraceMinutes: 9,
    });
    await judge(stage);
    expect(await lateness(stage)).toEqual(['E1 10, E2 25', 'E1 10, E2 25', 'E1 0, E2 0']);
    expect((await listPolicies(context)).map(({ number, name }) => [number, name])).toEqual([
      [3, 'pune'],
      [1, null],
      [2, 'Support'],
    ]);
  });

  it('is applied by the next fetch, which then has nothing to change', async () => {
    const before = await dumpContent(stage);
    const { run } = await stage.fetch('2026-03-09', '2026-03-11');
    expect(run.counts).toMatchObject({ inserted: 0, changed: 0, unchanged: 6 });
    expect(await dumpContent(stage)).toEqual(before);
    stage.control.upsertAttendance([inAt(2, '2026-03-11', '04:31:00')]);
    await stage.fetch('2026-03-11');
    expect(await stage.company.row('2026-03-11', 'E2')).toMatchObject({
      lateMinutes: 31,
      flags: ['late', 'early_out', 'changed'],
    });
  });

  it('can be changed and removed, and its number is not given again', async () => {
    const { context } = stage.company;
    await changePolicy(context, stage.jobs, 1, { from: '2026-03-09', lateGraceMinutes: 25 });
    await removePolicy(context, stage.jobs, 3);
    await judge(stage);
    expect(await lateness(stage)).toEqual(['E1 0, E2 0', 'E1 0, E2 0', 'E1 0, E2 31']);
    const next = await makePolicy(context, stage.jobs, {
      scope: 'location',
      subject: 'Pune',
      lateGraceMinutes: 5,
    });
    expect(next.number).toBe(4);
    const { rows } = await inOrganisation(context, (transaction) =>
      sql<{ action: string; name: string }>`
        select action, subject_name as name from audit_entry where subject_kind = 'attendance policy' order by id`.execute(
        transaction,
      ),
    );
    expect(rows.map(({ action, name }) => `${action} ${name}`)).toEqual([
      'made the attendance policy 1 (organisation)',
      'made the attendance policy 2 (team Support)',
      'made the attendance policy 3 (location pune)',
      'changed the attendance policy 1 (organisation)',
      'removed the attendance policy 3 (location pune)',
      'made the attendance policy 4 (location Pune)',
    ]);
  });

  it.each([
    [{ lateGraceMinutes: -1 }, 'lateGraceMinutes'],
    [{ lateGraceMinutes: 1.5 }, 'lateGraceMinutes'],
    [{ fullDayMinutes: 240, halfDayMinutes: 241 }, 'halfDayMinutes'],
    [{ from: '2026-02-30' }, 'from'],
    [{ from: '2026-03-10', to: '2026-03-09' }, 'to'],
    [{ scope: 'team', subject: 'Nobody' }, 'subject'],
    [{ scope: 'team' }, 'subject'],
    [{ scope: 'shift', subject: '9-17' }, 'subject'],
    [{ subject: 'Pune' }, 'subject'],
    [{ from: '2026-03-09' }, 'from'], // begins on the same day as number 1
  ])('%j is refused, and nothing is changed', async (input, field) => {
    const before = await listPolicies(stage.company.context);
    const work = makePolicy(stage.company.context, stage.jobs, input);
    await expect(work).rejects.toMatchObject({ code: 'invalid_input', faults: [{ field }] });
    expect(await listPolicies(stage.company.context)).toEqual(before);
  });
});

describe('days that are judged anew', () => {
  it('are the same as if they had been fetched under the policy at first', async () => {
    const policies = [
      {
        from: '2026-03-10',
        lateGraceMinutes: 5,
        fullDayMinutes: 480,
        halfDayMinutes: 240,
        overtimeAfterMinutes: 0,
      },
      { scope: 'shift', subject: '09:30-18:30', from: '2026-03-11', earlyOutGraceMinutes: 20 },
    ];
    const [late, early] = [
      await open(),
      await stages.open({
        scenario: smallScenario(2, [], {
          attendance: dates.flatMap((date) => [inAt(1, date, '04:10:00'), inAt(2, date, '04:25:00')]),
        }),
        directory,
      }),
    ];
    for (const policy of policies) {
      await makePolicy(late.company.context, late.jobs, policy);
      await makePolicy(early.company.context, late.jobs, policy);
    }
    await early.fetch('2026-03-09', '2026-03-11');
    await judge(late);
    expect(await dumpContent(late)).toEqual(await dumpContent(early));
  });

  it('are brought up to new rules in the night, once, also those whose shift only the record tells', async () => {
    const stage = await open();
    const asFetched = await dumpDays(stage);
    await stages.database.pool.query(
      `update attendance_day set rules_version = 1, shift_minutes = null, late_minutes = null, early_out_minutes = null,
        expected_minutes = null, overtime_minutes = null, flags = '{}' where organisation_id = $1`,
      [stage.company.context.organisation.id],
    );
    expect(await dumpDays(stage)).not.toEqual(asFetched);
    await judgeNightly(stage.company.context, { graceMinutes, signal });
    expect(await dumpDays(stage)).toEqual(asFetched);
    await judgeNightly(stage.company.context, { graceMinutes, signal });
    expect(await listReevaluations(stage.company.context)).toMatchObject([
      { reason: 'rules', judged: 6, changed: 6 },
    ]);
  });

  it('go on where a process was stopped', async () => {
    const stage = await open();
    await makePolicy(stage.company.context, stage.jobs, { from: '2026-03-01', lateGraceMinutes: 60 });
    const stopping = new AbortController();
    const { context } = stage.company;
    let transactions = 0;
    const counting = {
      get aborted() {
        return false;
      },
      throwIfAborted() {
        transactions += 1;
        if (transactions > 3) stopping.abort();
        stopping.signal.throwIfAborted();
      },
    };
    const stopped = reevaluateAll(context, {
      graceMinutes,
      signal: counting as unknown as AbortSignal, // nothing else of it is used
      daysAtOnce: 1,
    });
    await expect(stopped).rejects.toThrow();
    expect(await listReevaluations(context)).toMatchObject([{ state: 'waiting', judged: 3, changed: 3 }]);
    await judge(stage);
    expect(await listReevaluations(context)).toMatchObject([{ state: 'finished', judged: 6, changed: 6 }]);
    expect(await lateness(stage)).toEqual(['E1 0, E2 0', 'E1 0, E2 0', 'E1 0, E2 0']);
  });

  it('are judged by a worker, and in the night follow people to another place', async () => {
    const stage = await open();
    const { context } = stage.company;
    const { startWorker, untilIdle } = openWorkerStage(stage);
    await startWorker();
    await makePolicy(context, stage.jobs, {
      scope: 'location',
      subject: 'Pune',
      from: '2026-03-01',
      lateGraceMinutes: 30,
    });
    await expect
      .poll(
        async () => {
          stage.clock.advance({ seconds: 1 });
          await untilIdle();
          return (await listReevaluations(context))[0]?.state;
        },
        { timeout: 15_000 },
      )
      .toBe('finished');
    expect(await lateness(stage)).toEqual(['E1 0, E2 25', 'E1 0, E2 25', 'E1 0, E2 25']);
    await stage.company.importDirectory(directory.replace('Chennai', 'Pune'));
    await judgeNightly(context, { graceMinutes, signal }); // of the rules
    await judgeNightly(context, { graceMinutes, signal });
    expect(await stage.company.row('2026-03-11', 'E2')).toMatchObject({ lateMinutes: 0 });
  });
});

describe('a draft of a policy', () => {
  it('shows what it would make of last month, and saves nothing', async () => {
    const stage = await open();
    const { context } = stage.company;
    stage.clock.set('2026-04-02T05:30:00Z');
    const before = [await dumpDays(stage), await listPolicies(context)];
    const preview = await previewPolicy(
      context,
      { draft: { lateGraceMinutes: 10, earlyOutGraceMinutes: 20, fullDayMinutes: 500 }, replaces: null },
      graceMinutes,
    );
    expect(preview).toEqual({
      from: '2026-03-01',
      to: '2026-03-31',
      days: 6,
      changed: 6,
      before: { statuses: { present: 6 }, flags: { late: 6, early_out: 6 } },
      after: { statuses: { half_day: 6 }, flags: { late: 3 } },
    });
    expect([await dumpDays(stage), await listPolicies(context)]).toEqual(before);
  });

  it('is refused over more than a year', async () => {
    const stage = await open();
    const dates = { from: Temporal.PlainDate.from('2025-01-01'), to: Temporal.PlainDate.from('2026-01-02') };
    const work = previewPolicy(stage.company.context, { draft: {}, replaces: null, dates }, graceMinutes);
    await expect(work).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('over HTTP and on the command line', () => {
  it('policies are made, listed, previewed, changed and removed', async () => {
    const stage = await open();
    const api = await stage.installation.serve();
    const organisation = `organisation=${encodeURIComponent(stage.company.context.organisation.name)}`;
    const path = '/api/v1/attendance-policies';
    const made = await api.post(`${path}?${organisation}`, { from: '2026-03-09', lateGraceMinutes: 30 });
    expect([made.status, JSON.parse(made.body)]).toMatchObject([201, { number: 1, lateGraceMinutes: 30 }]);
    const refused = await api.post(`${path}?${organisation}`, { lateGraceMinutes: 'ten' });
    expect(refused.status).toBe(422);
    const preview = await api.post(`${path}/preview?${organisation}`, {
      policy: { lateGraceMinutes: 20 },
      replaces: 1,
      from: '2026-03-09',
      to: '2026-03-11',
    });
    expect([preview.status, JSON.parse(preview.body)]).toMatchObject([
      200,
      { days: 6, before: { flags: { early_out: 6 } }, after: { flags: { late: 3 } } },
    ]);
    const changed = await api.patch(`${path}/1?${organisation}`, { lateGraceMinutes: 9 });
    expect([changed.status, JSON.parse(changed.body)]).toMatchObject([200, { lateGraceMinutes: 9 }]);
    expect((await api.patch(`${path}/9?${organisation}`, {})).status).toBe(404);
    const judging = await api.get(`/api/v1/reevaluations?${organisation}`);
    expect(JSON.parse(judging.body)).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
    await api.close();

    const added = await stage.run(
      'policies',
      'add',
      '--team',
      'Sales',
      '--from',
      '2026-03-10',
      '--late-grace',
      '15',
    );
    expect(added).toMatchObject({ code: 0 });
    expect(added.out).toContain('team Sales');
    expect(await lateness(stage)).toEqual(['E1 10, E2 25', 'E1 0, E2 25', 'E1 0, E2 25']);
    const shown = await stage.run('policies', 'preview', '--full-day', '500', '--json');
    expect(JSON.parse(shown.out)).toMatchObject({ from: '2026-02-01', days: 0 });
    expect(await stage.run('policies', 'change', '2', '--late-grace', '9', '--to', 'none')).toMatchObject({
      code: 0,
    });
    expect((await stage.run('policies', 'remove', '2')).out).toContain('4 stored days judged anew');
    expect((await stage.run('policies', 'add', '--late-grace', 'ten')).code).toBe(2);
    expect((await stage.run('policies', 'list')).out).toMatch(/1 .*everybody/);
  });
});
