import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { Connection } from '../../connections/connections.ts';
import type { RunId } from '../../db/schema.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { DateWindow } from '../date-window.ts';
import { requireZone } from '../fetch-attendance.ts';
import { alreadyRunning } from '../run-lease.ts';
import { dispatchNext } from './dispatch-next.ts';
import { lockConnection } from './lock-connection.ts';
import { readOpenRuns } from './open-runs.ts';
import { queueRun } from './queue-run.ts';

/**
 * Has a window fetched by a worker, ahead of any backfill. Throws `already_running` with the id of the run that waits or is
 * being done for this connection, and InvalidInputError (no valid zone).
 */
export async function requestRun(
  context: OrganisationContext,
  jobs: Jobs,
  wanted: {
    readonly connection: Pick<Connection, 'id' | 'name'>;
    readonly window: DateWindow;
    readonly acceptUnusualCount: boolean;
  },
): Promise<RunId> {
  authorise(context, 'start runs');
  requireZone(context);
  const { connection, window, acceptUnusualCount } = wanted;
  return inOrganisation(context, async (transaction) => {
    await lockConnection(transaction, connection.id);
    const open = await readOpenRuns(transaction, connection.id);
    const active = open.find(({ trigger }) => trigger !== 'backfill');
    if (active !== undefined) throw alreadyRunning(active.id);
    const run = await queueRun(transaction, context, {
      connectionId: connection.id,
      trigger: 'manual',
      windows: [window],
      acceptUnusualCount,
    });
    if (run === null) throw new HajiriError('internal', 'A run without a due time cannot be there already.');
    await recordAudit(transaction, context, {
      action: 'asked for a fetch',
      subject: { kind: 'run', id: run, name: connection.name },
      after: { from: window.from.toString(), to: window.to.toString(), acceptUnusualCount },
    });
    await dispatchNext(transaction, context, jobs, await readOpenRuns(transaction, connection.id));
    return run;
  });
}
