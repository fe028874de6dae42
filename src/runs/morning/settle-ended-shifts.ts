import { sql } from 'kysely';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { lookBackDays, overAt, type UnfinishedScope } from './unfinished-days.ts';

/**
 * A day that was in progress when it was read and is over by now: nobody is still in, and nobody knows yet whether the out
 * is missing. It is pending until it is read again. Returns when the next such day is over.
 */
export async function settleEndedShifts(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  scope: UnfinishedScope,
): Promise<Temporal.Instant | null> {
  const { organisation, clock } = context;
  const now = clock.now();
  // Further back, everything has been settled long ago.
  const since = now.toZonedDateTimeISO(organisation.zone).toPlainDate().subtract({ days: lookBackDays });
  const open = sql`d.organisation_id = ${organisation.id} and d.connection_id = ${scope.connectionId}
    and d.is_open and d.status = 'in_progress' and d.date >= ${since}
    and not exists (select from month_lock l where l.organisation_id = d.organisation_id
      and l.month = date_trunc('month', d.date)::date)`;
  await sql`
    update attendance_day d set status = 'pending'
    where ${open} and ${overAt(context, scope)} < ${now}`.execute(transaction);
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(${overAt(context, scope)}) as at from attendance_day d where ${open}`.execute(transaction);
  // A second later it is over by any reckoning.
  return rows[0]?.at?.add({ seconds: 1 }) ?? null;
}
