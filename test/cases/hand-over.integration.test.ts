import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { attendanceRequests, dumpContent, readCoverage, useStages } from '../support/case-stage.ts';
import { until } from '../support/until.ts';
import { openWorkerStage } from '../support/worker-stage.ts';

// A worker that is stopped in the middle of a run, as at every redeploy.

const stages = useStages();

const days = Array.from({ length: 60 }, (_, index) =>
  Temporal.PlainDate.from('2026-01-20').add({ days: index }).toString(),
);
const scenario = smallScenario(5, days);

async function open() {
  const stage = await stages.open({ scenario, directory: null });
  const workers = openWorkerStage(stage);
  /** Goes on to the next morning, until the window that begins with this date was asked for and refused for the moment. */
  const holdUpFrom = async (from: string, dueAt: string) => {
    stage.control.addFault({
      name: 'slow',
      match: { path: '/api/v1/time/attendance', query: { from } },
      answer: { kind: 'respond', status: 429, headers: { 'retry-after': '3600' }, body: '' },
    });
    stage.clock.set(dueAt);
    await workers.untilHeldUp();
    await until(() => stage.control.requests().some(({ status }) => status === 429));
  };
  return { stage, holdUpFrom, ...workers };
}

describe('a worker that is stopped in the middle of a morning', () => {
  it('breaks off what it waits for, and another one goes on at once', async () => {
    const { holdUpFrom, liveUntil, runs, stage, startWorker } = await open();
    const first = await startWorker();
    await liveUntil('2026-03-13T05:29:00Z');
    await holdUpFrom('2026-03-11', '2026-03-13T05:30:00Z');
    const asked = stage.clock.now();
    await first.stop();
    // This clock goes on while the database works; what counts is that the hour was not waited for.
    expect(asked.until(stage.clock.now()).total('minutes')).toBeLessThan(5);
    expect(await runs()).toMatchObject([{ state: 'interrupted', errorCode: 'interrupted' }]);
    expect(await dumpContent(stage)).toEqual([]);
    stage.control.clearFaults('slow');

    await startWorker();
    await liveUntil('2026-03-13T05:32:00Z');
    const [broken, next] = await runs();
    expect(next).toMatchObject({ trigger: 'retry', follows: broken?.id, isComplete: true });
    expect(Object.keys(await readCoverage(stage))).toEqual(['2026-03-11', '2026-03-12']);
  });

  it('keeps the part that it had stored, which is not asked for again', async () => {
    const { changeSchedule, holdUpFrom, liveUntil, runs, stage, startWorker } = await open();
    await stage.fetch('2026-02-01');
    await changeSchedule({ recheckAges: [41] });
    stage.control.reset();
    const first = await startWorker();
    // The morning is about yesterday and, far from it, the first of February.
    await liveUntil('2026-03-14T05:29:00Z');
    await holdUpFrom('2026-02-01', '2026-03-14T05:30:00Z');
    await first.stop();
    const broken = (await runs()).at(-1);
    expect(broken).toMatchObject({ dueAt: '2026-03-14T05:30:00Z', state: 'interrupted' });
    const coverage = Object.keys(await readCoverage(stage));
    expect(coverage).toContain('2026-03-13');
    stage.control.reset();
    stage.control.clearFaults('slow');
    await startWorker();
    await liveUntil('2026-03-14T05:32:00Z');
    expect((await runs()).at(-1)).toMatchObject({ trigger: 'retry', follows: broken?.id, isComplete: true });
    expect(attendanceRequests(stage).map(({ query }) => query['from'])).toEqual(['2026-02-01']);
  });
});
