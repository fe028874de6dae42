import type { ConnectionId, RunId, RunTrigger } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';

export type OpenRun = {
  readonly id: RunId;
  readonly trigger: RunTrigger;
  readonly state: 'queued' | 'running';
  readonly dispatchedAt: Temporal.Instant | null;
};

/** Made by the schedule and by nobody. */
export function isAutomatic(trigger: RunTrigger): boolean {
  return trigger === 'schedule' || trigger === 'catch_up' || trigger === 'retry';
}

/** The runs of a connection that have not ended: the active one, then those that wait, a part of a backfill last. */
export async function readOpenRuns(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
): Promise<readonly OpenRun[]> {
  const rows = await transaction
    .selectFrom('run')
    .select(['id', 'trigger', 'state', 'dispatched_at'])
    .where('connection_id', '=', connectionId)
    .where('state', 'in', ['queued', 'running'])
    .orderBy((order) => order('state', '=', 'queued'))
    .orderBy((order) => order('trigger', '=', 'backfill'))
    .orderBy('requested_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, trigger, state, dispatched_at }) => ({
    id,
    trigger,
    state: state === 'running' ? 'running' : 'queued',
    dispatchedAt: dispatched_at,
  }));
}
