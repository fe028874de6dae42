import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { RunId } from '../../db/schema.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { refuseQueuedRun } from './refuse-queued-run.ts';

/**
 * Ends a run that waits, and asks the process of one that is being done to break it off, which takes seconds. What was
 * committed stays. A run that has ended stays as it is. Throws `not_found`.
 */
export async function cancelRun(context: OrganisationContext, id: string): Promise<void> {
  authorise(context, 'start runs');
  const run = await inOrganisation(context, (transaction) =>
    transaction
      .selectFrom('run')
      .select(['id', 'state'])
      .where((where) => where(where.cast('id', 'text'), '=', id))
      .executeTakeFirst(),
  );
  if (run === undefined) throw new HajiriError('not_found', `There is no run ${id.slice(0, 60)}.`);
  await inOrganisation(context, (transaction) =>
    recordAudit(transaction, context, {
      action: 'cancelled the run',
      subject: { kind: 'run', id: run.id, name: null },
    }),
  );
  const cancelled = new HajiriError('cancelled', 'Somebody cancelled this fetch.');
  if (run.state === 'queued' && (await refuseQueuedRun(context, run.id, cancelled))) return;
  await askToStop(context, run.id);
}

async function askToStop(context: OrganisationContext, runId: RunId): Promise<void> {
  await inOrganisation(context, (transaction) =>
    transaction
      .updateTable('run')
      .set({ cancel_requested_at: context.clock.now() })
      .where('id', '=', runId)
      .where('state', '=', 'running')
      .where('cancel_requested_at', 'is', null)
      .execute(),
  );
}
