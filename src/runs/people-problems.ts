import { sql } from 'kysely';
import type { ConnectionId, EmployeeRef } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { type UnlinkedReason, unlinkedJoins, unlinkedReason } from '../directory/link-people.ts';
import { unlinkedDayCounts } from '../directory/unlinked-days.ts';
import type { DateWindow } from './date-window.ts';
import type { RunProblem } from './run-problem.ts';

export type PeopleProblems = { readonly problems: readonly RunProblem[]; readonly unlinked: number };

type PersonDays = {
  guid: string;
  employee: EmployeeRef | null;
  date_from: Temporal.PlainDate;
  date_to: Temporal.PlainDate;
  days: number;
};

/**
 * Who of a window needs a person's attention: people of Keka who are not linked (with the reason), employees without
 * an Employee ID, and punches outside of the time of employment. `unlinked` counts the people of Keka.
 */
export async function findPeopleProblems(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  window: DateWindow,
): Promise<PeopleProblems> {
  const unlinked = await findUnlinked(transaction, connectionId, window);
  return {
    problems: [
      ...unlinked,
      ...(await findEmployeesWithoutId(transaction, window)),
      ...(await findPunchesOutsideEmployment(transaction, connectionId, window)),
    ],
    unlinked: unlinked.length,
  };
}

/** The days of people who are not linked, as far as the report shows them. */
const unlinkedDays = (connectionId: ConnectionId, { from, to }: DateWindow) => sql`(
  select d.source_guid as guid, min(d.date) as date_from, max(d.date) as date_to, count(*) as days
  from attendance_day d
  join source_person p on p.organisation_id = d.organisation_id and p.connection_id = d.connection_id
    and p.guid = d.source_guid
  where d.connection_id = ${connectionId} and d.date between ${from} and ${to}
    and not exists (select from person_link l where l.organisation_id = d.organisation_id
      and l.connection_id = d.connection_id and l.source_guid = d.source_guid)
    and ${unlinkedDayCounts}
  group by d.source_guid)`;

async function findUnlinked(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  window: DateWindow,
): Promise<readonly RunProblem[]> {
  const { rows } = await sql<PersonDays & { reason: UnlinkedReason }>`
    select d.*, null as employee, ${unlinkedReason} as reason
    from ${unlinkedDays(connectionId, window)} d
    join source_person p on p.connection_id = ${connectionId} and p.guid = d.guid
    ${unlinkedJoins}
    order by p.employee_number, d.guid`.execute(transaction);
  return rows.map((row) => toProblem(row.reason, row));
}

async function findEmployeesWithoutId(
  transaction: OrganisationTransaction,
  { from, to }: DateWindow,
): Promise<readonly RunProblem[]> {
  const rows = await transaction
    .selectFrom('employee')
    .select('id')
    .where('employee_id', 'is', null)
    .where((where) => where.or([where('joining_date', 'is', null), where('joining_date', '<=', to)]))
    .where((where) => where.or([where('leaving_date', 'is', null), where('leaving_date', '>=', from)]))
    .orderBy('first_name')
    .orderBy('last_name')
    .execute();
  return rows.map(({ id }) => ({ code: 'no_employee_id' as const, employee: id, from, to, details: {} }));
}

async function findPunchesOutsideEmployment(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  { from, to }: DateWindow,
): Promise<readonly RunProblem[]> {
  const { rows } = await sql<PersonDays>`
    select d.source_guid as guid, l.employee, min(d.date) as date_from, max(d.date) as date_to, count(*) as days
    from attendance_day d
    join person_link l on l.connection_id = d.connection_id and l.source_guid = d.source_guid
    join employee e on e.id = l.employee
    where d.connection_id = ${connectionId} and d.date between ${from} and ${to}
      and (d.first_in is not null or d.last_out is not null)
      and (d.date < e.joining_date or d.date > e.leaving_date)
    group by d.source_guid, l.employee
    order by d.source_guid`.execute(transaction);
  return rows.map((row) => toProblem('punch_outside_employment', row));
}

function toProblem(code: RunProblem['code'], row: PersonDays): RunProblem {
  return {
    code,
    sourceGuid: row.guid,
    employee: row.employee,
    from: row.date_from,
    to: row.date_to,
    days: row.days,
    details: {},
  };
}
