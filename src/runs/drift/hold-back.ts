import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { keepReadablePunches, toAttendanceDay } from '../../attendance/attendance-day.ts';
import { changedValues, toDayValues } from '../../attendance/compare-days.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { type LockedMonths, monthOf } from '../../rules/locks/locked-months.ts';
import type { DateWindow } from '../date-window.ts';
import type { ChunkMemory, Incoming } from '../read-page.ts';
import type { RunProblem } from '../run-problem.ts';
import type { RunCounts } from '../run-progress.ts';
import { noCounts } from '../run-progress.ts';
import type { PageRules } from '../store-pages.ts';
import { type DayScope, dayKeyText, findExceptions, readStoredDays } from '../stored-days.ts';

/** A day of a closed month that Keka has otherwise than it is stored. */
type Drift = {
  readonly sourceGuid: string;
  readonly date: string;
  readonly kind: 'changed' | 'new' | 'withdrawn';
  readonly changed: readonly string[];
  readonly record: string | null;
};

/** Splits records by whether their month is closed. */
export function splitLocked(
  incoming: readonly Incoming[],
  locked: LockedMonths,
): { readonly free: readonly Incoming[]; readonly locked: readonly Incoming[] } {
  if (locked.size === 0) return { free: incoming, locked: [] };
  const isLocked = ({ date }: Incoming) => locked.has(monthOf(date));
  return { free: incoming.filter((one) => !isLocked(one)), locked: incoming.filter(isLocked) };
}

/** Compares records of closed months with what is stored. Nothing of that is written; what differs is kept aside. */
export async function holdBack(
  transaction: OrganisationTransaction,
  rules: PageRules,
  incoming: readonly Incoming[],
  memory: ChunkMemory,
): Promise<RunCounts> {
  const { scope, window, times } = rules;
  const keyOf = ({ record }: Incoming) => ({ sourceGuid: record.sourceGuid, date: record.attendanceDate });
  const compared = incoming.map((one) => ({ ...keyOf(one), hash: hash('sha256', one.text) }));
  const exceptions = await findExceptions(transaction, scope, window, compared);
  const pick = (wanted: string) =>
    exceptions.flatMap(({ position, kind }) => (kind === wanted ? (incoming[position] ?? []) : []));
  const [fresh, stale] = [pick('new'), pick('stale')];
  memory.met += incoming.length - fresh.length;
  const before = await readStoredDays(transaction, scope, stale.map(keyOf));
  const drift = [
    ...fresh.map((one): Drift => driftOf(one, 'new', [])),
    ...stale.flatMap((one): readonly Drift[] => {
      const stored = before.get(dayKeyText(keyOf(one)));
      if (stored === undefined) return [];
      const day = keepReadablePunches(toAttendanceDay(one.record, times), stored.day);
      const changed = changedValues(toDayValues(stored.day), toDayValues(day));
      return changed.length === 0 ? [] : [driftOf(one, 'changed', changed)];
    }),
  ];
  for (const { date } of drift) memory.heldByDate.set(date, (memory.heldByDate.get(date) ?? 0) + 1);
  await storeDrift(transaction, scope, drift);
  const isHeld = new Set(drift.map(({ sourceGuid, date }) => `${sourceGuid} ${date}`));
  await forgetDrift(
    transaction,
    scope,
    incoming
      .map(({ record, date }) => ({ sourceGuid: record.sourceGuid, date }))
      .filter(({ sourceGuid, date }) => !isHeld.has(`${sourceGuid} ${date}`)),
  );
  return { ...noCounts, held: drift.length, unchanged: incoming.length - drift.length };
}

function driftOf(
  { record, date, text }: Incoming,
  kind: 'new' | 'changed',
  changed: readonly string[],
): Drift {
  return { sourceGuid: record.sourceGuid, date, kind, changed, record: text };
}

/** Days of closed months that a complete read no longer held. */
export async function holdWithdrawn(
  transaction: OrganisationTransaction,
  scope: DayScope,
  days: readonly { readonly sourceGuid: string; readonly date: string }[],
  memory: ChunkMemory,
): Promise<void> {
  for (const { date } of days) memory.heldByDate.set(date, (memory.heldByDate.get(date) ?? 0) + 1);
  const drift = days.map((day) => ({ ...day, kind: 'withdrawn', changed: [], record: null }) as const);
  await storeDrift(transaction, scope, drift);
}

async function storeDrift(
  transaction: OrganisationTransaction,
  scope: DayScope,
  drift: readonly Drift[],
): Promise<void> {
  if (drift.length === 0) return;
  await sql`
    insert into drift_day (organisation_id, connection_id, run_id, seen_at, source_guid, date, kind, changed, record)
    select ${scope.organisationId}, ${scope.connectionId}, ${scope.runId}, ${scope.readAt}, r.source_guid, r.date, r.kind,
      string_to_array(r.changed, ','), r.record::json
    from unnest(
      ${drift.map(({ sourceGuid }) => sourceGuid)}::uuid[], ${drift.map(({ date }) => date)}::date[],
      ${drift.map(({ kind }) => kind)}::text[], ${drift.map(({ changed }) => changed.join(','))}::text[],
      ${drift.map(({ record }) => record)}::text[]
    ) as r (source_guid, date, kind, changed, record)
    on conflict (organisation_id, connection_id, date, source_guid) do update set run_id = excluded.run_id,
      seen_at = excluded.seen_at, kind = excluded.kind, changed = excluded.changed, record = excluded.record`.execute(
    transaction,
  );
}

/** Keka has them again as they are stored. */
async function forgetDrift(
  transaction: OrganisationTransaction,
  { organisationId, connectionId }: DayScope,
  days: readonly { readonly sourceGuid: string; readonly date: string }[],
): Promise<void> {
  if (days.length === 0) return;
  await sql`
    delete from drift_day d using unnest(
      ${days.map(({ sourceGuid }) => sourceGuid)}::uuid[], ${days.map(({ date }) => date)}::date[]
    ) as r (source_guid, date)
    where d.organisation_id = ${organisationId} and d.connection_id = ${connectionId}
      and d.source_guid = r.source_guid and d.date = r.date`.execute(transaction);
}

/** Of months that were opened again nothing is held back any more: a complete read has brought them up to date. */
export async function forgetDriftOfOpenMonths(
  transaction: OrganisationTransaction,
  { connectionId }: DayScope,
  window: DateWindow,
): Promise<void> {
  await sql`
    delete from drift_day d where d.connection_id = ${connectionId} and d.date between ${window.from} and ${window.to}
      and not exists (select from month_lock l where l.organisation_id = d.organisation_id
        and l.month = date_trunc('month', d.date)::date)`.execute(transaction);
}

/** One notice for each closed month that Keka has otherwise by now. */
export function tellHeld({ heldByDate }: ChunkMemory): readonly RunProblem[] {
  const byMonth = Map.groupBy(heldByDate, ([date]) => monthOf(date));
  return [...byMonth.values()].map((days) => {
    const dates = days.map(([date]) => date).toSorted();
    return {
      code: 'changed_after_lock' as const,
      from: Temporal.PlainDate.from(dates[0] ?? ''),
      to: Temporal.PlainDate.from(dates.at(-1) ?? ''),
      days: days.reduce((sum, [, count]) => sum + count, 0),
      details: {},
    };
  });
}
