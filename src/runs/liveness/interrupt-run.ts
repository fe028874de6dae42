import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { RunId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { finishRun, noUsage, storeProblems } from '../finish-run.ts';
import { lockConnectionOf } from '../queue/lock-connection.ts';

/**
 * Ends a run whose process has died, with what its chunks have stored, as if it could have done so itself. False when it
 * has ended already, or has shown a sign of life since `beat`.
 */
export async function interruptRun(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  runId: RunId,
  beat?: number,
): Promise<boolean> {
  await lockConnectionOf(transaction, runId);
  const run = await transaction
    .selectFrom('run')
    .select(['date_from', 'date_to', 'beat'])
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst();
  if (run === undefined || (beat !== undefined && run.beat !== beat)) return false;
  await storeProblems(transaction, context, runId, [
    { code: 'interrupted', from: run.date_from, to: run.date_to, details: {} },
  ]);
  await finishRun(transaction, context, runId, {
    state: 'interrupted',
    isComplete: false,
    error: new HajiriError('interrupted', 'The process that did this fetch ended without a word.'),
    unlinked: 0,
    // What it had asked of Keka died with it.
    usage: noUsage,
  });
  return true;
}
