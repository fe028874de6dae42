import { inOrganisation } from '../accounts/organisation-context.ts';
import { findConnectionById } from '../connections/connections.ts';
import type { OrganisationId, RunId } from '../db/schema.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import type { Installation } from '../installation.ts';
import type { JobData } from '../jobs/queues.ts';
import { readDateRanges } from '../runs/date-ranges.ts';
import { requireZone } from '../runs/fetch-attendance.ts';
import { type FetchResult, performRun } from '../runs/perform-run.ts';
import { refuseQueuedRun } from '../runs/queue/refuse-queued-run.ts';
import { takeQueuedRun } from '../runs/run-lease.ts';
import { contextOf } from './context-of.ts';

export type StopSigns = {
  /** Breaks a run off. */
  readonly signal: AbortSignal;
  /** False lets it end after the part that it is reading. */
  readonly mayGoOn: () => boolean;
};

/**
 * Does a run that waits, unless somebody else has begun it, or another one of its connection is being done. Throws
 * `secrets_unreadable` where it is for a process with another encryption key to do.
 */
export async function executeRun(
  installation: Installation,
  job: JobData['run'],
  { signal, mayGoOn }: StopSigns,
): Promise<FetchResult | null> {
  const { settings } = installation;
  // Both were what they seem when the job was sent.
  const context = await contextOf(installation, job.organisation as OrganisationId);
  if (context === null) return null;
  const waiting = await inOrganisation(context, async (transaction) => {
    const run = await transaction
      .selectFrom('run')
      .select(['id', 'connection_id', 'trigger', 'dates', 'accept_unusual_count'])
      .where('id', '=', job.run as RunId)
      .where('state', '=', 'queued')
      .executeTakeFirst();
    return run === undefined
      ? null
      : { run, connection: await findConnectionById(transaction, run.connection_id) };
  });
  if (waiting === null) return null;
  const { run, connection } = waiting;
  try {
    requireZone(context);
  } catch (error) {
    if (!isHajiriError(error)) throw error;
    await inOrganisation(context, (transaction) => refuseQueuedRun(transaction, context, run.id, error));
    return null;
  }
  const client = installation.kekaClient(connection);
  try {
    const taking = await takeQueuedRun(context, { id: run.id, connectionId: connection.id });
    if (taking.kind !== 'taken') return null;
    return await performRun(context, taking.lease, {
      connection,
      client,
      trigger: run.trigger,
      // Yesterday first: it is what everybody waits for.
      windows:
        run.trigger === 'backfill' ? readDateRanges(run.dates) : readDateRanges(run.dates).toReversed(),
      peopleReadHours: settings.HAJIRI_PEOPLE_READ_HOURS,
      graceAfterShiftMinutes: settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES,
      unusualCountShare: settings.HAJIRI_UNUSUAL_COUNT_SHARE,
      acceptUnusualCount: run.accept_unusual_count,
      concurrency: settings.HAJIRI_KEKA_CONCURRENCY,
      signal,
      onEvent: () => {},
      mayGoOn,
      patience: signal,
    });
  } finally {
    await client.close();
  }
}
