import type { ConnectionId, RunId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';

// Whoever starts, ends or queues a run of a connection holds its schedule first, and the run after it: two that did it in
// different orders would wait for each other for ever.

export async function lockConnection(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
): Promise<void> {
  await transaction
    .selectFrom('schedule')
    .select('fence')
    .where('connection_id', '=', connectionId)
    .forUpdate()
    .execute();
}

export async function lockConnectionOf(transaction: OrganisationTransaction, runId: RunId): Promise<void> {
  await transaction
    .selectFrom('schedule')
    .select('fence')
    .where('connection_id', '=', (where) =>
      where.selectFrom('run').select('run.connection_id').where('run.id', '=', runId),
    )
    .forUpdate()
    .execute();
}
