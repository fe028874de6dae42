import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { type BackfillSummary, findBackfill } from '../../src/runs/backfill/backfills.ts';
import { estimateBackfill, startBackfill } from '../../src/runs/backfill/start-backfill.ts';
import { steerBackfill } from '../../src/runs/backfill/steer-backfill.ts';
import { attendanceRequests, readCoverage, useStages } from '../support/case-stage.ts';
import { openWorkerStage } from '../support/worker-stage.ts';

const stages = useStages();

const days = Array.from({ length: 120 }, (_, index) =>
  Temporal.PlainDate.from('2025-11-20').add({ days: index }).toString(),
);

/** Ranges of 31 days are read at once: this one is three parts. */
const range = { from: Temporal.PlainDate.from('2025-12-20'), to: Temporal.PlainDate.from('2026-03-10') };

async function open() {
  const stage = await stages.open({ scenario: smallScenario(5, days), directory: null });
  const { context } = stage.company;
  const connection = await stage.company.connection();
  const workers = openWorkerStage(stage);
  const parts = async () =>
    (await workers.runs()).flatMap(({ trigger, from, to, state, isComplete }) =>
      trigger === 'backfill' ? [`${from} to ${to} ${isComplete === true ? 'read' : state}`] : [],
    );
  const start = () => startBackfill(context, connection, range);
  const find = (id: string): Promise<BackfillSummary> => findBackfill(context, id);
  /** Each answer takes so long that there is time for something else in between. */
  const slow = (seconds: number) =>
    stage.control.addFault({
      name: 'slow',
      match: { path: '/api/v1/time/attendance' },
      times: 1,
      answer: { kind: 'respond', status: 429, headers: { 'retry-after': String(seconds) }, body: '' },
    });
  return { stage, context, connection, parts, start, find, slow, ...workers };
}

describe('a backfill', () => {
  it('tells first what it takes, and starts nothing by that', async () => {
    const { connection, context, stage } = await open();
    await stage.fetch('2026-03-11');
    const longer = { ...range, from: Temporal.PlainDate.from('2025-12-01') };
    expect(await estimateBackfill(context, connection, longer)).toMatchObject({
      parts: 4,
      requests: 5,
      minutes: 1,
      tooOld: { from: longer.from, to: Temporal.PlainDate.from('2025-12-11') },
    });
    expect(attendanceRequests(stage)).toHaveLength(1);
  });

  it('is read part by part, oldest first, and tells how far it is', async () => {
    const { find, liveUntil, parts, start, startWorker, stage } = await open();
    const id = await start();
    expect(await find(id)).toMatchObject({ state: 'running', days: 81, daysDone: 0, nextDate: '2025-12-20' });
    await startWorker();
    await liveUntil('2026-03-12T05:31:00Z');
    expect(await parts()).toEqual([
      '2025-12-20 to 2026-01-19 read',
      '2026-01-20 to 2026-02-19 read',
      '2026-02-20 to 2026-03-10 read',
    ]);
    expect(await find(id)).toMatchObject({ state: 'finished', daysDone: 81, daysMissing: 0, left: null });
    expect(Object.keys(await readCoverage(stage))).toHaveLength(81);
  });

  it('is paused after its part and resumed at the next date, by another process if need be', async () => {
    const { context, find, liveUntil, parts, slow, start, startWorker, stage, untilHeldUp } = await open();
    slow(600);
    const first = await startWorker();
    const id = await start();
    await untilHeldUp();
    await steerBackfill(context, id, 'pause');
    await liveUntil('2026-03-12T06:00:00Z');
    expect(await parts()).toEqual(['2025-12-20 to 2026-01-19 read']);
    expect(await find(id)).toMatchObject({ state: 'paused', daysDone: 31, nextDate: '2026-01-20' });
    await first.stop();
    await startWorker();
    await liveUntil('2026-03-12T07:00:00Z');
    expect(await parts()).toHaveLength(1);
    await steerBackfill(context, id, 'resume');
    await liveUntil('2026-03-12T07:10:00Z');
    expect(await parts()).toHaveLength(3);
    expect(await find(id)).toMatchObject({ state: 'finished', daysDone: 81 });
    const dates = attendanceRequests(stage).flatMap(({ query, status }) =>
      status === 200 ? [query['from']] : [],
    );
    expect(dates).toEqual(['2025-12-20', '2026-01-20', '2026-02-20']);
  });

  it('that is cancelled ends at once, keeps what it has, and cannot be resumed', async () => {
    const { context, find, liveUntil, parts, slow, start, startWorker, stage, untilHeldUp } = await open();
    await startWorker();
    const id = await start();
    slow(3600);
    await untilHeldUp();
    await steerBackfill(context, id, 'cancel');
    await liveUntil('2026-03-12T05:31:00Z');
    expect(await parts()).toEqual(['2025-12-20 to 2026-01-19 interrupted']);
    expect(await find(id)).toMatchObject({ state: 'cancelled', daysDone: 0, errorCode: null });
    await expect(steerBackfill(context, id, 'resume')).rejects.toMatchObject({ code: 'not_possible' });
    expect(await readCoverage(stage)).toEqual({});
    // There may be another one now.
    await startBackfill(context, await stage.company.connection(), range);
    await liveUntil('2026-03-12T06:00:00Z');
    expect(Object.keys(await readCoverage(stage))).toHaveLength(81);
  });

  it('lets a morning that comes due go ahead of its next part', async () => {
    const { liveUntil, runs, slow, start, startWorker, stage, untilHeldUp } = await open();
    await startWorker();
    await liveUntil('2026-03-13T05:20:00Z');
    slow(60);
    await start();
    await untilHeldUp();
    stage.clock.set('2026-03-13T05:30:00Z');
    await liveUntil('2026-03-13T06:00:00Z');
    expect(
      (await runs()).map(
        ({ trigger, isComplete }) => `${trigger} ${isComplete === true ? 'read' : 'not read'}`,
      ),
    ).toEqual(['backfill read', 'schedule read', 'backfill read', 'backfill read']);
  });

  it('goes on where it stopped when Keka was away, and counts what Keka serves no longer', async () => {
    const { connection, context, find, liveUntil, parts, startWorker, stage } = await open();
    await startWorker();
    stage.control.addFault({
      name: 'away',
      match: { path: '/api/v1/time/attendance' },
      answer: { kind: 'respond', status: 503, body: '' },
    });
    const id = await startBackfill(context, connection, {
      ...range,
      from: Temporal.PlainDate.from('2025-12-01'),
    });
    await liveUntil('2026-03-12T05:40:00Z');
    const seen = await find(id);
    expect(seen).toMatchObject({ state: 'running', daysDone: 0, errorCode: 'server_error' });
    expect(seen.retryAt).not.toBeNull();
    stage.control.clearFaults('away');
    await liveUntil('2026-03-12T08:00:00Z');
    expect((await parts()).filter((part) => part.endsWith('read')).length).toBeGreaterThan(1);
    // 1 to 11 December: older than three months.
    expect(await find(id)).toMatchObject({ state: 'finished', daysMissing: 11, errorCode: null });
    expect(Object.keys(await readCoverage(stage))).toHaveLength(
      days.indexOf('2026-03-10') - days.indexOf('2025-12-11'),
    );
  });

  it('with dates that are not over or in the wrong order is refused', async () => {
    const { context, connection } = await open();
    for (const window of [
      { from: range.to, to: range.from },
      { from: range.from, to: Temporal.PlainDate.from('2026-03-13') },
    ])
      expect(() => startBackfill(context, connection, window)).toThrow(/not valid|future|last date/);
    await startBackfill(context, connection, range);
    await expect(startBackfill(context, connection, range)).rejects.toMatchObject({
      code: 'already_running',
    });
  });
});
