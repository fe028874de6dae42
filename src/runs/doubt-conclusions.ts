import { sql } from 'kysely';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { ConnectionId } from '../db/schema.ts';

/**
 * A day is absent, or lacks its out, because it was over when it was read. Where the time of that reading lies ahead, the clock
 * was wrong then and the day may not have been over: it is pending until it is read again, which this run or the next does.
 */
export async function doubtConclusions(
  context: OrganisationContext,
  connectionId: ConnectionId,
): Promise<void> {
  await inOrganisation(context, (transaction) =>
    sql`
      update attendance_day d set status = 'pending'
      from date_coverage c
      where c.connection_id = ${connectionId} and c.last_complete_read_at > ${context.clock.now()}
        and d.organisation_id = ${context.organisation.id} and d.connection_id = ${connectionId} and d.date = c.date
        and (d.status = 'absent' or 'missing_out' = any (d.flags))`.execute(transaction),
  );
}
