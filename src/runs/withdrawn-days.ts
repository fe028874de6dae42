import { sql } from 'kysely';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { type LockedMonths, monthOf } from '../rules/locks/locked-months.ts';
import type { DateWindow } from './date-window.ts';
import { holdWithdrawn } from './drift/hold-back.ts';
import type { ChunkMemory } from './read-page.ts';
import type { RunProblem } from './run-problem.ts';
import { type DayScope, dayKeyText } from './stored-days.ts';

/**
 * Counts a missed read for every stored day of the window that a complete read no longer held. The day itself is
 * kept: Keka may have lost it for a moment, and a person decides what it means.
 */
export async function countWithdrawn(
  transaction: OrganisationTransaction,
  scope: DayScope,
  window: DateWindow,
  { memory, locked }: { readonly memory: ChunkMemory; readonly locked: LockedMonths },
): Promise<readonly RunProblem[]> {
  const stored = transaction
    .selectFrom('attendance_day')
    .where('connection_id', '=', scope.connectionId)
    .where('date', '>=', window.from)
    .where('date', '<=', window.to)
    .where('first_run_id', '!=', scope.runId);
  const { count } = await stored
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count === memory.met) return [];

  const rows = await stored.select(['source_guid', 'date']).execute();
  const gone = rows.filter((row) => {
    const day = { sourceGuid: row.source_guid, date: row.date };
    if (memory.seen.has({ ...day, date: day.date.toString() })) return false;
    return !memory.refused.has(dayKeyText(day));
  });
  const isLocked = (row: { readonly date: Temporal.PlainDate }) => locked.has(monthOf(row.date.toString()));
  const held = gone.filter(isLocked);
  await holdWithdrawn(
    transaction,
    scope,
    held.map((row) => ({ sourceGuid: row.source_guid, date: row.date.toString() })),
    memory,
  );
  const missing = held.length === 0 ? gone : gone.filter((row) => !isLocked(row));
  for (const [date, days] of Map.groupBy(missing, (row) => row.date.toString())) {
    await transaction
      .updateTable('attendance_day')
      .set({ missed_reads: sql`least(missed_reads + 1, 1000)` })
      .where('organisation_id', '=', scope.organisationId)
      .where('connection_id', '=', scope.connectionId)
      .where('date', '=', Temporal.PlainDate.from(date))
      .where(sql<boolean>`source_guid = any (${days.map((row) => row.source_guid)}::uuid[])`)
      .execute();
  }
  return missing.map((row) => ({
    code: 'record_withdrawn' as const,
    sourceGuid: row.source_guid,
    from: row.date,
    to: row.date,
    details: {},
  }));
}
