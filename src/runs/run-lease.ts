import { hostname } from 'node:os';
import { sql } from 'kysely';
import { z } from 'zod';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { Clock } from '../clock/clock.ts';
import type { ConnectionId, RunId, RunTrigger } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { isStillRunning, lookUpProcess } from '../processes/process-identity.ts';
import type { DateWindow } from './date-window.ts';
import { finishRun, storeProblems } from './finish-run.ts';

/** How long a run is believed to be alive after its last sign, where the process itself cannot be looked at. */
const leaseSeconds = 60;
const heartbeatMilliseconds = 15_000;

const ownerSchema = z.object({ host: z.string(), pid: z.number(), birth: z.string().nullable() });

/** Which process does a run: on the same host it can be asked whether it lives, without waiting for the lease. */
async function describeOwner(): Promise<string> {
  const state = await lookUpProcess(process.pid);
  return JSON.stringify({
    host: hostname(),
    pid: process.pid,
    birth: state.kind === 'alive' ? state.birth : null,
  });
}

export type NewRun = {
  readonly connectionId: ConnectionId;
  readonly trigger: RunTrigger;
  readonly window: DateWindow;
};

/**
 * Makes the one active run of a connection. A run whose process has died is ended as `interrupted` first. Throws
 * `already_running` with the id of the run that is active.
 */
export async function startRun(context: OrganisationContext, wanted: NewRun): Promise<RunId> {
  const owner = await describeOwner();
  return inOrganisation(context, async (transaction) => {
    const now = context.clock.now();
    await endDeadRun(transaction, context, wanted.connectionId);
    const made = await transaction
      .insertInto('run')
      .values({
        organisation_id: context.organisation.id,
        connection_id: wanted.connectionId,
        trigger: wanted.trigger,
        date_from: wanted.window.from,
        date_to: wanted.window.to,
        state: 'running',
        started_at: now,
        owner,
        lease_expires_at: now.add({ seconds: leaseSeconds }),
      })
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'connection_id']).where('state', '=', 'running').doNothing(),
      )
      .returning('id')
      .executeTakeFirst();
    if (made !== undefined) return made.id;
    const active = await transaction
      .selectFrom('run')
      .select('id')
      .where('connection_id', '=', wanted.connectionId)
      .where('state', '=', 'running')
      .executeTakeFirst();
    throw new HajiriError(
      'already_running',
      `A fetch for this connection is already running${active === undefined ? '' : `: run ${active.id}`}.`,
      { details: { run: active?.id ?? null } },
    );
  });
}

/** Ends it with what its chunks have stored, as if it could have done so itself. */
async function endDeadRun(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  connectionId: ConnectionId,
): Promise<void> {
  const active = await transaction
    .selectFrom('run')
    .select(['id', 'owner', 'lease_expires_at', 'date_from', 'date_to'])
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst();
  if (active === undefined || (await isAlive(active, context.clock.now()))) return;
  await storeProblems(transaction, context, active.id, [
    { code: 'interrupted', from: active.date_from, to: active.date_to, details: {} },
  ]);
  await finishRun(transaction, context, active.id, {
    state: 'interrupted',
    error: new HajiriError('interrupted', 'The process that did this fetch ended without a word.'),
    unlinked: 0,
    // What it had asked of Keka died with it.
    usage: { requests: 0, tokenRequests: 0, retries: 0, rateLimited: 0, waitedMilliseconds: 0 },
  });
}

async function isAlive(
  run: { readonly owner: string; readonly lease_expires_at: Temporal.Instant },
  now: Temporal.Instant,
): Promise<boolean> {
  const owner = ownerSchema.parse(JSON.parse(run.owner));
  if (owner.host === hostname()) return isStillRunning(owner);
  return Temporal.Instant.compare(now, run.lease_expires_at) < 0;
}

/** Renews the lease until it is told to stop. A renewal that fails is tried again at the next beat. */
export function keepAlive(context: OrganisationContext, runId: RunId): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const beating = beat(context, context.clock, runId, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await beating;
    },
  };
}

async function beat(
  context: OrganisationContext,
  clock: Clock,
  runId: RunId,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(heartbeatMilliseconds, signal);
      await inOrganisation(context, (transaction) =>
        transaction
          .updateTable('run')
          .set({
            lease_expires_at: sql`greatest(lease_expires_at, ${clock.now().add({ seconds: leaseSeconds })})`,
          })
          .where('id', '=', runId)
          .where('state', '=', 'running')
          .execute(),
      );
    } catch {
      // Aborted, or the database is away for a moment: the run itself will say so if it stays away.
    }
  }
}
