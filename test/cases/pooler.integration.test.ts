import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { startBackfill } from '../../src/runs/backfill/start-backfill.ts';
import { dumpContent, readCoverage, useStages } from '../support/case-stage.ts';
import { startTransactionPooler, type TransactionPooler } from '../support/transaction-pooler.ts';
import { openWorkerStage } from '../support/worker-stage.ts';

// Behind a pooler that hands out another connection for each transaction, nothing may rest on a session.

const stages = useStages();
let pooler: TransactionPooler;
beforeAll(async () => {
  pooler = await startTransactionPooler(stages.database, 6);
});
afterAll(() => pooler?.close());

const days = Array.from({ length: 60 }, (_, index) =>
  Temporal.PlainDate.from('2026-01-20').add({ days: index }).toString(),
);
const scenario = smallScenario(5, days);

describe('two workers behind a transaction pooler', () => {
  it('do the mornings and a backfill, each part of them once', async () => {
    const stage = await stages.open({ scenario, directory: null });
    const { liveUntil, runs, startWorker } = openWorkerStage(stage);
    const environment = { DATABASE_URL: pooler.url };
    await startWorker({ environment });
    await startWorker({ environment });
    await liveUntil('2026-03-14T12:00:00Z');
    await startBackfill(stage.company.context, await stage.company.connection(), {
      from: Temporal.PlainDate.from('2026-01-20'),
      to: Temporal.PlainDate.from('2026-03-10'),
    });
    await liveUntil('2026-03-15T12:00:00Z');

    expect((await runs()).map(({ trigger, isComplete }) => `${trigger} ${isComplete}`)).toEqual([
      'schedule true',
      'schedule true',
      'backfill true',
      'backfill true',
      'schedule true',
    ]);
    expect(Object.keys(await readCoverage(stage))).toHaveLength(54);
    const uses = pooler.uses();
    expect(Math.min(...uses)).toBeGreaterThan(10);

    const alone = await stages.open({ scenario, directory: null, now: stage.clock.now().toString() });
    await alone.fetch('2026-01-20', '2026-03-14');
    expect(await dumpContent(stage)).toEqual(await dumpContent(alone));
  });

  it('end a run whose process died, and take its work up', async () => {
    const stage = await stages.open({ scenario, directory: null });
    const { liveUntil, runs, startWorker } = openWorkerStage(stage);
    await startWorker({ environment: { DATABASE_URL: pooler.url } });
    await liveUntil('2026-03-13T06:00:00Z');
    const [done] = await runs();
    const { pool } = stages.database;
    // As a process leaves it that was killed in the middle: its run is running, and no such process is there.
    await pool.query(
      `update run set state = 'running', ended_at = null, is_complete = null, owner = $2 where id = $1`,
      [done?.id, JSON.stringify({ host: 'gone', space: null, pid: 1, birth: null })],
    );
    await pool.query(`delete from date_coverage where connection_id = $1`, [done?.connectionId]);
    for (let second = 0; second < 60; second += 1) {
      stage.clock.advance({ seconds: 1 });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await liveUntil('2026-03-13T06:02:00Z');
    expect(await runs()).toMatchObject([
      { state: 'interrupted', errorCode: 'interrupted' },
      { trigger: 'retry', isComplete: true, follows: done?.id },
    ]);
  });
});
