import { sql } from 'kysely';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import type { ConnectionId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';

/**
 * Where the time of a reading lies ahead, the clock was wrong then. In truth it was read before the clock was set back, which
 * is now at the latest, so that is the age at which it counts as read. And a day that is absent, or lacks its out, because
 * it was over when it was read may not have been over: it is pending until it is read again.
 */
export async function doubtReadsFromAhead(
  transaction: OrganisationTransaction,
  context: Pick<OrganisationContext, 'organisation' | 'clock'>,
  connectionId: ConnectionId,
): Promise<void> {
  const now = context.clock.now();
  const ahead = await transaction
    .selectFrom('date_coverage')
    .select('date')
    .where('connection_id', '=', connectionId)
    .where('last_complete_read_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  if (ahead === undefined) return;
  await sql`
    update attendance_day d set status = 'pending'
    from date_coverage c
    where c.connection_id = ${connectionId} and c.last_complete_read_at > ${now}
      and d.organisation_id = ${context.organisation.id} and d.connection_id = ${connectionId} and d.date = c.date
      and (d.status = 'absent' or 'missing_out' = any (d.flags))`.execute(transaction);
  await sql`
    update date_coverage set last_complete_read_at = ${now}, first_complete_read_at = least(first_complete_read_at, ${now})
    where connection_id = ${connectionId} and last_complete_read_at > ${now}`.execute(transaction);
}
