import { sql } from 'kysely';
import { localDay } from '../attendance/local-time.ts';
import type { ConnectionId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { type DateWindow, datesOf } from './date-window.ts';
import type { DayScope } from './stored-days.ts';
import type { FormerCounts } from './verify-chunk.ts';

/** Far enough back for four equal weekdays, with room for weeks in which nothing was fetched. */
const lookBackDays = 62;

/**
 * What former complete reads let expect of each date of a window. Weekday and recent counts come newest first. A date
 * that was read before it was over where the organisation is (`zone`) says nothing: people were still arriving.
 */
export async function formerCounts(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  window: DateWindow,
  zone: string,
): Promise<(date: Temporal.PlainDate) => FormerCounts> {
  const covered = await transaction
    .selectFrom('date_coverage')
    .select(['date', 'people', 'last_complete_read_at'])
    .where('connection_id', '=', connectionId)
    .where('date', '>=', window.from.subtract({ days: lookBackDays }))
    .where('date', '<=', window.to)
    .orderBy('date', 'desc')
    .execute();
  const rows = covered.filter(
    (row) => Temporal.PlainDate.compare(row.date, localDay(row.last_complete_read_at, zone)) < 0,
  );
  return (date) => {
    const earlier = rows.filter((row) => Temporal.PlainDate.compare(row.date, date) < 0);
    return {
      sameDate: rows.find((row) => row.date.equals(date))?.people ?? null,
      sameWeekday: earlier.filter((row) => row.date.dayOfWeek === date.dayOfWeek).map(({ people }) => people),
      // Where days off have no records at all, they say nothing of working days; but Sundays do of Sundays.
      recent: earlier.map(({ people }) => people).filter((people) => people > 0),
    };
  };
}

/** Whether any date of a window was read completely before. */
export async function isRead(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  window: DateWindow,
): Promise<boolean> {
  const covered = await transaction
    .selectFrom('date_coverage')
    .select('date')
    .where('connection_id', '=', connectionId)
    .where('date', '>=', window.from)
    .where('date', '<=', window.to)
    .limit(1)
    .execute();
  return covered.length > 0;
}

/** Marks every date of a window as completely read, with the number of people that it had. */
export async function coverDates(
  transaction: OrganisationTransaction,
  scope: DayScope,
  window: DateWindow,
  peopleByDate: ReadonlyMap<string, number>,
): Promise<void> {
  const dates = [...datesOf(window)].map(String);
  await sql`
    insert into date_coverage as c (organisation_id, connection_id, date, people, first_complete_read_at,
      last_complete_read_at, last_run_id)
    select ${scope.organisationId}, ${scope.connectionId}, r.date, r.people, ${scope.readAt}, ${scope.readAt},
      ${scope.runId}
    from unnest(${dates}::date[], ${dates.map((date) => peopleByDate.get(date) ?? 0)}::integer[]) as r (date, people)
    on conflict (organisation_id, connection_id, date) do update set
      people = excluded.people, last_complete_read_at = excluded.last_complete_read_at,
      last_run_id = excluded.last_run_id`.execute(transaction);
}

/** How many records a day of this connection is likely to have: as many as the largest of the last days had. */
export async function expectedPeople(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
): Promise<number | null> {
  const { rows } = await sql<{ people: number | null }>`
    select max(people) as people from (
      select people from date_coverage where connection_id = ${connectionId} order by date desc limit 14
    ) as recent`.execute(transaction);
  return rows[0]?.people ?? null;
}
