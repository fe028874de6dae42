import { sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import {
  inOrganisation,
  type Organisation,
  type OrganisationContext,
} from '../../accounts/organisation-context.ts';
import { sightOf } from '../../accounts/sight.ts';
import { previousLocalDay } from '../../attendance/local-time.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import { toReportRow } from '../person-days/to-report-row.ts';
import { refuseFuture } from '../refuse-future.ts';
import { dailyQuery } from './daily-query.ts';
import type { DailyReport } from './daily-row.ts';

/**
 * The Daily Attendance report of one date; of yesterday, where the organisation is, when none is given. Throws
 * InvalidInputError for a date that has not begun there.
 */
export async function readDailyReport(
  context: OrganisationContext,
  wanted?: Temporal.PlainDate,
): Promise<DailyReport> {
  authorise(context, 'read attendance');
  const { organisation, clock } = context;
  if (wanted !== undefined) refuseFuture(context, wanted);
  const date = wanted ?? previousLocalDay(clock.now(), organisation.zone);
  return inOrganisation(context, async (transaction) => {
    await planForWholeSets(transaction);
    const { rows } = await dailyQuery(organisation, date, sightOf(context.actor)).execute(transaction);
    const asOf = await readDataAsOf(transaction, date);
    return {
      date: date.toString(),
      zone: organisation.zone,
      dataAsOf: asOf?.toString() ?? null,
      warnings: warningsOf(organisation),
      rows: rows.map((row) => toReportRow(row, organisation.zone)),
    };
  });
}

function warningsOf({ name, faultyZone }: Organisation): readonly string[] {
  if (faultyZone === null) return [];
  return [
    `The stored time zone "${faultyZone}" does not exist; times are shown in UTC. Correct it with: hajiri organisations change "${name}" --zone Asia/Kolkata`,
  ];
}

async function readDataAsOf(
  transaction: OrganisationTransaction,
  date: Temporal.PlainDate,
): Promise<Temporal.Instant | null> {
  const { rows } = await sql<{ read_at: Temporal.Instant | null }>`
    select case when count(*) = count(v.date) then min(v.last_complete_read_at) end as read_at
    from connection c left join date_coverage v on v.connection_id = c.id and v.date = ${date}`.execute(
    transaction,
  );
  return rows[0]?.read_at ?? null;
}
