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
const lookBackDays = 40;

/** When a day `d` is over, as `evaluateDay` has it: its date has ended, and so has its shift with the grace after it. */
export const overAt = (
  { organisation }: OrganisationContext,
  { graceMinutes }: Pick<UnfinishedScope, 'graceMinutes'>,
) => {
  const dayEnd = sql`((d.date + 1)::timestamp at time zone ${organisation.zone})`;
  return sql`greatest(${dayEnd}, coalesce(d.shift_end, ${dayEnd}) + make_interval(mins => ${graceMinutes}))`;
};

/**
 * The days `d` that were not over when they were read and are read again when they are. Today's are left out, being part
 * of tomorrow's morning, and so are those that Keka took back.
 */
export const isReadAgain = ({ organisation, clock }: OrganisationContext) =>
  sql`d.missed_reads = 0 and d.date < ${localDay(clock.now(), organisation.zone)}`;

/** The days `d` of a connection that were not over when they were read. */
export const openDays = (
  { organisation, clock }: OrganisationContext,
  { connectionId }: Pick<UnfinishedScope, 'connectionId'>,
) => {
  const today = localDay(clock.now(), organisation.zone);
  // The end keeps the planner away from the partitions of months to come.
  return sql`d.organisation_id = ${organisation.id} and d.connection_id = ${connectionId}
    and d.is_open and d.date >= ${today.subtract({ days: lookBackDays })} and d.date <= ${today.add({ days: 2 })}`;
};

/** The dates that have a day which is over now and was not when it was read. */
export async function unfinishedDates(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  scope: UnfinishedScope,
): Promise<readonly Temporal.PlainDate[]> {
  const { rows } = await sql<{ date: Temporal.PlainDate }>`
    select distinct d.date from attendance_day d
    where ${openDays(context, scope)} and ${isReadAgain(context)}
      and ${overAt(context, scope)} < ${context.clock.now()} order by d.date`.execute(transaction);
  return rows.map(({ date }) => date);
}
