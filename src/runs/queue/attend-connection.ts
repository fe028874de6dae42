import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { type Connection, findConnectionById } from '../../connections/connections.ts';
import {
  type Schedule,
  selectSchedules,
  toSchedule,
  toScheduleColumns,
} from '../../connections/schedule/schedules.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { ProblemCode } from '../../errors/problem-codes.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { queueNextPart } from '../backfill/queue-next-part.ts';
import { doubtReadsFromAhead } from '../doubt-reads-from-ahead.ts';
import { type OpenDays, settleEndedShifts } from '../morning/settle-ended-shifts.ts';
import { claimDueTime } from './claim-due-time.ts';
import { correctDueTimes, isClockSetBack } from './correct-due-times.ts';
import { dispatchNext } from './dispatch-next.ts';
import { makeFollowUp } from './make-follow-up.ts';
import { isAutomatic, type OpenRun, readOpenRuns } from './open-runs.ts';
import { refuseQueuedRun } from './refuse-queued-run.ts';
import { wantsAttention } from './wants-attention.ts';

export type AttendanceTools = {
  readonly jobs: Jobs;
  readonly graceMinutes: number;
  /** Why this process could not fetch this connection, or null when it could. */
  readonly unfitFor: (connection: Connection) => ProblemCode | null;
};

/** A connection that is looked after: this transaction alone may change its schedule and make its runs. */
export type Attended = {
  readonly transaction: OrganisationTransaction;
  readonly context: OrganisationContext;
  readonly tools: AttendanceTools;
  readonly connection: Connection;
  readonly now: Temporal.Instant;
  /** As it will be written. */
  schedule: Schedule;
  openRuns: readonly OpenRun[];
};

/** `busy`: another process is at it, or was. `blocked`: there is something to do that this process cannot. */
export type Attendance = 'busy' | 'blocked' | 'dispatched' | 'waiting';

/**
 * Looks after one connection: makes the run of a due time, the next try or the next part of a backfill, sends the job for
 * the run whose turn it is, and says when to look again. All of it is one transaction, and one process at a time does it,
 * so a due time gives exactly one run.
 */
export function attendConnection(
  context: OrganisationContext,
  tools: AttendanceTools,
  connectionId: ConnectionId,
): Promise<Attendance> {
  return inOrganisation(context, async (transaction) => {
    const now = context.clock.now();
    // Every process finds the same connections due; who comes second finds this one looked after.
    const row = await selectSchedules(transaction)
      .where('connection_id', '=', connectionId)
      .where(wantsAttention(now))
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return 'busy';
    const connection = await findConnectionById(transaction, connectionId);
    const before = toSchedule(row);
    if (isClockSetBack(before, now)) await doubtReadsFromAhead(transaction, context, connectionId);
    const attended: Attended = {
      transaction,
      context,
      tools,
      connection,
      now,
      schedule: correctDueTimes(before, { autoRun: connection.autoRun, now }),
      openRuns: await readOpenRuns(transaction, connectionId),
    };
    const outcome = await attend(attended);
    await transaction
      .updateTable('schedule')
      .set({ ...toScheduleColumns(attended.schedule), wake_at: outcome.wakeAt, attended_at: now })
      .where('connection_id', '=', connectionId)
      .execute();
    return outcome.kind;
  });
}

async function attend(
  attended: Attended,
): Promise<{ readonly kind: Attendance; readonly wakeAt: Temporal.Instant | null }> {
  const { transaction, context, tools, connection, now, schedule } = attended;
  await dropUnwanted(attended);
  const openDays = await settleEndedShifts(transaction, context, {
    connectionId: connection.id,
    graceMinutes: tools.graceMinutes,
    readAfter: schedule.lastAttemptAt ?? now,
  });
  const settleAt = notLaterThan(openDays.settleAt, longestWait(now));
  const isDue = isReached(schedule.nextDueAt, now);
  const isFollowed = isReached(schedule.followUpAt, now);
  const unfit = tools.unfitFor(connection);
  if (unfit !== null && (isDue || isFollowed || attended.openRuns.length > 0)) {
    attended.schedule = { ...schedule, blockedBy: unfit };
    // Still due, for a process that can.
    return { kind: 'blocked', wakeAt: now };
  }
  attended.schedule = { ...schedule, blockedBy: null };
  if (isDue) await claimDueTime(attended);
  else if (isFollowed) await makeFollowUp(attended);
  planShiftEnd(attended, openDays);
  const partAt = await queueNextPart(transaction, context, connection.id, attended.openRuns);
  if (partAt === 'queued') attended.openRuns = await readOpenRuns(transaction, connection.id);
  const dispatched = await dispatchNext(transaction, context, tools.jobs, attended.openRuns);
  const { nextDueAt, followUpAt } = attended.schedule;
  // One that has to wait for another run comes at the end of that.
  const tryAt = isReached(followUpAt, now) ? null : followUpAt;
  return {
    kind: dispatched.hasSent ? 'dispatched' : 'waiting',
    wakeAt: earliest([
      nextDueAt,
      tryAt,
      settleAt,
      partAt === 'queued' ? null : partAt,
      dispatched.lookAgainAt,
    ]),
  };
}

/** A run that the schedule made and nobody has begun is not done any more once Auto-Run is off. */
async function dropUnwanted(attended: Attended): Promise<void> {
  const { transaction, context, connection, openRuns } = attended;
  if (connection.autoRun) return;
  const switchedOff = new HajiriError('cancelled', 'Auto-Run was switched off before this fetch began.');
  for (const { id, trigger, state } of openRuns) {
    if (state === 'queued' && isAutomatic(trigger))
      await refuseQueuedRun(transaction, context, id, switchedOff);
  }
  attended.openRuns = await readOpenRuns(transaction, connection.id);
}

function isReached(instant: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return instant !== null && Temporal.Instant.compare(instant, now) <= 0;
}

/** Whoever wants to be looked after later than that has a wrong time in its data. */
function longestWait(now: Temporal.Instant): Temporal.Instant {
  return now.add({ hours: 24 });
}

function notLaterThan(instant: Temporal.Instant | null, latest: Temporal.Instant): Temporal.Instant | null {
  return instant !== null && Temporal.Instant.compare(instant, latest) > 0 ? latest : instant;
}

function earliest(instants: readonly (Temporal.Instant | null)[]): Temporal.Instant | null {
  const known = instants.filter((instant) => instant !== null);
  return known.toSorted((a, b) => Temporal.Instant.compare(a, b))[0] ?? null;
}

/** A day that was not over when it was read is read again when it is, not only on the next morning. */
function planShiftEnd(attended: Attended, { readAt }: OpenDays): void {
  const { schedule } = attended;
  const { nextDueAt, followUpAt, lastAttemptAt, lastSuccessAt } = schedule;
  // Only after a read that got everything; otherwise the next try is planned already, and reads such days as well.
  const wasComplete = lastAttemptAt !== null && lastSuccessAt?.equals(lastAttemptAt) === true;
  if (nextDueAt === null || followUpAt !== null || !wasComplete) return;
  if (readAt === null || Temporal.Instant.compare(readAt, nextDueAt) >= 0) return;
  attended.schedule = { ...schedule, followUpAt: readAt, followUpReason: 'unfinished_days' };
}
