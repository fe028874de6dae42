import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { RunId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { refuseQueuedRun } from './refuse-queued-run.ts';

/**
 * Ends a run that waits, and asks the process of one that is being done to break it off, which takes seconds. What was
 * committed stays. A run that has ended stays as it is. Throws `not_found`.
 */
export async function cancelRun(context: OrganisationContext, id: string): Promise<void> {
  authorise(context, 'start runs');
  const cancelled = new HajiriError('cancelled', 'Somebody cancelled this fetch.');
  await inOrganisation(context, async (transaction) => {
    const run = await transaction
      .selectFrom('run as r')
      .innerJoin('connection as c', 'c.id', 'r.connection_id')
      .select(['r.id', 'c.name'])
      .where((where) => where(where.cast('r.id', 'text'), '=', id))
      .executeTakeFirst();
    if (run === undefined) throw new HajiriError('not_found', `There is no run ${id.slice(0, 60)}.`);
    const isOver =
      !(await refuseQueuedRun(transaction, context, run.id, cancelled)) &&
      !(await askToStop(transaction, context, run.id));
    if (isOver) return;
    await recordAudit(transaction, context, {
      action: 'cancelled a fetch',
      subject: { kind: 'run', id: run.id, name: run.name },
    });
  });
}

/** False when it is not being done, or was asked before. */
async function askToStop(
  transaction: OrganisationTransaction,
  { clock }: OrganisationContext,
  runId: RunId,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('run')
    .set({ cancel_requested_at: clock.now() })
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .where('cancel_requested_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
