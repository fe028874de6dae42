import { planMorning } from '../morning/plan-morning.ts';
import type { Attended } from './attend-connection.ts';
import { nameLost } from './name-lost.ts';
import { isAutomatic, readOpenRuns } from './open-runs.ts';
import { queueRun } from './queue-run.ts';

/** Makes the planned try: whatever is missing by now, which may be nothing. */
export async function makeFollowUp(attended: Attended): Promise<void> {
  const { transaction, context, tools, connection, schedule, openRuns } = attended;
  // What somebody asked for may be about other dates: the try waits until that is over.
  if (openRuns.some(({ trigger }) => !isAutomatic(trigger) && trigger !== 'backfill')) return;
  attended.schedule = { ...schedule, followUpAt: null, followUpReason: null };
  // What is under way may get everything, and plans the next try at its end if it does not.
  if (openRuns.some(({ trigger }) => isAutomatic(trigger))) return;
  const plan = await planMorning(transaction, context, {
    connectionId: connection.id,
    ages: schedule.recheckAges,
    promisedFrom: schedule.promisedFrom,
    graceMinutes: tools.graceMinutes,
  });
  if (plan.windows.length === 0) return;
  const attempts = schedule.attempts + 1;
  const run = await queueRun(transaction, context, {
    connectionId: connection.id,
    trigger: 'retry',
    windows: plan.windows,
    attempt: attempts,
    ...(schedule.lastAttemptRun === null ? {} : { follows: schedule.lastAttemptRun }),
  });
  attended.schedule = { ...attended.schedule, attempts };
  if (run !== null) await nameLost(attended, run, plan.lost);
  attended.openRuns = await readOpenRuns(transaction, connection.id);
}
