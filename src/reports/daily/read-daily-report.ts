import { sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import {
  inOrganisation,
  type Organisation,
  type OrganisationContext,
} from '../../accounts/organisation-context.ts';
import { sightOf } from '../../accounts/sight.ts';
import { previousLocalDay, toLocalTime } from '../../attendance/local-time.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import { refuseFuture } from '../refuse-future.ts';
import { type DailyQueryRow, dailyQuery } from './daily-query.ts';
import type { DailyReport, DailyRow, ReportFlag, ReportPunch } from './daily-row.ts';

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
      rows: rows.map((row) => toDailyRow(row, date, organisation.zone)),
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

function toDailyRow(row: DailyQueryRow, date: Temporal.PlainDate, zone: string): DailyRow {
  return {
    date: date.toString(),
    employeeId: row.employee_id,
    name: row.name,
    email: row.email,
    team: row.team,
    designation: row.designation,
    location: row.location,
    leavingDate: row.leaving_date?.toString() ?? null,
    connection: row.connection_name,
    sourceGuid: row.source_guid,
    employeeNumber: row.employee_number,
    link: row.unlinked_reason ?? 'linked',
    firstIn: toPunch(row, 'first_in', date, zone),
    lastOut: toPunch(row, 'last_out', date, zone),
    grossMinutes: row.gross_minutes,
    effectiveMinutes: row.effective_minutes,
    breakMinutes: row.break_minutes,
    overtimeMinutes: row.overtime_minutes,
    shiftStart: row.shift_start?.toString() ?? null,
    shiftEnd: row.shift_end?.toString() ?? null,
    dayType: row.day_type,
    status: row.status,
    flags: flagsOf(row),
    lastFetchedAt: row.last_fetched_at?.toString() ?? null,
  };
}

function toPunch(
  row: DailyQueryRow,
  which: 'first_in' | 'last_out',
  date: Temporal.PlainDate,
  zone: string,
): ReportPunch | null {
  const at = row[which];
  if (at === null) return null;
  return {
    ...toLocalTime(at, zone, date),
    instant: at.toString(),
    premise: row[`${which}_premise`],
    punchStatus: row[`${which}_punch_status`],
    logSource: row[`${which}_log_source`],
  };
}

/** What the rules found, and what only the report can know. */
function flagsOf(row: DailyQueryRow): readonly ReportFlag[] {
  const flags: ReportFlag[] = [...(row.flags ?? [])];
  if (row.unlinked_reason !== null) flags.push('not_linked');
  if (row.unlinked_reason === 'no_employee_id') flags.push('no_employee_id');
  if (row.unlinked_reason === 'no_source_person') flags.push('no_source_person');
  if (row.outside_employment) flags.push('outside_employment');
  if (row.leaving_date !== null) flags.push('leaver');
  if (row.changed_at !== null) flags.push('changed');
  if ((row.missed_reads ?? 0) > 0) flags.push('withdrawn');
  if (row.records > 1) flags.push('multiple_records');
  return flags;
}
