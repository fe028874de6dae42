import { latestDue, nextDue } from '../../attendance/daily-due-times.ts';
import type { RunId } from '../../db/schema.ts';
import { defaultWindow } from '../default-window.ts';
import { type MorningPlan, planMorning } from '../morning/plan-morning.ts';
import type { Attended } from './attend-connection.ts';
import { nameLost } from './name-lost.ts';
import { readOpenRuns } from './open-runs.ts';
import { queueRun, type RunToQueue } from './queue-run.ts';

/** A run that begins later than this after its due time makes up for something. */
const punctualMinutes = 5;

/** Makes the run of the latest due time; the dates of those before it that were missed are among its dates. */
export async function claimDueTime(attended: Attended): Promise<void> {
  const { transaction, context, tools, connection, now, schedule } = attended;
  const { nextDueAt, daily } = schedule;
  const due = latestDue(daily, now);
  const isLate = due.at.until(now).total('minutes') > punctualMinutes;
  const hasMissed = isLate || nextDueAt === null || !due.at.equals(nextDueAt);
  const plan = await planMorning(transaction, context, {
    connectionId: connection.id,
    ages: schedule.recheckAges,
    promisedFrom: schedule.promisedFrom,
    graceMinutes: tools.graceMinutes,
  });
  // Also when somebody has read everything a moment ago: a due time has a run to show for it.
  const windows = plan.windows.length > 0 ? plan.windows : [defaultWindow(context)];
  const wanted = { connectionId: connection.id, windows, dueAt: due.at };
  const run =
    (await queueRun(transaction, context, { ...wanted, trigger: hasMissed ? 'catch_up' : 'schedule' })) ??
    (await queueAgain(attended, plan, wanted));
  attended.schedule = {
    ...schedule,
    lastDueAt: due.at,
    lastDueOn: due.date,
    nextDueAt: nextDue(daily, now, due.date).at,
    followUpAt: null,
    followUpReason: null,
    attempts: 1,
  };
  if (run !== null) await nameLost(attended, run, plan.lost);
  attended.openRuns = await readOpenRuns(transaction, connection.id);
}

/**
 * The due time has its run already, which was made when the clock was ahead: what that one read too soon, and what was not
 * over yet, is read now by a run that does not count as the due time's.
 */
async function queueAgain(
  { transaction, context }: Attended,
  plan: MorningPlan,
  wanted: Omit<RunToQueue, 'trigger'>,
): Promise<RunId | null> {
  if (plan.windows.length === 0) return null;
  const { dueAt: _, ...again } = wanted;
  return queueRun(transaction, context, { ...again, trigger: 'retry' });
}
