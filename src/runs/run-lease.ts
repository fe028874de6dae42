import { sql } from 'kysely';
import { recordAudit } from '../accounts/audit-trail.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { Connection } from '../connections/connections.ts';
import type { ConnectionId, RunId, RunTrigger } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { toDateRanges } from './date-ranges.ts';
import type { DateWindow } from './date-window.ts';
import { interruptRun } from './liveness/interrupt-run.ts';
import { askOwner, describeOwner } from './run-owner.ts';

/** How long a run is believed to be alive after its last sign, by whoever sees it for the first time. */
const leaseSeconds = 60;

/**
 * The right to write as a run. A later run of the connection has a higher `fence`; what an earlier one still wants to
 * commit is refused.
 */
export type Lease = { readonly runId: RunId; readonly fence: number };

export type NewRun = {
  readonly connection: Pick<Connection, 'id' | 'name'>;
  readonly trigger: RunTrigger;
  readonly window: DateWindow;
  readonly acceptUnusualCount: boolean;
};

/**
 * Makes the one active run of a connection, done by this process. A run whose process has died is ended as `interrupted`
 * first. Throws `already_running` with the id of the run that is active.
 */
export async function startRun(context: OrganisationContext, wanted: NewRun): Promise<Lease> {
  const owner = await describeOwner();
  return inOrganisation(context, async (transaction) => {
    const now = context.clock.now();
    const { connection, trigger, window, acceptUnusualCount } = wanted;
    const connectionId = connection.id;
    const fence = await raiseFence(transaction, connectionId);
    const active = await findActive(transaction, context, connectionId);
    if (active !== null) throw alreadyRunning(active);
    const { id } = await transaction
      .insertInto('run')
      .values({
        organisation_id: context.organisation.id,
        connection_id: connectionId,
        trigger,
        date_from: window.from,
        date_to: window.to,
        dates: toDateRanges([window]),
        state: 'running',
        requested_at: now,
        started_at: now,
        owner,
        lease_expires_at: now.add({ seconds: leaseSeconds }),
        fence,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await noteAttempt(transaction, connectionId, id, now);
    await recordAudit(transaction, context, {
      action: 'started a fetch',
      subject: { kind: 'run', id, name: connection.name },
      after: { from: window.from.toString(), to: window.to.toString(), acceptUnusualCount },
    });
    return { runId: id, fence };
  });
}

export type Taking =
  | { readonly kind: 'taken'; readonly lease: Lease }
  /** Another run of the connection is being done; this one's turn comes when it has ended. */
  | { readonly kind: 'busy' }
  /** It was taken, cancelled or removed meanwhile. */
  | { readonly kind: 'gone' };

/** Begins a run that waits, in this process. */
export async function takeQueuedRun(
  context: OrganisationContext,
  run: { readonly id: RunId; readonly connectionId: ConnectionId },
): Promise<Taking> {
  const owner = await describeOwner();
  return inOrganisation(context, async (transaction) => {
    const now = context.clock.now();
    const fence = await raiseFence(transaction, run.connectionId);
    const active = await findActive(transaction, context, run.connectionId);
    if (active !== null) {
      // Whoever ends the active run looks for the next one then.
      await transaction
        .updateTable('run')
        .set({ dispatched_at: null })
        .where('id', '=', run.id)
        .where('state', '=', 'queued')
        .execute();
      return { kind: active === run.id ? 'gone' : 'busy' };
    }
    const taken = await transaction
      .updateTable('run')
      .set({
        state: 'running',
        started_at: now,
        owner,
        lease_expires_at: now.add({ seconds: leaseSeconds }),
        fence,
      })
      .where('id', '=', run.id)
      .where('state', '=', 'queued')
      .returning('id')
      .executeTakeFirst();
    if (taken === undefined) return { kind: 'gone' };
    await noteAttempt(transaction, run.connectionId, run.id, now);
    return { kind: 'taken', lease: { runId: run.id, fence } };
  });
}

/** Also makes whoever wants to start a run of this connection wait for whoever is about to. */
async function raiseFence(transaction: OrganisationTransaction, connectionId: ConnectionId): Promise<number> {
  const { fence } = await transaction
    .updateTable('schedule')
    .set({ fence: sql`fence + 1` })
    .where('connection_id', '=', connectionId)
    .returning('fence')
    .executeTakeFirstOrThrow();
  return fence;
}

async function findActive(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  connectionId: ConnectionId,
): Promise<RunId | null> {
  const active = await transaction
    .selectFrom('run')
    .select(['id', 'owner', 'lease_expires_at'])
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst();
  if (active === undefined) return null;
  if (await isAlive(active, context.clock.now())) return active.id;
  await interruptRun(transaction, context, active.id);
  return null;
}

/** Whether the process of a run lives: as the machine says where it is this one, else as long as the lease lasts. */
export async function isAlive(
  run: { readonly owner: string | null; readonly lease_expires_at: Temporal.Instant | null },
  now: Temporal.Instant,
): Promise<boolean> {
  if (run.owner === null || run.lease_expires_at === null) return false;
  const answer = await askOwner(run.owner);
  if (answer !== 'unknown') return answer === 'alive';
  return Temporal.Instant.compare(now, run.lease_expires_at) < 0;
}

export function alreadyRunning(run: RunId): HajiriError {
  return new HajiriError('already_running', `A fetch for this connection is already running: run ${run}.`, {
    details: { run },
  });
}

function noteAttempt(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  runId: RunId,
  now: Temporal.Instant,
) {
  return transaction
    .updateTable('schedule')
    .set({ last_attempt_run_id: runId, last_attempt_at: now })
    .where('connection_id', '=', connectionId)
    .execute();
}

/**
 * Holds the run until the transaction ends, so that nobody ends it in between. False when somebody has taken it for dead
 * and ended it, or asks for its end: what the transaction did must not be committed then.
 */
export async function holdsRun(
  transaction: OrganisationTransaction,
  { runId, fence }: Lease,
): Promise<boolean> {
  const held = await transaction
    .selectFrom('run')
    .select('id')
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .where('fence', '=', fence)
    .where('cancel_requested_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return held !== undefined;
}

/** As `holdsRun`, for the transaction that ends the run; that somebody wants it to end does not matter there. */
export async function isStillOurs(
  transaction: OrganisationTransaction,
  { runId, fence }: Lease,
): Promise<boolean> {
  const ours = await transaction
    .selectFrom('run')
    .select('id')
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .where('fence', '=', fence)
    .forUpdate()
    .executeTakeFirst();
  return ours !== undefined;
}

/** One sign of life. Tells whether the run is still this process's, and whether somebody wants it to end. */
export async function renewLease(
  context: OrganisationContext,
  { runId, fence }: Lease,
  progress: string,
): Promise<'held' | 'lost' | 'cancelled'> {
  const expires = context.clock.now().add({ seconds: leaseSeconds });
  const row = await inOrganisation(context, (transaction) =>
    transaction
      .updateTable('run')
      .set({
        beat: sql`beat + 1`,
        // Whatever the clock does, a sign of life does not shorten the lease.
        lease_expires_at: sql`greatest(lease_expires_at, ${expires})`,
        progress,
      })
      .where('id', '=', runId)
      .where('state', '=', 'running')
      .where('fence', '=', fence)
      .returning('cancel_requested_at')
      .executeTakeFirst(),
  );
  if (row === undefined) return 'lost';
  return row.cancel_requested_at === null ? 'held' : 'cancelled';
}
