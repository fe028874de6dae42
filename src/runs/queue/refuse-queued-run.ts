import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { RunId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { HajiriError } from '../../errors/hajiri-error.ts';
import { finishRun, noUsage, storeProblems } from '../finish-run.ts';
import { lockConnectionOf } from './lock-connection.ts';

/** Ends a run that waits and cannot begin, or is not wanted any more. False when it does not wait any longer. */
export async function refuseQueuedRun(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  runId: RunId,
  error: HajiriError,
): Promise<boolean> {
  await lockConnectionOf(transaction, runId);
  const run = await transaction
    .selectFrom('run')
    .select(['date_from', 'date_to'])
    .where('id', '=', runId)
    .where('state', '=', 'queued')
    .forUpdate()
    .executeTakeFirst();
  if (run === undefined) return false;
  await storeProblems(transaction, context, runId, [
    { code: error.code, from: run.date_from, to: run.date_to, details: error.details },
  ]);
  await finishRun(transaction, context, runId, {
    state: error.code === 'cancelled' ? 'interrupted' : 'failed',
    isComplete: false,
    error,
    unlinked: 0,
    usage: noUsage,
  });
  return true;
}
