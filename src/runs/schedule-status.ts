import { sql } from 'kysely';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { type Schedule, selectSchedules, toSchedule } from '../connections/schedule/schedules.ts';
import type { ConnectionId, RunId, RunState } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';

/** What a connection does by itself and how that has gone: separate facts, because one "last sync" would hide a failure. */
export type ScheduleStatus = {
  readonly connection: string;
  readonly connectionId: ConnectionId;
  readonly autoRun: boolean;
  readonly at: string;
  readonly zone: string;
  readonly recheckAges: readonly number[];
  readonly nextDueAt: string | null;
  /** The last run after which nothing was missing that could be read. */
  readonly lastSuccess: { readonly at: string; readonly run: RunId } | null;
  /** The last run that began, however it went. */
  readonly lastAttempt: {
    readonly at: string;
    readonly run: RunId;
    readonly state: RunState | null;
    readonly errorCode: string | null;
  } | null;
  readonly plannedRetry: {
    readonly at: string;
    readonly reason: string;
    /** How many tries there were since the due time. */
    readonly attempts: number;
  } | null;
  /** The newest date that was read completely after it was over. */
  readonly readUpTo: string | null;
  /** When the data was read that reports of that date show. */
  readonly dataAsOf: string | null;
  /** The run that waits or is being done. */
  readonly activeRun: RunId | null;
  /** No success for longer than a day and two hours, although one was due. */
  readonly isStale: boolean;
  /** Why no process takes what is due, when one saw that it could not. */
  readonly blockedBy: string | null;
};

const staleAfterHours = 26;

export function listScheduleStatuses(
  context: OrganisationContext,
  connectionId?: ConnectionId,
): Promise<readonly ScheduleStatus[]> {
  authorise(context, 'read runs');
  return inOrganisation(context, async (transaction) => {
    const connections = await transaction
      .selectFrom('connection')
      .select(['id', 'name', 'auto_run', 'created_at'])
      .$if(connectionId !== undefined, (query) => query.where('id', '=', connectionId ?? null))
      .orderBy('name')
      .execute();
    const schedules = new Map(
      (await selectSchedules(transaction).execute()).map((row) => [row.connection_id, toSchedule(row)]),
    );
    return Promise.all(
      connections.flatMap((connection) => {
        const schedule = schedules.get(connection.id);
        return schedule === undefined ? [] : [toStatus(transaction, context, { connection, schedule })];
      }),
    );
  });
}

type Known = {
  readonly connection: {
    readonly id: ConnectionId;
    readonly name: string;
    readonly auto_run: boolean;
    readonly created_at: Temporal.Instant;
  };
  readonly schedule: Schedule;
};

async function toStatus(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  { connection, schedule }: Known,
): Promise<ScheduleStatus> {
  const { lastSuccessRun, lastSuccessAt, followUpAt, followUpReason, daily } = schedule;
  const newest = await newestRead(transaction, context, connection.id);
  const active = await transaction
    .selectFrom('run')
    .select('id')
    .where('connection_id', '=', connection.id)
    .where('state', 'in', ['queued', 'running'])
    .orderBy((order) => order('state', '=', 'queued'))
    .orderBy('requested_at')
    .executeTakeFirst();
  return {
    connection: connection.name,
    connectionId: connection.id,
    autoRun: connection.auto_run,
    at: daily.time.toString({ smallestUnit: 'minute' }),
    zone: daily.zone,
    recheckAges: schedule.recheckAges,
    nextDueAt: schedule.nextDueAt?.toString() ?? null,
    lastSuccess:
      lastSuccessRun === null || lastSuccessAt === null
        ? null
        : { at: lastSuccessAt.toString(), run: lastSuccessRun },
    lastAttempt: await lastAttempt(transaction, schedule),
    plannedRetry:
      followUpAt === null || followUpReason === null
        ? null
        : { at: followUpAt.toString(), reason: followUpReason, attempts: schedule.attempts },
    readUpTo: newest?.date.toString() ?? null,
    dataAsOf: newest?.last_complete_read_at.toString() ?? null,
    activeRun: active?.id ?? null,
    isStale: isStale(context, { connection, schedule }),
    blockedBy: schedule.blockedBy,
  };
}

async function lastAttempt(
  transaction: OrganisationTransaction,
  { lastAttemptRun, lastAttemptAt }: Schedule,
) {
  if (lastAttemptRun === null || lastAttemptAt === null) return null;
  const run = await transaction
    .selectFrom('run')
    .select(['state', 'error_code'])
    .where('id', '=', lastAttemptRun)
    .executeTakeFirst();
  return {
    at: lastAttemptAt.toString(),
    run: lastAttemptRun,
    state: run?.state ?? null,
    errorCode: run?.error_code ?? null,
  };
}

function newestRead(
  transaction: OrganisationTransaction,
  { organisation }: OrganisationContext,
  connectionId: ConnectionId,
) {
  return (
    transaction
      .selectFrom('date_coverage')
      .select(['date', 'last_complete_read_at'])
      .where('connection_id', '=', connectionId)
      // Read when it was over: today's date is not up to date however often it is read.
      .where(sql<boolean>`last_complete_read_at >= (date + 1)::timestamp at time zone ${organisation.zone}`)
      .orderBy('date', 'desc')
      .limit(1)
      .executeTakeFirst()
  );
}

function isStale({ clock }: OrganisationContext, { connection, schedule }: Known): boolean {
  if (!connection.auto_run) return false;
  const since = schedule.lastSuccessAt ?? connection.created_at;
  return since.until(clock.now()).total('hours') > staleAfterHours;
}
