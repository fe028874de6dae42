import { type RawBuilder, sql } from 'kysely';
import type { AttendanceDay } from '../attendance/attendance-day.ts';
import { changedValues, toDayValues } from '../attendance/compare-days.ts';
import { rulesVersion } from '../attendance/evaluate-day.ts';
import { dates, hashes, uuids } from '../db/array-parameters.ts';
import type { ConnectionId, OrganisationId, RunId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { toAttendanceDay } from '../rules/stored-day.ts';
import type { DateWindow } from './date-window.ts';
import { type DayToStore, dayColumns, excludedValues, newColumns, toRows } from './day-rows.ts';

/** Whose days, in which run, read when. */
export type DayScope = {
  readonly organisationId: OrganisationId;
  readonly connectionId: ConnectionId;
  readonly runId: RunId;
  readonly readAt: Temporal.Instant;
};

export type DayKey = { readonly sourceGuid: string; readonly date: Temporal.PlainDate };

/**
 * Whoever adds days to a connection holds this to the end of the transaction, so that a window that it found empty stays
 * empty until it writes. That one run at a time is active is not enough: one that was taken for dead may still be at
 * work. Waits for the other.
 */
async function lockDays(
  transaction: OrganisationTransaction,
  { connectionId }: Pick<DayScope, 'connectionId'>,
): Promise<void> {
  const name = `hajiri.attendance_day ${connectionId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}

/** Whether nothing of a window is stored; it stays so for the rest of the transaction, but for what that writes. */
export async function holdsEmptyWindow(
  transaction: OrganisationTransaction,
  scope: Pick<DayScope, 'connectionId'>,
  window: DateWindow,
): Promise<boolean> {
  await lockDays(transaction, scope);
  const day = await transaction
    .selectFrom('attendance_day')
    .select('date')
    .where('connection_id', '=', scope.connectionId)
    .where('date', '>=', window.from)
    .where('date', '<=', window.to)
    .limit(1)
    .executeTakeFirst();
  return day === undefined;
}

/** A record that cannot be passed over, by its place: not stored yet, to be written anew, or unreadable as before. */
export type Exception = { readonly position: number; readonly kind: 'new' | 'stale' | 'unreadable' };

/** A record as it is compared with what is stored; `hash` is the SHA-256 of its text, in hexadecimal. */
export type DayToCompare = DayKey & { readonly hash: string };

/**
 * Compares records with the stored days and returns those that differ in any way. Besides another record, a day is
 * written anew that was read too early to be final, or that was missing in the read before.
 */
export async function findExceptions(
  transaction: OrganisationTransaction,
  scope: DayScope,
  window: DateWindow,
  days: readonly DayToCompare[],
): Promise<readonly Exception[]> {
  // A lookup for each key, whatever the planner believes: a table that this very transaction is filling has no
  // statistics, and a join would be planned as if it were empty. "offset" keeps it from looking twice.
  const { rows } = await sql<Exception>`
    select position, kind from (
      select k.position, coalesce((
        select case when d.record_hash <> k.hash or d.missed_reads > 0 or d.is_open
            then 'stale'
          when 'bad_timestamp' = any (d.flags) then 'unreadable' else 'equal' end
        from attendance_day d
        where d.organisation_id = ${scope.organisationId} and d.connection_id = ${scope.connectionId}
          and d.date = k.date and d.source_guid = k.guid
          -- Known when the statement is planned: the months outside are not looked at.
          and d.date between ${window.from} and ${window.to}
      ), 'new') as kind
      from (select unnest(${uuids(days, ({ sourceGuid }) => sourceGuid)}) as guid,
        unnest(${dates(days, ({ date }) => date)}) as date, unnest(${hashes(days, ({ hash }) => hash)}) as hash,
        generate_series(0, ${days.length - 1}::integer) as position) as k
      offset 0
    ) as compared
    where kind <> 'equal' order by position`.execute(transaction);
  return rows;
}

/** Makes ready to write days into a window that `holdsEmptyWindow`. */
export function insertDays(
  scope: DayScope,
  days: readonly DayToStore[],
): (transaction: OrganisationTransaction) => Promise<void> {
  const insert = insertRows(scope, days);
  return async (transaction) => {
    if (days.length > 0) await insert.execute(transaction);
  };
}

/** Writes those of the days that are not stored yet. */
export async function insertMissingDays(
  transaction: OrganisationTransaction,
  scope: DayScope,
  days: readonly DayToStore[],
): Promise<void> {
  if (days.length === 0) return;
  await lockDays(transaction, scope);
  // Another transaction may have stored them before the lock was ours.
  await sql`${insertRows(scope, days)} on conflict do nothing`.execute(transaction);
}

const insertRows = (scope: DayScope, days: readonly DayToStore[]): RawBuilder<unknown> => sql`
  insert into attendance_day as d (organisation_id, connection_id, first_read_at, first_run_id, rules_version,
    ${dayColumns})
  select ${scope.organisationId}, ${scope.connectionId}, ${scope.readAt}, ${scope.runId}, ${rulesVersion}, r.*
  from ${toRows(days)} r`;

export type StoredDay = { readonly day: AttendanceDay; readonly record: string };

/** The days of these keys as they are stored, by `dayKeyText`. */
export async function readStoredDays(
  transaction: OrganisationTransaction,
  scope: Pick<DayScope, 'connectionId'>,
  keys: readonly DayKey[],
): Promise<ReadonlyMap<string, StoredDay>> {
  if (keys.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('attendance_day')
    .selectAll()
    .select(sql<string>`record::text`.as('record_text'))
    .where('connection_id', '=', scope.connectionId)
    .where(
      'date',
      'in',
      [...new Set(keys.map(({ date }) => date.toString()))].map((date) => Temporal.PlainDate.from(date)),
    )
    .where('source_guid', 'in', [...new Set(keys.map(({ sourceGuid }) => sourceGuid))])
    .execute();
  return new Map(
    rows.map((row) => [
      dayKeyText({ sourceGuid: row.source_guid, date: row.date }),
      { day: toAttendanceDay(row), record: row.record_text },
    ]),
  );
}

export function dayKeyText({ sourceGuid, date }: DayKey): string {
  return `${sourceGuid} ${date.toString()}`;
}

/**
 * Writes new versions of stored days. Where a value differs that a person would notice, the old version is kept as
 * a revision. Returns how many those are.
 */
export async function replaceDays(
  transaction: OrganisationTransaction,
  scope: DayScope,
  days: readonly DayToStore[],
  before: ReadonlyMap<string, StoredDay>,
): Promise<number> {
  if (days.length === 0) return 0;
  const revisions = days.flatMap((after) => {
    const stored = before.get(dayKeyText(after.day));
    if (stored === undefined) return [];
    const [old, fresh] = [toDayValues(stored.day), toDayValues(after.day)];
    const changed = changedValues(old, fresh);
    if (changed.length === 0) return [];
    return [
      {
        organisation_id: scope.organisationId,
        connection_id: scope.connectionId,
        date: after.day.date,
        source_guid: after.day.sourceGuid,
        run_id: scope.runId,
        revised_at: scope.readAt,
        changed: [...changed],
        before: JSON.stringify(old),
        after: JSON.stringify(fresh),
        record_before: stored.record,
      },
    ];
  });
  const revised = revisions.map(({ source_guid, date }) => dayKeyText({ sourceGuid: source_guid, date }));
  // By the unique index, without a join to plan: see findExceptions.
  await sql`${insertRows(scope, days)}
    on conflict (organisation_id, connection_id, date, source_guid) do update set (rules_version, ${newColumns}) =
      (select excluded.rules_version, ${excludedValues}),
    missed_reads = 0,
    changed_at = case when d.source_guid::text || ' ' || d.date::text = any (${revised}::text[])
      then ${scope.readAt}::timestamptz else d.changed_at end`.execute(transaction);
  if (revisions.length > 0) await transaction.insertInto('revision').values(revisions).execute();
  return revisions.length;
}
