import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { OpenRun } from './open-runs.ts';

/** Mornings go ahead of what can wait. */
const priorities = { backfill: 0, other: 10 } as const;
/** A job that was sent is sent again after this time, in case it was lost; one that still waits is not doubled. */
const resendMinutes = 2;

export type Dispatched = { readonly hasSent: boolean; readonly lookAgainAt: Temporal.Instant | null };

/** Sends the job for the first run that waits, unless another run of the connection is being done. */
export async function dispatchNext(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  jobs: Jobs,
  [first]: readonly OpenRun[],
): Promise<Dispatched> {
  // At the end of an active run, this connection is looked after again.
  if (first === undefined || first.state === 'running') return { hasSent: false, lookAgainAt: null };
  const now = context.clock.now();
  const resendAt = first.dispatchedAt?.add({ minutes: resendMinutes });
  const isSent =
    first.dispatchedAt !== null &&
    resendAt !== undefined &&
    Temporal.Instant.compare(now, resendAt) < 0 &&
    Temporal.Instant.compare(first.dispatchedAt, now) <= 0;
  if (isSent) return { hasSent: false, lookAgainAt: resendAt };
  await jobs.send(
    transaction,
    'run',
    { organisation: context.organisation.id, run: first.id },
    { key: first.id, priority: first.trigger === 'backfill' ? priorities.backfill : priorities.other },
  );
  await transaction.updateTable('run').set({ dispatched_at: now }).where('id', '=', first.id).execute();
  return { hasSent: true, lookAgainAt: now.add({ minutes: resendMinutes }) };
}
