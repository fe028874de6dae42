import { sql } from 'kysely';
import type { ConnectionId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';

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
