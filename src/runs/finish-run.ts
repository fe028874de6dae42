import { sql } from 'kysely';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import type { RunId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import type { HajiriError } from '../errors/hajiri-error.ts';
import type { KekaUsage } from '../keka/keka-client.ts';
import { wakeAfterRun } from './queue/wake-after-run.ts';
import type { RunProblem } from './run-problem.ts';
import { type EndState, mayBecome } from './run-states.ts';

export type RunEnd = {
  readonly state: EndState;
  /** Every date was read and verified that can be read at all. */
  readonly isComplete: boolean;
  readonly error: HajiriError | null;
  /** People of Keka with days in this window who are not linked. */
  readonly unlinked: number;
  readonly usage: KekaUsage;
};

/** Of a run that asked Keka for nothing, or of which nobody can say. */
export const noUsage: KekaUsage = {
  requests: 0,
  tokenRequests: 0,
  retries: 0,
  rateLimited: 0,
  waitedMilliseconds: 0,
};

/**
 * Ends a run, and says to whom it concerns what comes next for its connection. Its counts are those of its chunks, so
 * that they hold whatever ended it. A run that another process has ended stays as it is.
 */
export async function finishRun(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  runId: RunId,
  end: RunEnd,
): Promise<void> {
  const run = await transaction
    .selectFrom('run')
    .select(['state', 'connection_id'])
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (!mayBecome(run.state, end.state)) return;
  const { usage } = end;
  const sum = (column: 'inserted' | 'changed' | 'unchanged' | 'invalid' | 'held' | 'pages') =>
    sql<number>`(select coalesce(sum(c.${sql.ref(column)}), 0) from run_chunk c where c.run_id = ${runId})`;
  await transaction
    .updateTable('run')
    .set({
      state: end.state,
      is_complete: end.isComplete,
      ended_at: context.clock.now(),
      error_code: end.error?.code ?? null,
      error_message: end.error?.message ?? null,
      inserted: sum('inserted'),
      changed: sum('changed'),
      unchanged: sum('unchanged'),
      invalid: sum('invalid'),
      held: sum('held'),
      pages: sum('pages'),
      unlinked: end.unlinked,
      requests: usage.requests,
      retries: usage.retries,
      rate_limited: usage.rateLimited,
      waited_milliseconds: Math.round(usage.waitedMilliseconds),
    })
    .where('id', '=', runId)
    .execute();
  await wakeAfterRun(transaction, context, runId);
}

/** Stores what was found, after the problems that the run has already. */
export async function storeProblems(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  runId: RunId,
  problems: readonly RunProblem[],
): Promise<void> {
  if (problems.length === 0) return;
  const column = (type: string, value: (problem: RunProblem) => unknown) =>
    sql`${problems.map(value)}::${sql.raw(type)}[]`;
  await sql`
    insert into run_problem (organisation_id, run_id, number, code, source_guid, employee, date_from, date_to, days,
      details)
    select ${context.organisation.id}, ${runId},
      (select coalesce(max(number), 0) from run_problem where run_id = ${runId}) + r.number, r.code, r.source_guid, r.employee, r.date_from, r.date_to,
      r.days, r.details
    from unnest(
      ${column('text', ({ code }) => code)},
      ${column('uuid', ({ sourceGuid }) => sourceGuid ?? null)},
      ${column('uuid', ({ employee }) => employee ?? null)},
      ${column('date', ({ from }) => from?.toString() ?? null)},
      ${column('date', ({ to }) => to?.toString() ?? null)},
      ${column('integer', ({ days }) => days ?? null)},
      ${column('jsonb', ({ details }) => JSON.stringify(details))}
    ) with ordinality as r (code, source_guid, employee, date_from, date_to, days, details, number)`.execute(
    transaction,
  );
}
