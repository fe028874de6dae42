import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { BackfillId, ConnectionId, RunId, RunTrigger } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { hullOf, toDateRanges } from '../date-ranges.ts';
import type { DateWindow } from '../date-window.ts';

export type RunToQueue = {
  readonly connectionId: ConnectionId;
  readonly trigger: RunTrigger;
  readonly windows: readonly DateWindow[];
  readonly dueAt?: Temporal.Instant;
  readonly attempt?: number;
  readonly follows?: RunId;
  readonly backfillId?: BackfillId;
  readonly acceptUnusualCount?: boolean;
};

/** Makes a run that waits for a worker. Null when there is one for this due time already. */
export async function queueRun(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  run: RunToQueue,
): Promise<RunId | null> {
  const { from, to } = hullOf(run.windows);
  const now = context.clock.now();
  const made = await transaction
    .insertInto('run')
    .values({
      organisation_id: context.organisation.id,
      connection_id: run.connectionId,
      trigger: run.trigger,
      date_from: from,
      date_to: to,
      dates: toDateRanges(run.windows),
      state: 'queued',
      requested_at: now,
      // Until it begins, this says since when it waits.
      started_at: now,
      due_at: run.dueAt ?? null,
      attempt: run.attempt ?? 1,
      follows: run.follows ?? null,
      backfill_id: run.backfillId ?? null,
      accept_unusual_count: run.acceptUnusualCount ?? false,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organisation_id', 'connection_id', 'due_at'])
        .where('due_at', 'is not', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return made?.id ?? null;
}
