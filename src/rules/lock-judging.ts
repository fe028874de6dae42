import { sql } from 'kysely';
import type { ConnectionId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError } from '../errors/hajiri-error.ts';

/**
 * A part of a fetch judges its days by the policies that it found when it began, and is committed minutes later. Held from
 * before it reads them to the end of its transaction; any number of parts hold it together.
 */
export async function holdJudging(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${nameOf(connectionId)}, 0))`.execute(
    transaction,
  );
}

/**
 * Waits until no part of a fetch is under way that began before, so that whoever judges stored days by new policies comes
 * after whoever judged by old ones.
 */
export async function waitForJudging(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${nameOf(connectionId)}, 0))`.execute(transaction);
}

function nameOf(connectionId: ConnectionId): string {
  return `hajiri.judging ${connectionId}`;
}

/**
 * The same for who would rather be refused than wait: for all connections, to the end of the transaction. Throws
 * `not_possible`.
 */
export async function refuseWhileJudging(transaction: OrganisationTransaction): Promise<void> {
  const connections = await transaction.selectFrom('connection').select('id').orderBy('id').execute();
  for (const { id } of connections) {
    const { rows } = await sql<{ isOurs: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${nameOf(id)}, 0)) as "isOurs"`.execute(transaction);
    if (rows[0]?.isOurs === true) continue;
    throw new HajiriError('not_possible', 'A fetch is under way. Do this when it is over.');
  }
}
