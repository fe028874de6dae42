import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { DailyTime } from '../../attendance/daily-due-times.ts';
import { isZoneName, previousLocalDay } from '../../attendance/local-time.ts';
import type { ConnectionId, RunId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';

/** When a connection is fetched by itself, and how that has gone. */
export type Schedule = {
  readonly connectionId: ConnectionId;
  readonly daily: DailyTime;
  /** Ages in days at which a stored day is read again. */
  readonly recheckAges: readonly number[];
  readonly promisedFrom: Temporal.PlainDate;
  readonly nextDueAt: Temporal.Instant | null;
  readonly lastDueAt: Temporal.Instant | null;
  readonly lastDueOn: Temporal.PlainDate | null;
  readonly followUpAt: Temporal.Instant | null;
  readonly followUpReason: string | null;
  readonly attempts: number;
  readonly lastAttemptRun: RunId | null;
  readonly lastAttemptAt: Temporal.Instant | null;
  readonly lastSuccessRun: RunId | null;
  readonly lastSuccessAt: Temporal.Instant | null;
  readonly blockedBy: string | null;
  /** When a worker looked at it last. */
  readonly attendedAt: Temporal.Instant | null;
};

/** The schedule that every connection has from its beginning: 05:30 UTC, from yesterday on. */
export async function createSchedule(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  connectionId: ConnectionId,
): Promise<void> {
  const { organisation, clock } = context;
  await transaction
    .insertInto('schedule')
    .values({
      organisation_id: organisation.id,
      connection_id: connectionId,
      promised_from: previousLocalDay(clock.now(), organisation.zone),
      wake_at: clock.now(),
    })
    .execute();
}

/** What failed for want of the right secrets or address is tried at once with the new ones. */
export async function tryAtOnceAfterFailure(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  now: Temporal.Instant,
): Promise<void> {
  await transaction
    .updateTable('schedule')
    .set({ follow_up_at: now, follow_up_reason: 'settings_changed', wake_at: now })
    .where('connection_id', '=', connectionId)
    .where('next_due_at', 'is not', null)
    .where('last_attempt_at', 'is not', null)
    .where((where) =>
      where.or([
        where('last_success_at', 'is', null),
        where('last_success_at', '<', where.ref('last_attempt_at')),
      ]),
    )
    .execute();
}

export const selectSchedules = (transaction: OrganisationTransaction) =>
  transaction.selectFrom('schedule').selectAll();

export type ScheduleRow = Awaited<ReturnType<ReturnType<typeof selectSchedules>['executeTakeFirstOrThrow']>>;

export function toSchedule(row: ScheduleRow): Schedule {
  return {
    connectionId: row.connection_id,
    daily: {
      time: Temporal.PlainTime.from(row.local_time),
      // A zone that a newer list lacks must not stop the mornings.
      zone: isZoneName(row.zone) ? row.zone : 'UTC',
    },
    recheckAges: row.recheck_ages,
    promisedFrom: row.promised_from,
    nextDueAt: row.next_due_at,
    lastDueAt: row.last_due_at,
    lastDueOn: row.last_due_on,
    followUpAt: row.follow_up_at,
    followUpReason: row.follow_up_reason,
    attempts: row.attempts,
    lastAttemptRun: row.last_attempt_run_id,
    lastAttemptAt: row.last_attempt_at,
    lastSuccessRun: row.last_success_run_id,
    lastSuccessAt: row.last_success_at,
    blockedBy: row.blocked_by,
    attendedAt: row.attended_at,
  };
}

/** The columns that looking after a connection changes. */
export function toScheduleColumns(schedule: Schedule) {
  return {
    promised_from: schedule.promisedFrom,
    next_due_at: schedule.nextDueAt,
    last_due_at: schedule.lastDueAt,
    last_due_on: schedule.lastDueOn,
    follow_up_at: schedule.followUpAt,
    follow_up_reason: schedule.followUpReason,
    attempts: schedule.attempts,
    blocked_by: schedule.blockedBy,
  };
}
