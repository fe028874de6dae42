import { sql } from 'kysely';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { isReadAgain, openDays, overAt, type UnfinishedScope } from './unfinished-days.ts';

/** When something is to be done about the days of a connection that are not over; null where there is nothing. */
export type OpenDays = {
  /** The next of those in progress has to be settled. */
  readonly settleAt: Temporal.Instant | null;
  /** The next of those that ended after `readAfter` can be read again. */
  readonly readAt: Temporal.Instant | null;
};

/** A month that was closed stays as it is. */
const isSettled = sql`d.status = 'in_progress' and not exists (select from month_lock l
  where l.organisation_id = d.organisation_id and l.month = date_trunc('month', d.date)::date)`;

/**
 * A day that was in progress when it was read and is over by now: nobody is still in, and nobody knows yet whether the out
 * is missing. It is pending until it is read again.
 */
export async function settleEndedShifts(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  scope: UnfinishedScope & { readonly readAfter: Temporal.Instant },
): Promise<OpenDays> {
  const now = context.clock.now();
  const found = await readOpenDays(transaction, context, scope);
  // Most often none has ended: one query is all that the many looks at a connection cost.
  if (found.settleAt === null || Temporal.Instant.compare(found.settleAt, now) > 0) return found;
  await sql`
    update attendance_day d set status = 'pending'
    where ${openDays(context, scope)} and ${isSettled} and ${overAt(context, scope)} < ${now}`.execute(
    transaction,
  );
  return readOpenDays(transaction, context, scope);
}

async function readOpenDays(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  scope: UnfinishedScope & { readonly readAfter: Temporal.Instant },
): Promise<OpenDays> {
  const { rows } = await sql<OpenDays>`
    select min(o.over_at) filter (where o.is_settled) as "settleAt",
      min(o.over_at) filter (where o.is_read_again and o.over_at > ${scope.readAfter}) as "readAt"
    from (select ${isSettled} as is_settled, ${overAt(context, scope)} as over_at, ${isReadAgain(context)} as is_read_again
      from attendance_day d where ${openDays(context, scope)}) o`.execute(transaction);
  // A second later it is over by any reckoning.
  const after = (over: Temporal.Instant | null | undefined) => over?.add({ seconds: 1 }) ?? null;
  return { settleAt: after(rows[0]?.settleAt), readAt: after(rows[0]?.readAt) };
}
