import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { isAlive } from '../run-lease.ts';
import { interruptRun } from './interrupt-run.ts';

/**
 * Ends the organisation's runs whose process has died, for whoever looks at them where no worker does: what was killed
 * is not shown as running.
 */
export async function endDeadRuns(context: OrganisationContext): Promise<void> {
  authorise(context, 'read runs');
  const active = await inOrganisation(context, (transaction) =>
    transaction
      .selectFrom('run')
      .select(['id', 'beat', 'owner', 'lease_expires_at'])
      .where('state', '=', 'running')
      .execute(),
  );
  for (const run of active) {
    if (await isAlive(run, context.clock.now())) continue;
    await inOrganisation(context, (transaction) => interruptRun(transaction, context, run.id, run.beat));
  }
}
