import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { seenEmployees, sightOf } from '../accounts/sight.ts';
import { teamOn, teamsWithin } from '../accounts/team-on.ts';
import { localDay } from '../attendance/local-time.ts';
import type { EmployeeRef } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import type { EmployeeSort } from './employee-sorts.ts';

/** What is wanted of the directory; nothing narrows it down. */
export type EmployeeFilter = {
  /** Words that all stand in name, Employee ID, e-mail or phone. */
  readonly search?: string | undefined;
  /** The name of a team; those below it count, too. */
  readonly team?: string | undefined;
  readonly location?: string | undefined;
  readonly designation?: string | undefined;
  readonly tag?: string | undefined;
  readonly status?: 'active' | 'inactive' | undefined;
  readonly employment?: 'to_join' | 'employed' | 'left' | undefined;
  readonly link?: 'linked' | 'unlinked' | undefined;
  /** Our id of a manager; `reports` says whether only those count who report to that person directly. */
  readonly manager?: string | undefined;
  readonly reports?: 'direct' | 'all' | undefined;
  readonly excluded?: boolean | undefined;
  /** One employee by our id. */
  readonly only?: EmployeeRef | undefined;
};

export type EmployeePage = {
  readonly sort?: EmployeeSort | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  readonly offset?: number | undefined;
  /** Everybody without it. */
  readonly limit?: number | undefined;
};

export type EmployeeListing = {
  /** Our own id. */
  readonly id: EmployeeRef;
  readonly employeeId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** The team of today, where the organisation is. */
  readonly team: string | null;
  readonly designation: string | null;
  readonly location: string | null;
  readonly timeZone: string | null;
  readonly joiningDate: string | null;
  readonly leavingDate: string | null;
  readonly manager: {
    readonly id: EmployeeRef;
    readonly name: string;
    readonly employeeId: string | null;
  } | null;
  readonly status: 'active' | 'inactive';
  readonly employment: 'to_join' | 'employed' | 'left';
  readonly tags: readonly string[];
  /** An exclusion rule keeps this employee out of the reports. */
  readonly excluded: boolean;
  /** Names of the connections in which a Keka person is linked to this employee. */
  readonly linkedIn: readonly string[];
};

export type EmployeeList = { readonly total: number; readonly rows: readonly EmployeeListing[] };

/** The employees that the actor sees, sorted, and how many there are on all pages. */
export async function listEmployees(
  context: OrganisationContext,
  query: EmployeeFilter & EmployeePage = {},
): Promise<EmployeeList> {
  authorise(context, 'read the directory');
  return inOrganisation(context, (transaction) => readEmployees(transaction, context, query));
}

export async function readEmployees(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  query: EmployeeFilter & EmployeePage,
): Promise<EmployeeList> {
  const today = localDay(context.clock.now(), context.organisation.zone);
  const { rows } = await employeesQuery({ ...query, today, seen: sightOf(context.actor) }).execute(
    transaction,
  );
  const total =
    rows[0]?.total ??
    // Past the last page nobody tells how many there are.
    ((query.offset ?? 0) === 0
      ? 0
      : (await readEmployees(transaction, context, { ...query, offset: 0, limit: 1 })).total);
  return { total, rows: rows.map((row) => toListing(row, today)) };
}

type EmployeeQuery = EmployeeFilter &
  EmployeePage & { readonly today: Temporal.PlainDate; readonly seen: ReturnType<typeof sightOf> };

/** The query behind the list. Only the page itself is joined with anything. */
export function employeesQuery(query: EmployeeQuery): RawBuilder<EmployeeQueryRow> {
  const { today, sort = 'name', order = 'asc', offset = 0, limit } = query;
  const direction = sql.raw(order);
  const keys = sort === 'name' ? ['first_name', 'last_name'] : [sort, 'first_name', 'last_name'];
  const sorted = (alias: string) =>
    sql.join([
      ...keys.map((key) => sql`${sql.raw(`${alias}.${key}`)} ${direction} nulls last`),
      sql.raw(`${alias}.id`),
    ]);
  return sql<EmployeeQueryRow>`
    with page as (
      select e.id, (count(*) over ())::integer as total from employee e
      where ${sql.join(conditionsOf(query), sql` and `)}
      order by ${sorted('e')} offset ${offset} ${limit === undefined ? sql`` : sql`limit ${limit}`}
    )
    select page.total, e.id, e.employee_id, e.first_name, e.last_name, e.email, e.phone,
      (select t.name from team t where t.organisation_id = e.organisation_id and t.id = ${teamOn(today)}) as team,
      e.designation, e.location, e.time_zone, e.joining_date, e.leaving_date, e.status, e.tags,
      e.excluded_by is not null as excluded, m.id as manager_id, m.employee_id as manager_employee_id,
      concat_ws(' ', m.first_name, nullif(m.last_name, '')) as manager_name,
      array(select c.name from person_link l join connection c on c.organisation_id = l.organisation_id
        and c.id = l.connection_id where l.organisation_id = e.organisation_id and l.employee = e.id
        order by c.name) as linked_in
    from page
    join employee e on e.id = page.id
    left join employee m on m.organisation_id = e.organisation_id and m.id = e.manager
    order by ${sorted('e')}`;
}

type EmployeeQueryRow = {
  total: number;
  id: EmployeeRef;
  employee_id: string | null;
  first_name: string;
  last_name: string;
  email: string | null;
  phone: string | null;
  team: string | null;
  designation: string | null;
  location: string | null;
  time_zone: string | null;
  joining_date: Temporal.PlainDate | null;
  leaving_date: Temporal.PlainDate | null;
  status: 'active' | 'inactive';
  tags: string[];
  excluded: boolean;
  manager_id: EmployeeRef | null;
  manager_employee_id: string | null;
  manager_name: string;
  linked_in: string[];
};

function conditionsOf(query: EmployeeQuery): readonly RawBuilder<SqlBool>[] {
  const { today, search, team, location, designation, tag, status, link, manager, excluded } = query;
  const conditions: RawBuilder<SqlBool>[] = [seenEmployees(query.seen, today)];
  for (const word of (search ?? '').split(/\s+/).filter((part) => part !== '')) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(
      sql`concat_ws(' ', e.first_name, e.last_name, e.employee_id, e.email, e.phone) ilike ${pattern}`,
    );
  }
  if (team !== undefined) conditions.push(sql`${teamOn(today)} = any(${teamsWithin([team])})`);
  if (location !== undefined) conditions.push(sql`lower(e.location) = lower(${location})`);
  if (designation !== undefined) conditions.push(sql`lower(e.designation) = lower(${designation})`);
  if (tag !== undefined) {
    conditions.push(sql`exists (select from unnest(e.tags) tag where lower(tag) = lower(${tag}))`);
  }
  if (status !== undefined) conditions.push(sql`e.status = ${status}`);
  if (query.employment !== undefined) conditions.push(employmentIs(query.employment, today));
  if (link !== undefined) {
    const linked = sql<SqlBool>`exists (select from person_link l
      where l.organisation_id = e.organisation_id and l.employee = e.id)`;
    conditions.push(link === 'linked' ? linked : sql`not ${linked}`);
  }
  if (manager !== undefined) conditions.push(reportsTo(manager, query.reports ?? 'direct'));
  if (query.only !== undefined) conditions.push(sql`e.id = ${query.only}`);
  if (excluded !== undefined) {
    conditions.push(excluded ? sql`e.excluded_by is not null` : sql`e.excluded_by is null`);
  }
  return conditions;
}

function employmentIs(
  employment: NonNullable<EmployeeFilter['employment']>,
  today: Temporal.PlainDate,
): RawBuilder<SqlBool> {
  const joins = sql<SqlBool>`coalesce(e.joining_date > ${today}, false)`;
  const left = sql<SqlBool>`coalesce(e.leaving_date < ${today}, false)`;
  if (employment === 'to_join') return joins;
  return employment === 'left' ? left : sql`not ${joins} and not ${left}`;
}

function reportsTo(manager: string, reports: 'direct' | 'all'): RawBuilder<SqlBool> {
  if (reports === 'direct') return sql`e.manager = ${manager}`;
  // `union` ends where managers manage each other.
  return sql`e.id in (
    with recursive report as (
      select id from employee where manager = ${manager}
      union
      select r.id from employee r join report on r.manager = report.id
    ) select id from report)`;
}

function toListing(row: EmployeeQueryRow, today: Temporal.PlainDate): EmployeeListing {
  return {
    id: row.id,
    employeeId: row.employee_id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    phone: row.phone,
    team: row.team,
    designation: row.designation,
    location: row.location,
    timeZone: row.time_zone,
    joiningDate: row.joining_date?.toString() ?? null,
    leavingDate: row.leaving_date?.toString() ?? null,
    manager:
      row.manager_id === null
        ? null
        : { id: row.manager_id, name: row.manager_name, employeeId: row.manager_employee_id },
    status: row.status,
    employment: employmentOf(row, today),
    tags: row.tags,
    excluded: row.excluded,
    linkedIn: row.linked_in,
  };
}

function employmentOf(
  row: Pick<EmployeeQueryRow, 'joining_date' | 'leaving_date'>,
  today: Temporal.PlainDate,
): EmployeeListing['employment'] {
  const isAfter = (date: Temporal.PlainDate | null) =>
    date !== null && Temporal.PlainDate.compare(date, today) > 0;
  if (isAfter(row.joining_date)) return 'to_join';
  return row.leaving_date !== null && Temporal.PlainDate.compare(row.leaving_date, today) < 0
    ? 'left'
    : 'employed';
}
