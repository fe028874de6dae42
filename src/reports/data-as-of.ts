import { sql } from 'kysely';
import type { Organisation } from '../accounts/organisation-context.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import type { DateWindow } from '../runs/date-window.ts';

export type DataAsOf = {
  /** The oldest of the last complete reads of these dates; null when some connection has not read one of them yet. */
  readonly dataAsOf: Temporal.Instant | null;
  /** How many of the dates some connection has not read completely yet. */
  readonly datesNotRead: number;
};

export async function readDataAsOf(
  transaction: OrganisationTransaction,
  { from, to }: DateWindow,
): Promise<DataAsOf> {
  const { rows } = await sql<{ read_at: Temporal.Instant | null; missing: number }>`
    select case when bool_and(v.date is not null) then min(v.last_complete_read_at) end as read_at,
      count(distinct d.date) filter (where v.date is null)::integer as missing
    from generate_series(${from}::date, ${to}::date, interval '1 day') d (date)
    left join connection c on true
    left join date_coverage v on v.connection_id = c.id and v.date = d.date::date`.execute(transaction);
  return { dataAsOf: rows[0]?.read_at ?? null, datesNotRead: rows[0]?.missing ?? 0 };
}

/** What a reader must know before trusting the times; almost always empty. */
export function warningsOf({ name, faultyZone }: Organisation): readonly string[] {
  if (faultyZone === null) return [];
  return [
    `The stored time zone "${faultyZone}" does not exist; times are shown in UTC. Correct it with: hajiri organisations change "${name}" --zone Asia/Kolkata`,
  ];
}
