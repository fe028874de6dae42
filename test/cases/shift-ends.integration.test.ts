import { describe, expect, it } from 'vitest';
import { record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { type StageOptions, useStages } from '../support/case-stage.ts';
import { openWorkerStage } from '../support/worker-stage.ts';

// C18 and C20 without anybody who fetches: a day is final when its shift has ended and it was read after that.

const stages = useStages();

const directory = ['employee_id,first_name,last_name', 'E1,Asha,Rao', 'E2,Binod,Rao'].join('\n');
const none = { firstInOfTheDay: null, lastOutOfTheDay: null, totalGrossHours: 0, totalEffectiveHours: 0 };
/** From 22:00 to 13:30 the day after, in India: open at 11:00, when the mornings come. */
const longNight = { shiftStartTime: '2026-03-12T16:30:00Z', shiftEndTime: '2026-03-13T08:00:00Z' };

async function open(options: Partial<StageOptions> = {}) {
  const attendance = [
    record(1, '2026-03-12', { ...longNight, lastOutOfTheDay: null }),
    record(2, '2026-03-12', { ...longNight, ...none }),
  ];
  const stage = await stages.open({ scenario: smallScenario(2, [], { attendance }), directory, ...options });
  const statuses = async () => {
    const { rows } = await stage.company.daily('2026-03-12');
    return rows.map(({ employeeId, status }) => `${employeeId} ${status}`).toSorted();
  };
  return { stage, statuses, ...openWorkerStage(stage) };
}

describe('a shift that is open in the morning', () => {
  it('is not judged, and read again once it and its grace are over', async () => {
    const { liveUntil, runs, schedule, startWorker, stage, statuses } = await open();
    await startWorker();
    await liveUntil('2026-03-13T05:31:00Z');
    expect(await statuses()).toEqual(['E1 in_progress', 'E2 pending']);
    expect(await schedule()).toMatchObject({ followUpReason: 'unfinished_days' });
    expect((await schedule()).followUpAt?.toString()).toBe('2026-03-13T10:00:01Z');
    stage.control.upsertAttendance([
      record(1, '2026-03-12', {
        ...longNight,
        lastOutOfTheDay: { timestamp: '2026-03-13T07:55:00Z', punchStatus: 1 },
      }),
    ]);
    await liveUntil('2026-03-13T09:59:00Z');
    expect(await statuses()).toEqual(['E1 in_progress', 'E2 pending']);
    await liveUntil('2026-03-13T10:01:00Z');
    expect(await statuses()).toEqual(['E1 present', 'E2 absent']);
    expect(await runs()).toMatchObject([
      { trigger: 'schedule' },
      { trigger: 'retry', from: '2026-03-12', to: '2026-03-12', isComplete: true },
    ]);
    await liveUntil('2026-03-13T23:00:00Z');
    expect(await runs()).toHaveLength(2);
  });

  it('that Keka does not answer for when it has ended is pending, and nobody is still in', async () => {
    const { liveUntil, startWorker, stage, statuses } = await open();
    await startWorker();
    await liveUntil('2026-03-13T05:31:00Z');
    stage.control.addFault({
      name: 'away',
      match: { host: 'tenant' },
      answer: { kind: 'respond', status: 503, body: '' },
    });
    await liveUntil('2026-03-13T10:05:00Z');
    expect(await statuses()).toEqual(['E1 pending', 'E2 pending']);
    stage.control.clearFaults('away');
    await liveUntil('2026-03-13T20:00:00Z');
    expect(await statuses()).toEqual(['E1 present', 'E2 absent']);
    expect((await stage.company.row('2026-03-12', 'E1')).flags).toContain('missing_out');
  });
});

describe('a day that was read while it went on, and never again', () => {
  it('is pending when it is over, also without Auto-Run', async () => {
    const { changeSchedule, liveUntil, runs, startWorker, stage, statuses } = await open();
    await changeSchedule({ autoRun: false });
    await startWorker();
    await liveUntil('2026-03-12T18:00:00Z');
    await stage.settle(stage.company.fetch('2026-03-12'));
    expect(await statuses()).toEqual(['E1 in_progress', 'E2 pending']);
    await liveUntil('2026-03-13T09:59:00Z');
    expect(await statuses()).toEqual(['E1 in_progress', 'E2 pending']);
    await liveUntil('2026-03-13T10:01:00Z');
    expect(await statuses()).toEqual(['E1 pending', 'E2 pending']);
    expect(await runs()).toHaveLength(1);
  });
});

describe('yesterday, where the company is', () => {
  it('is what counts, also where 05:30 UTC is still yesterday evening', async () => {
    const attendance = ['2026-03-10', '2026-03-11', '2026-03-12'].map((day) =>
      record(1, day, { shiftStartTime: null, shiftEndTime: null }),
    );
    const { liveUntil, runs, startWorker } = await open({
      scenario: smallScenario(1, [], { attendance, tenantChanges: { zone: 'America/Los_Angeles' } }),
      zone: 'America/Los_Angeles',
      now: '2026-03-12T12:00:00Z',
    });
    await startWorker();
    // 22:30 on the 12th in Los Angeles.
    await liveUntil('2026-03-13T05:31:00Z');
    expect(await runs()).toMatchObject([{ from: '2026-03-11', to: '2026-03-11', isComplete: true }]);
  });
});
