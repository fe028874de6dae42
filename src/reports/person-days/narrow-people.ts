import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Sight, seesUnlinked } from '../../accounts/sight.ts';
import { teamsWithin } from '../../accounts/team-on.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import { plainText } from '../plain-text.ts';
import type { ReportFilter } from '../shape/report-shape.ts';
import { plainWords } from './plain-words.ts';

/** The only people of whom there can be a row: their ids here and in Keka. */
export type NarrowPeople = {
  readonly employees: readonly string[];
  readonly connections: readonly string[];
  readonly guids: readonly string[];
};

/** More people than this are found as fast by reading everybody's days. */
const mostPeople = 1000;

/**
 * Who can be in a report of few: some employees, a team, what a manager sees. Their days are looked up one by one then,
 * and the report costs what it shows, not what is stored. Null where it is not about few. Whoever is not named here has
 * no row; who is named need not have one, since the query of the report looks at each date.
 */
export async function narrowPeople(
  transaction: OrganisationTransaction,
  {
    sight,
    filter,
    window,
  }: { readonly sight: Sight; readonly filter: ReportFilter; readonly window: DateWindow },
): Promise<NarrowPeople | null> {
  const conditions = conditionsOf(sight, filter);
  if (conditions.length === 0) return null;
  const { rows } = await sql<{ employee: string | null; guid: string | null; connection: string | null }>`
    select e.id as employee, l.source_guid as guid, l.connection_id as connection
    from (select * from employee e where ${sql.join(conditions, sql` and `)} limit ${mostPeople + 1}) e
    left join person_link l on l.organisation_id = e.organisation_id and l.employee = e.id
    union all
    ${unlinkedPeople(sight, filter, window)}`.execute(transaction);
  if (rows.length > mostPeople) return null;
  const some = (name: 'employee' | 'guid' | 'connection') => [
    ...new Set(rows.flatMap((row) => row[name] ?? [])),
  ];
  return { employees: some('employee'), connections: some('connection'), guids: some('guid') };
}

function conditionsOf(sight: Sight, filter: ReportFilter): readonly RawBuilder<SqlBool>[] {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (sight.kind === 'nobody') conditions.push(sql`false`);
  if (sight.kind === 'employee') conditions.push(sql`e.id = ${sight.employee}`);
  if (sight.kind === 'teams') conditions.push(wasIn(sql`any(${teamsWithin(sight.teams)})`));
  const { search, team, location, employee } = filter;
  if (employee !== undefined) conditions.push(sql`e.employee_id = any(${employee})`);
  if (location !== undefined) conditions.push(sql`coalesce(e.location, '-') = any(${location})`);
  if (team !== undefined) {
    const named = wasIn(sql`any(select t.id from team t where t.name = any(${team}))`);
    conditions.push(team.includes('-') ? sql`(${named} or ${wasIn(null)})` : named);
  }
  for (const word of wordsOf(search)) {
    conditions.push(sql`(position(${word} in ${plainWords(sql`e.first_name || ' ' || e.last_name, e.employee_id, e.email`)}) > 0
      or exists (select from person_link l join source_person p on p.organisation_id = l.organisation_id
        and p.connection_id = l.connection_id and p.guid = l.source_guid
        where l.organisation_id = e.organisation_id and l.employee = e.id
        and position(${word} in ${plainWords(sql`p.employee_number`)}) > 0))`);
  }
  return conditions;
}

/** Whether employee `e` is in one of the teams or ever was; null is none. */
function wasIn(teams: RawBuilder<unknown> | null): RawBuilder<SqlBool> {
  const test = (column: string) =>
    teams === null ? sql`${sql.raw(column)} is null` : sql`${sql.raw(column)} = ${teams}`;
  return sql`(${test('e.team_id')} or exists (select from team_move m
    where m.organisation_id = e.organisation_id and m.employee = e.id and ${test('m.team_id')}))`;
}

/** Everybody in Keka who is nobody's on some date of the window, and of whom there can be a row. */
function unlinkedPeople(sight: Sight, filter: ReportFilter, { from, to }: DateWindow): RawBuilder<unknown> {
  const { search, team, location, employee } = filter;
  const conditions: RawBuilder<SqlBool>[] = [
    sql`${seesUnlinked(sight)}`,
    sql`(l.employee is null or l.valid_from > ${from} or l.valid_to < ${to})`,
  ];
  if (team !== undefined) conditions.push(sql`coalesce(p.department, '-') = any(${team})`);
  if (location !== undefined) conditions.push(sql`coalesce(p.location, '-') = any(${location})`);
  // The number can stand in the record of the day alone.
  if (employee !== undefined) {
    conditions.push(sql`(p.employee_number is null or p.employee_number = any(${employee}))`);
  }
  for (const word of wordsOf(search)) {
    conditions.push(sql`(p.employee_number is null
      or position(${word} in ${plainWords(sql`p.display_name, p.email, p.employee_number`)}) > 0)`);
  }
  return sql`(select null::uuid, p.guid, p.connection_id from source_person p
    left join person_link l on l.organisation_id = p.organisation_id and l.connection_id = p.connection_id
      and l.source_guid = p.guid
    where ${sql.join(conditions, sql` and `)}
    limit ${mostPeople + 1})`;
}

function wordsOf(search: string | undefined): readonly string[] {
  return plainText(search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
}
