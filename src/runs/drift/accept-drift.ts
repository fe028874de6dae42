import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { keepReadablePunches, toAttendanceDay } from '../../attendance/attendance-day.ts';
import { createDayEvaluator } from '../../attendance/evaluate-day.ts';
import { findConnectionById } from '../../connections/connections.ts';
import type { ConnectionId, RunId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { linkPeople } from '../../directory/link-people.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { parseAttendanceRecord } from '../../keka/attendance-record.ts';
import { refuseWhileJudging } from '../../rules/lock-judging.ts';
import { parseMonth } from '../../rules/locks/lock-month.ts';
import { readPolicyChooser } from '../../rules/policies/read-policy-chooser.ts';
import { readRequestsOf } from '../../rules/requests/read-requests-of.ts';
import type { DayToStore } from '../day-rows.ts';
import { readingOfTimes } from '../reading-of-times.ts';
import { findNewPeople, type NewPeople, storeNewPeople } from '../source-people.ts';
import { type DayScope, dayKeyText, insertMissingDays, readStoredDays, replaceDays } from '../stored-days.ts';

const input = z.object({
  month: z.unknown(),
  /** Left out: all of the month. */
  days: z
    .array(
      z.object({
        // What else a list has of a day does not matter.
        connectionId: z.uuid('must be the id of a connection'),
        sourceGuid: z.uuid('must be an id of Keka'),
        date: z.iso.date('must be a date, YYYY-MM-DD'),
      }),
      'must be a list of days',
    )
    .min(1, 'must have a day')
    .max(1000, 'must have at most 1000 days')
    .optional(),
});

type Row = {
  connection_id: ConnectionId;
  date: Temporal.PlainDate;
  source_guid: string;
  kind: 'changed' | 'new' | 'withdrawn';
  record_text: string | null;
  run_id: RunId;
  seen_at: Temporal.Instant;
};

const rowsAtOnce = 1000;

/**
 * Takes over what Keka has otherwise since the month was closed: the days that are named, or all of the month. The old
 * versions are kept as revisions, as at any fetch. Returns how many days it were. Throws InvalidInputError, `not_possible`
 * while a fetch is under way.
 */
export async function acceptDrift(
  context: OrganisationContext,
  given: unknown,
  graceMinutes: number,
): Promise<number> {
  authorise(context, 'manage attendance rules');
  const { month: monthGiven, days } = parseInput(input, given);
  const month = parseMonth(monthGiven);
  return inOrganisation(context, async (transaction) => {
    await refuseWhileJudging(transaction);
    let accepted = 0;
    for (;;) {
      const rows = await takeDrift(transaction, month, days);
      if (rows.length === 0) break;
      accepted += rows.length;
      const groups = Map.groupBy(
        rows,
        (row) => `${row.connection_id} ${row.run_id} ${row.seen_at.toString()}`,
      );
      for (const group of groups.values()) await acceptRows(transaction, context, group, graceMinutes);
    }
    await recordAudit(transaction, context, {
      action: 'accepted what Keka changed in the locked month',
      subject: { kind: 'month', id: null, name: month.toString() },
      after: { days: accepted },
    });
    return accepted;
  });
}

/** Takes the next ones off the list. */
async function takeDrift(
  transaction: OrganisationTransaction,
  month: Temporal.PlainYearMonth,
  days: z.output<typeof input>['days'],
): Promise<readonly Row[]> {
  const chosen =
    days === undefined
      ? sql``
      : sql`and (d.connection_id, d.source_guid, d.date) in (select * from unnest(
          ${days.map(({ connectionId }) => connectionId)}::uuid[], ${days.map(({ sourceGuid }) => sourceGuid)}::uuid[],
          ${days.map(({ date }) => date)}::date[]))`;
  const { rows } = await sql<Row>`
    delete from drift_day t using (
      select d.organisation_id, d.connection_id, d.date, d.source_guid from drift_day d
      where d.date between ${month.toPlainDate({ day: 1 })} and ${month.toPlainDate({ day: month.daysInMonth })} ${chosen}
      order by d.date, d.connection_id, d.source_guid limit ${rowsAtOnce}
    ) as next
    where t.organisation_id = next.organisation_id and t.connection_id = next.connection_id and t.date = next.date
      and t.source_guid = next.source_guid
    returning t.connection_id, t.date, t.source_guid, t.kind, t.record::text as record_text, t.run_id, t.seen_at`.execute(
    transaction,
  );
  return rows;
}

/** Rows that one run saw in one connection at one time. */
async function acceptRows(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  rows: readonly Row[],
  graceMinutes: number,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const { organisation, clock } = context;
  const connectionId = first.connection_id;
  const scope: DayScope = {
    organisationId: organisation.id,
    connectionId,
    runId: first.run_id,
    readAt: clock.now(),
  };
  const times = readingOfTimes(await findConnectionById(transaction, connectionId), organisation.zone);
  const policyOf = await readPolicyChooser(transaction, organisation, { connectionId });
  const month = first.date.toPlainYearMonth();
  const requestsOf = await readRequestsOf(transaction, {
    connectionId,
    from: month.toPlainDate({ day: 1 }),
    to: month.toPlainDate({ day: month.daysInMonth }),
  });
  const policy = { zone: organisation.zone, graceAfterShiftMinutes: graceMinutes, policyOf, requestsOf };
  const evaluate = createDayEvaluator(policy, first.seen_at);
  const keyOf = ({ source_guid: sourceGuid, date }: Row) => ({ sourceGuid, date });
  const before = await readStoredDays(transaction, scope, rows.map(keyOf));
  const days = rows.flatMap((row): readonly DayToStore[] => {
    const record = row.record_text;
    const parsed = record === null ? null : parseAttendanceRecord(JSON.parse(record));
    if (record === null || parsed === null || !parsed.ok) return [];
    const fresh = toAttendanceDay(parsed.record, times);
    const stored = before.get(dayKeyText(keyOf(row)))?.day;
    const day = stored === undefined ? fresh : keepReadablePunches(fresh, stored);
    return [{ day, evaluation: evaluate(day), record }];
  });
  const isStored = ({ day }: DayToStore) => before.has(dayKeyText(day));
  await replaceDays(transaction, scope, days.filter(isStored), before);
  await insertMissingDays(
    transaction,
    scope,
    days.filter((one) => !isStored(one)),
  );
  await meetPeople(transaction, context, scope, days);
  await markWithdrawn(
    transaction,
    scope,
    rows.filter(({ kind }) => kind === 'withdrawn'),
  );
}

/** Somebody may have come to Keka with nothing but days of closed months. */
async function meetPeople(
  transaction: OrganisationTransaction,
  { clock }: OrganisationContext,
  scope: DayScope,
  days: readonly DayToStore[],
): Promise<void> {
  if (days.length === 0) return;
  const people: NewPeople = new Map();
  const met = days.map(({ day: { sourceGuid, employeeNumber, date } }) => ({
    sourceGuid,
    employeeNumber,
    date: date.toString(),
  }));
  await findNewPeople(transaction, scope, met, people);
  if ((await storeNewPeople(transaction, scope, people)) > 0)
    await linkPeople(transaction, scope.connectionId, clock.now());
}

/** Kept, as any day that Keka takes back, and shown as such. */
async function markWithdrawn(
  transaction: OrganisationTransaction,
  { organisationId, connectionId }: DayScope,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update attendance_day d set missed_reads = greatest(d.missed_reads, 1)
    from unnest(${rows.map(({ source_guid }) => source_guid)}::uuid[], ${rows.map(({ date }) => date.toString())}::date[])
      as r (guid, date)
    where d.organisation_id = ${organisationId} and d.connection_id = ${connectionId} and d.date = r.date
      and d.source_guid = r.guid`.execute(transaction);
}
