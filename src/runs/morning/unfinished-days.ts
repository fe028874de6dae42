import { sql } from 'kysely';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';

export type UnfinishedScope = {
  readonly connectionId: ConnectionId;
  /** How long after the end of a shift a punch may still come. */
  readonly graceMinutes: number;
};

/** How far back a day may be that was not over when it was read; older ones are left to the ages of the re-check. */
export const lookBackDays = 40;

/** When a day `d` is over, as `evaluateDay` has it: its date has ended, and so has its shift with the grace after it. */
export const overAt = (
  { organisation }: OrganisationContext,
  { graceMinutes }: Pick<UnfinishedScope, 'graceMinutes'>,
) => {
  const dayEnd = sql`((d.date + 1)::timestamp at time zone ${organisation.zone})`;
  return sql`greatest(${dayEnd}, coalesce(d.shift_end, ${dayEnd}) + make_interval(mins => ${graceMinutes}))`;
};

/**
 * When each day is over that was not when it was read. Today's are left out, being part of tomorrow's morning, and so are
 * those that Keka took back.
 */
const openDays = (context: OrganisationContext, scope: UnfinishedScope) => {
  const { organisation, clock } = context;
  const today = localDay(clock.now(), organisation.zone);
  return sql`
    select d.date, ${overAt(context, scope)} as over_at
    from attendance_day d
    where d.organisation_id = ${organisation.id} and d.connection_id = ${scope.connectionId}
      and d.is_open and d.missed_reads = 0
      and d.date >= ${today.subtract({ days: lookBackDays })} and d.date < ${today}`;
};

/** The dates that have a day which is over now and was not when it was read. */
export async function unfinishedDates(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  scope: UnfinishedScope,
): Promise<readonly Temporal.PlainDate[]> {
  const { rows } = await sql<{ date: Temporal.PlainDate }>`
    select distinct o.date from (${openDays(context, scope)}) o
    where o.over_at < ${context.clock.now()} order by o.date`.execute(transaction);
  return rows.map(({ date }) => date);
}

/** The first moment after `since` at which such a day is over; null when there is none. */
export async function nextShiftEnd(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  scope: UnfinishedScope,
  since: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ at: Temporal.Instant | null }>`
    select min(o.over_at) as at from (${openDays(context, scope)}) o where o.over_at > ${since}`.execute(
    transaction,
  );
  return rows[0]?.at ?? null;
}
