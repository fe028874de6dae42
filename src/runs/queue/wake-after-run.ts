import { sql } from 'kysely';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { previousLocalDay } from '../../attendance/local-time.ts';
import type { DateRanges, RunId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { ProblemCode } from '../../errors/problem-codes.ts';
import { advanceBackfill } from '../backfill/advance-backfill.ts';
import { readDateRanges } from '../date-ranges.ts';
import { planFollowUp } from '../morning/plan-follow-up.ts';
import type { EndState } from '../run-states.ts';
import { isAutomatic } from './open-runs.ts';
import { queueRun } from './queue-run.ts';

/** A fetch that somebody asked for is taken up again so often when its process dies; then it stays as it is. */
const mostTakingsUp = 5;

/** Everything that the end of a run changes for its connection. The schedule is held by this transaction already. */
export async function wakeAfterRun(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  runId: RunId,
): Promise<void> {
  const run = await readEndedRun(transaction, runId);
  const now = context.clock.now();
  if (run.backfillId !== null) {
    await advanceBackfill(transaction, run.backfillId, { ...run, now });
  } else if (run.trigger === 'manual') {
    await takeUpManual(transaction, context, run);
  }
  const readsYesterday =
    Temporal.PlainDate.compare(run.dateTo, previousLocalDay(run.startedAt, context.organisation.zone)) >= 0;
  if (run.isComplete && (isAutomatic(run.trigger) || readsYesterday)) {
    await transaction
      .updateTable('schedule')
      .set({ last_success_at: run.startedAt, last_success_run_id: runId })
      .where('connection_id', '=', run.connectionId)
      .where((where) =>
        where.or([where('last_success_at', 'is', null), where('last_success_at', '<', run.startedAt)]),
      )
      .execute();
  }
  if (isAutomatic(run.trigger)) await planNextTry(transaction, context, run);
  await transaction
    .updateTable('schedule')
    .set({ wake_at: now })
    .where('connection_id', '=', run.connectionId)
    .execute();
}

type EndedRunRow = Awaited<ReturnType<typeof readEndedRun>>;

async function readEndedRun(transaction: OrganisationTransaction, runId: RunId) {
  const row = await transaction
    .selectFrom('run as r')
    .select([
      'r.id',
      'r.connection_id',
      'r.trigger',
      'r.state',
      'r.is_complete',
      'r.error_code',
      'r.attempt',
      'r.backfill_id',
      'r.started_at',
      'r.dispatched_at',
      'r.date_to',
      'r.accept_unusual_count',
    ])
    .select(
      sql<DateRanges>`r.dates - coalesce((select range_agg(daterange(c.date_from, c.date_to, '[]')) from run_chunk c
        where c.run_id = r.id and c.state = 'committed'), '{}')`.as('missing'),
    )
    .where('r.id', '=', runId)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    connectionId: row.connection_id,
    trigger: row.trigger,
    state: row.state as EndState, // it was ended by this transaction
    isComplete: row.is_complete === true,
    errorCode: row.error_code as ProblemCode | null, // written from a HajiriError
    attempt: row.attempt,
    backfillId: row.backfill_id,
    startedAt: row.started_at,
    isWorkers: row.dispatched_at !== null,
    dateTo: row.date_to,
    acceptUnusualCount: row.accept_unusual_count,
    /** Its dates without those that were committed. */
    missing: readDateRanges(row.missing),
  };
}

/** A fetch from the command line is over with its process; one that a worker did for somebody is not. */
async function takeUpManual(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  run: EndedRunRow,
): Promise<void> {
  const isLost = run.state === 'interrupted' && run.errorCode === 'interrupted' && run.isWorkers;
  if (!isLost || run.attempt >= mostTakingsUp || run.missing.length === 0) return;
  await queueRun(transaction, context, {
    connectionId: run.connectionId,
    trigger: 'manual',
    windows: run.missing,
    attempt: run.attempt + 1,
    follows: run.id,
    acceptUnusualCount: run.acceptUnusualCount,
  });
}

/** The next try of an automatic run that did not get everything. */
async function planNextTry(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  run: EndedRunRow,
): Promise<void> {
  const schedule = await transaction
    .selectFrom('schedule')
    .select(['attempts', 'next_due_at'])
    .where('connection_id', '=', run.connectionId)
    .executeTakeFirstOrThrow();
  // Auto-Run was switched off meanwhile.
  if (schedule.next_due_at === null) return;
  const now = context.clock.now();
  const next = planFollowUp(run, { attempts: schedule.attempts, now, spread: spreadOf(run.id) });
  const isSooner = next !== null && Temporal.Instant.compare(next.at, schedule.next_due_at) < 0;
  await transaction
    .updateTable('schedule')
    .set({
      follow_up_at: isSooner ? next.at : null,
      follow_up_reason: isSooner ? next.reason : null,
      ...(run.isComplete ? { attempts: 0 } : {}),
    })
    .where('connection_id', '=', run.connectionId)
    .execute();
}

/** Any number from 0 to 1 that differs from run to run. */
function spreadOf(runId: RunId): number {
  return Number.parseInt(runId.slice(0, 8), 16) / 0xff_ff_ff_ff;
}
