import { sql } from 'kysely';
import type { ConnectionId, OrganisationId, RunId } from '../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../db/tenancy.ts';
import { unlinkedDayCounts } from '../directory/unlinked-days.ts';
import { unlinkedJoins, unlinkedReason } from '../directory/unlinked-reason.ts';
import { hullOf } from './date-ranges.ts';
import { type DateWindow, datesOf } from './date-window.ts';

export type PeopleScope = {
  readonly organisationId: OrganisationId;
  readonly connectionId: ConnectionId;
  readonly runId: RunId;
  readonly windows: readonly DateWindow[];
};

/**
 * Stores who of a window needs a person's attention, as problems of the run: people of Keka who are not linked (with
 * the reason), employees without an Employee ID, and punches outside of the time of employment. All of it stays in
 * the database: it may be everybody. Returns how many people of Keka are not linked, and whether there is anything.
 */
export async function storePeopleProblems(
  transaction: OrganisationTransaction,
  scope: PeopleScope,
): Promise<{ readonly unlinked: number; readonly found: number }> {
  await planForWholeSets(transaction);
  const unlinked = await storeUnlinked(transaction, scope);
  const withoutId = await storeEmployeesWithoutId(transaction, scope);
  const outside = await storePunchesOutsideEmployment(transaction, scope);
  return { unlinked, found: unlinked + withoutId + outside };
}

/** Days of the dates that were read; the first and the last of them tell the planner which months to look at. */
const daysRead = ({ connectionId, windows }: PeopleScope) => {
  const { from, to } = hullOf(windows);
  const dates = windows.flatMap((window) => [...datesOf(window)].map(String));
  return sql`d.connection_id = ${connectionId} and d.date between ${from} and ${to} and d.date = any (${dates}::date[])`;
};

const columns = sql.raw(
  'organisation_id, run_id, code, source_guid, employee, date_from, date_to, days, number',
);

/** Numbers go on where the run's problems end. */
const numbered = ({ runId }: PeopleScope, order: string) =>
  sql`(select coalesce(max(number), 0) from run_problem where run_id = ${runId})
    + row_number() over (order by ${sql.raw(order)})`;

async function storeUnlinked(transaction: OrganisationTransaction, scope: PeopleScope): Promise<number> {
  const { connectionId, organisationId, runId } = scope;
  const { numAffectedRows } = await sql`
    with unlinked as materialized (
      -- Few on most mornings, while the days are everybody's. Whole, so that nobody is looked for again.
      select p.* from source_person p
      left join person_link l on l.organisation_id = p.organisation_id and l.connection_id = p.connection_id
        and l.source_guid = p.guid
      where p.connection_id = ${connectionId} and l.employee is null and p.ignored_reason is null
        and p.excluded_by is null
    ), days_of_person as (
      -- Only the days that the report shows.
      select d.source_guid, min(d.date) as date_from, max(d.date) as date_to, count(*) as days
      from attendance_day d
      join unlinked p on p.guid = d.source_guid
      where ${daysRead(scope)} and d.source_guid = any (array(select guid from unlinked)) and ${unlinkedDayCounts}
      group by d.source_guid
    )
    insert into run_problem (${columns})
    select ${organisationId}, ${runId}, ${unlinkedReason}, p.guid, null::uuid, d.date_from, d.date_to, d.days,
      ${numbered(scope, 'p.employee_number, p.guid')}
    from days_of_person d
    join unlinked p on p.guid = d.source_guid
    ${unlinkedJoins}`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

async function storeEmployeesWithoutId(
  transaction: OrganisationTransaction,
  scope: PeopleScope,
): Promise<number> {
  const { organisationId, runId } = scope;
  const window = hullOf(scope.windows);
  const { numAffectedRows } = await sql`
    insert into run_problem (${columns})
    select ${organisationId}, ${runId}, 'no_employee_id', null::uuid, e.id, ${window.from}::date, ${window.to}::date,
      null::integer, ${numbered(scope, 'e.first_name, e.last_name, e.id')}
    from employee e
    where e.employee_id is null and e.ignored_reason is null and e.excluded_by is null
      and (e.joining_date is null or e.joining_date <= ${window.to})
      and (e.leaving_date is null or e.leaving_date >= ${window.from})`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

async function storePunchesOutsideEmployment(
  transaction: OrganisationTransaction,
  scope: PeopleScope,
): Promise<number> {
  const { connectionId, organisationId, runId } = scope;
  const window = hullOf(scope.windows);
  const { numAffectedRows } = await sql`
    with suspect as materialized (
      -- Those who joined or left within the window, or before it; everybody else cannot be outside.
      select l.source_guid, l.employee, l.valid_from, l.valid_to, e.joining_date, e.leaving_date
      from employee e
      join person_link l on l.organisation_id = e.organisation_id and l.employee = e.id
      where l.connection_id = ${connectionId} and e.excluded_by is null
        and (e.joining_date > ${window.from} or e.leaving_date < ${window.to})
    ), outside as (
      select d.source_guid, s.employee, min(d.date) as date_from, max(d.date) as date_to, count(*) as days
      from attendance_day d
      join suspect s on s.source_guid = d.source_guid
      where ${daysRead(scope)} and d.source_guid = any (array(select source_guid from suspect))
        and (d.first_in is not null or d.last_out is not null)
        and (d.date < s.joining_date or d.date > s.leaving_date)
        and d.date between s.valid_from and s.valid_to
      group by d.source_guid, s.employee
    )
    insert into run_problem (${columns})
    select ${organisationId}, ${runId}, 'punch_outside_employment', o.source_guid, o.employee, o.date_from, o.date_to,
      o.days, ${numbered(scope, 'o.source_guid')}
    from outside o`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}
