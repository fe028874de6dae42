import { describe, expect, it, onTestFinished } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { createJobs } from '../../src/jobs/jobs.ts';
import { createLog } from '../../src/log/log.ts';
import { attendConnection } from '../../src/runs/queue/attend-connection.ts';
import {
  attendanceRequests,
  dumpContent,
  readCoverage,
  type StageOptions,
  useStages,
} from '../support/case-stage.ts';
import { untilTrue } from '../support/until.ts';
import { openWorkerStage } from '../support/worker-stage.ts';

// Group G of the known failures: due times, missed ones, and several processes.

const stages = useStages();

const days = Array.from({ length: 25 }, (_, index) =>
  Temporal.PlainDate.from('2026-03-01').add({ days: index }).toString(),
);

async function open(options: Partial<StageOptions> = {}) {
  const stage = await stages.open({ scenario: smallScenario(5, days), directory: null, ...options });
  return { stage, ...openWorkerStage(stage) };
}

/** When each run began, to the minute, and why. */
const times = (runs: readonly { readonly startedAt: string; readonly trigger: string }[]) =>
  runs.map(({ startedAt, trigger }) => `${startedAt.slice(0, 16)} ${trigger}`);

describe('C60: a daily time', () => {
  it('is that of its zone, 05:30 UTC unless somebody changes it', async () => {
    const { changeSchedule, schedule, startWorker, untilIdle } = await open();
    await startWorker();
    await untilIdle();
    expect((await schedule()).nextDueAt?.toString()).toBe('2026-03-13T05:30:00Z');
    const changed = await changeSchedule({ at: '02:00', zone: 'Asia/Kolkata' });
    expect(changed.nextDueAt?.toString()).toBe('2026-03-12T20:30:00Z');
    const again = await changeSchedule({ zone: 'America/New_York' });
    // It is half past one in New York.
    expect(again.nextDueAt?.toString()).toBe('2026-03-12T06:00:00Z');
  });

  it('is due on every date once, with yesterday read each time', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    await startWorker();
    await liveUntil('2026-03-16T12:00:00Z');
    expect(times(await runs())).toEqual([
      '2026-03-13T05:30 schedule',
      '2026-03-14T05:30 schedule',
      '2026-03-15T05:30 schedule',
      '2026-03-16T05:30 schedule',
    ]);
    expect(Object.keys(await readCoverage(stage))).toEqual([
      '2026-03-11',
      '2026-03-12',
      '2026-03-13',
      '2026-03-14',
      '2026-03-15',
    ]);
  });
});

describe('C61, C62: due times while nothing ran', () => {
  it('are made up for by one run within a minute, which says so', async () => {
    const { liveUntil, runs, schedule, startWorker, stage } = await open();
    const first = await startWorker();
    await liveUntil('2026-03-13T05:20:00Z');
    await first.stop();
    stage.clock.set('2026-03-13T05:50:00Z');
    await startWorker();
    await liveUntil('2026-03-13T05:51:00Z');
    expect(await runs()).toMatchObject([{ trigger: 'catch_up', dueAt: '2026-03-13T05:30:00Z' }]);
    expect(times(await runs())).toEqual(['2026-03-13T05:50 catch_up']);
    expect((await schedule()).nextDueAt?.toString()).toBe('2026-03-14T05:30:00Z');
  });

  it('of five days are made up for by one run over all of their dates', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    const first = await startWorker();
    await liveUntil('2026-03-13T12:00:00Z');
    await first.stop();
    stage.clock.set('2026-03-18T12:00:00Z');
    await startWorker();
    await liveUntil('2026-03-19T05:00:00Z');
    const made = (await runs()).filter(({ startedAt }) => startedAt > '2026-03-14');
    expect(made).toMatchObject([{ trigger: 'catch_up', dueAt: '2026-03-18T05:30:00Z', isComplete: true }]);
    expect(Object.keys(await readCoverage(stage))).toContain('2026-03-17');
    expect(Object.keys(await readCoverage(stage))).toHaveLength(7);
  });
});

describe('C64: several processes', () => {
  it('give one run for a due time, and its requests once', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    for (let count = 0; count < 3; count += 1) await startWorker();
    await liveUntil('2026-03-14T12:00:00Z');
    expect(times(await runs())).toEqual(['2026-03-13T05:30 schedule', '2026-03-14T05:30 schedule']);
    expect(attendanceRequests(stage)).toHaveLength(2);
  });

  it('C73: leave what one fetch leaves, however often the schedule is saved', async () => {
    const { liveUntil, startWorker, stage, changeSchedule } = await open();
    await startWorker();
    for (let count = 0; count < 3; count += 1) await changeSchedule({ autoRun: true, at: '05:30' });
    await liveUntil('2026-03-13T12:00:00Z');
    const alone = await stages.open({
      scenario: smallScenario(5, days),
      directory: null,
      now: '2026-03-13T05:30:00Z',
    });
    await alone.fetch('2026-03-11', '2026-03-12');
    expect(await dumpContent(stage)).toEqual(await dumpContent(alone));
  });
});

describe('C63: a machine that sleeps', () => {
  it('has its run within a minute of waking up, although no time passed for its timers', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    await startWorker();
    await liveUntil('2026-03-12T17:30:00Z');
    // The wall clock jumps; what was asleep sleeps on for as long as it had left.
    stage.clock.jump('2026-03-13T08:30:00Z');
    await liveUntil('2026-03-13T08:31:00Z');
    expect(times(await runs())).toEqual(['2026-03-13T08:30 catch_up']);
  });
});

describe('C69: changes of the clock', () => {
  it.each([
    ['02:30', '2026-03-07T12:00:00Z', '2026-03-08T07:00', '2026-03-09T06:30'],
    ['01:30', '2026-10-31T12:00:00Z', '2026-11-01T05:30', '2026-11-02T06:30'],
  ])('give one run for each date at %s in New York', async (at, now, onTheDay, theDayAfter) => {
    const around = Array.from({ length: 5 }, (_, index) =>
      Temporal.PlainDate.from(now.slice(0, 10))
        .add({ days: index - 2 })
        .toString(),
    );
    const { changeSchedule, liveUntil, runs, startWorker, stage } = await open({
      scenario: smallScenario(5, around, { tenantChanges: { zone: 'America/New_York' } }),
      zone: 'America/New_York',
      now,
    });
    await changeSchedule({ at, zone: 'America/New_York' });
    await startWorker();
    await liveUntil(stage.clock.now().add({ hours: 48 }).toString());
    expect(times(await runs())).toEqual([`${onTheDay} schedule`, `${theDayAfter} schedule`]);
  });
});

describe('an edited schedule', () => {
  it('takes effect at once: a time that is past now and was to come today comes now', async () => {
    const { changeSchedule, liveUntil, runs, startWorker } = await open({ now: '2026-03-12T12:00:00Z' });
    await startWorker();
    await liveUntil('2026-03-13T05:10:00Z');
    await changeSchedule({ at: '05:00' });
    await liveUntil('2026-03-13T05:11:00Z');
    expect(times(await runs())).toEqual(['2026-03-13T05:10 catch_up']);
  });

  it('does not come twice: a later time, after this morning’s run, begins tomorrow', async () => {
    const { changeSchedule, liveUntil, runs, startWorker } = await open();
    await startWorker();
    await liveUntil('2026-03-13T05:45:00Z');
    await changeSchedule({ at: '06:00' });
    await liveUntil('2026-03-14T12:00:00Z');
    expect(times(await runs())).toEqual(['2026-03-13T05:30 schedule', '2026-03-14T06:00 schedule']);
  });

  it('without Auto-Run is not due, and begins anew when it is switched on again', async () => {
    const { changeSchedule, liveUntil, runs, schedule, startWorker } = await open();
    await startWorker();
    await liveUntil('2026-03-13T12:00:00Z');
    expect((await changeSchedule({ autoRun: false })).nextDueAt).toBeNull();
    await liveUntil('2026-03-15T12:00:00Z');
    expect((await schedule()).nextDueAt).toBeNull();
    await changeSchedule({ autoRun: true });
    await liveUntil('2026-03-16T12:00:00Z');
    expect(times(await runs())).toEqual(['2026-03-13T05:30 schedule', '2026-03-16T05:30 schedule']);
    const [, last] = await runs();
    expect(last).toMatchObject({ from: '2026-03-11', to: '2026-03-15', isComplete: true });
  });

  it.each([
    [{ at: '25:00' }, 'at'],
    [{ at: '5:30' }, 'at'],
    [{ zone: 'IST' }, 'zone'],
    [{ recheckAges: [0] }, 'recheckAges.0'],
    [{ recheckAges: [90] }, 'recheckAges.0'],
    [{ recheckAges: [1.5] }, 'recheckAges.0'],
    [{ autoRun: 'yes' }, 'autoRun'],
  ])('%j is refused, and changes nothing', async (input, field) => {
    const { changeSchedule, schedule } = await open();
    const before = await schedule();
    await expect(changeSchedule(input)).rejects.toMatchObject({ faults: [{ field }] });
    expect(await schedule()).toEqual(before);
  });
});

describe('a clock that was wrong', () => {
  it('far ahead for a while does not silence the mornings, and leaves no day unread', async () => {
    const { liveUntil, runs, schedule, startWorker, stage } = await open();
    await startWorker();
    await liveUntil('2026-03-13T12:00:00Z');
    stage.clock.jump('2026-06-20T12:00:00Z');
    await liveUntil('2026-06-20T12:10:00Z');
    stage.clock.jump('2026-03-13T12:30:00Z');
    await liveUntil('2026-03-16T12:00:00Z');
    expect((await schedule()).nextDueAt?.toString()).toBe('2026-03-17T05:30:00Z');
    const due = (await runs()).flatMap(({ dueAt }) => dueAt ?? []);
    for (const day of ['14', '15', '16']) expect(due).toContain(`2026-03-${day}T05:30:00Z`);
    expect(new Set(due).size).toBe(due.length);
  });

  it('ahead by a day has the morning done again when its time comes in truth', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    await startWorker();
    await liveUntil('2026-03-13T12:00:00Z');
    stage.clock.jump('2026-03-14T12:00:00Z');
    await liveUntil('2026-03-14T12:01:00Z');
    stage.clock.jump('2026-03-13T12:05:00Z');
    await liveUntil('2026-03-15T12:00:00Z');
    const made = (await runs()).toSorted((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1));
    expect(
      made.map(({ dueAt, requestedAt }) => `${requestedAt.slice(0, 13)} for ${dueAt?.slice(0, 13)}`),
    ).toEqual([
      '2026-03-13T05 for 2026-03-13T05',
      // Under the right clock, then the one under the wrong clock.
      '2026-03-14T05 for undefined',
      '2026-03-14T12 for 2026-03-14T05',
      '2026-03-15T05 for 2026-03-15T05',
    ]);
    expect(made[1]).toMatchObject({ trigger: 'retry', to: '2026-03-13' });
  });

  it('set back by an hour does not give a due time a second run', async () => {
    const { liveUntil, runs, startWorker, stage } = await open();
    await startWorker();
    await liveUntil('2026-03-13T05:40:00Z');
    stage.clock.jump('2026-03-13T04:40:00Z');
    await liveUntil('2026-03-14T05:00:00Z');
    expect(await runs()).toHaveLength(1);
  });
});

describe('a process that cannot do the work', () => {
  it('for want of the encryption key claims no due time, and another one does', async () => {
    const { liveUntil, runs, schedule, startWorker } = await open();
    const blind = await startWorker({
      environment: { HAJIRI_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') },
    });
    await liveUntil('2026-03-13T05:35:00Z');
    expect(await runs()).toEqual([]);
    expect(await schedule()).toMatchObject({ blockedBy: 'secrets_unreadable' });
    expect((await schedule()).nextDueAt?.toString()).toBe('2026-03-13T05:30:00Z');
    await startWorker();
    await liveUntil('2026-03-13T05:37:00Z');
    expect(await runs()).toMatchObject([{ dueAt: '2026-03-13T05:30:00Z', isComplete: true }]);
    expect(await schedule()).toMatchObject({ blockedBy: null });
    await blind.stop();
  });

  it('gives back a run that it took, and another one does it', async () => {
    const { liveUntil, logged, runs, startWorker, stage } = await open();
    const { pool } = stages.database;
    // As one that can leaves it which ends before it takes the job.
    const jobs = createJobs({ pool, log: createLog('silent') });
    onTestFinished(() => jobs.close());
    const tools = { jobs, graceMinutes: 60, unfitFor: () => null };
    const connection = await stage.company.connection();
    const attend = () => attendConnection(stage.company.context, tools, connection.id);
    expect(await attend()).toBe('waiting');
    stage.clock.set('2026-03-13T05:35:00Z');
    expect(await attend()).toBe('dispatched');

    const blind = await startWorker({
      environment: { HAJIRI_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') },
    });
    const givenBack = `from hajiri_jobs.job where name = 'run' and state = 'retry' and data ->> 'organisation' = $1`;
    const { id: organisation } = stage.company.context.organisation;
    await untilTrue(async () => (await pool.query(`select ${givenBack}`, [organisation])).rowCount === 1);
    expect(logged.join('')).toContain('"code":"secrets_unreadable"');
    expect(await runs()).toMatchObject([{ state: 'queued' }]);
    // It waits by the clock of the database before it is taken again.
    await pool.query(`update hajiri_jobs.job set start_after = now() where id in (select id ${givenBack})`, [
      organisation,
    ]);
    await startWorker();
    await liveUntil('2026-03-13T05:36:00Z');
    expect(await runs()).toMatchObject([{ dueAt: '2026-03-13T05:30:00Z', isComplete: true }]);
    await blind.stop();
  });

  it('because a newer version has changed the database claims nothing more', async () => {
    const { liveUntil, logged, runs, startWorker, stage } = await open();
    await startWorker();
    await liveUntil('2026-03-13T05:00:00Z');
    await stages.database.pool.query(
      `insert into hajiri_migration (name, checksum, applied_at) values ('9999-later.sql', 'x', now())`,
    );
    try {
      await liveUntil('2026-03-13T05:00:10Z');
      stage.clock.set('2026-03-13T06:00:00Z');
      for (let count = 0; count < 40; count += 1) stage.clock.advance({ seconds: 1 });
      expect(await runs()).toEqual([]);
      expect(logged.join('')).toContain('worker_outdated');
    } finally {
      await stages.database.pool.query(`delete from hajiri_migration where name = '9999-later.sql'`);
    }
    await liveUntil('2026-03-13T06:30:00Z');
    expect(await runs()).toMatchObject([{ dueAt: '2026-03-13T05:30:00Z' }]);
  });
});
