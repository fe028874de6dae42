import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { ConnectionId, IdentificationKey } from '../../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import { keyColumn } from '../link-people.ts';
import { findConnectionOfLinks } from './find-connection.ts';
import { type SuggestionReason, suggestionReasons } from './link-kinds.ts';
import { type ShownEmployee, type ShownPerson, shownEmployee, shownPerson } from './shown-people.ts';

export type Suggestion = {
  readonly person: ShownPerson;
  readonly employee: ShownEmployee;
  readonly reasons: readonly SuggestionReason[];
  /** Where the employee had another person before or after, the days that are left. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
};

type Wanted = {
  /** Those of these people, or of these employees. */
  readonly people?: readonly string[];
  readonly employees?: readonly string[];
  /** Only where both have no other candidate, for a reason that is more than a name. */
  readonly good?: boolean;
  readonly reason?: SuggestionReason | undefined;
};

/** What can be accepted in bulk: one for each person who has exactly one good candidate. Throws `not_found`. */
export async function listSuggestions(
  context: OrganisationContext,
  connection: string,
  { reason, offset, limit }: { reason?: SuggestionReason | undefined; offset: number; limit: number },
): Promise<{ readonly total: number; readonly rows: readonly Suggestion[] }> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    const { id } = await findConnectionOfLinks(transaction, connection);
    await planForWholeSets(transaction);
    const all = await readSuggestions(transaction, id, { good: true, reason });
    return { total: all.length, rows: all.slice(offset, offset + limit) };
  });
}

const nameOf = (parts: RawBuilder<unknown>) => sql`lower(trim(regexp_replace(${parts}, '\\s+', ' ', 'g')))`;
const personName = nameOf(sql`p.display_name`);
const employeeName = nameOf(sql`concat_ws(' ', e.first_name, e.last_name)`);
/** Codes that differ in leading zeros, blanks and signs are one: `00123`, `123`; `A-030`, `A30`. */
const loose = (code: RawBuilder<unknown>) =>
  sql`regexp_replace(regexp_replace(${code}, '[^[:alnum:]]', '', 'g'), '(^|[^0-9])0+(?=[0-9])', '\\1', 'g')`;

/**
 * Who may be whom: every pair with a reason of its own, of people who are linked to nobody and employees who are free on
 * the days of that person.
 */
export async function readSuggestions(
  transaction: OrganisationTransaction,
  connection: ConnectionId,
  wanted: Wanted,
): Promise<readonly Suggestion[]> {
  const { people = [], employees = [], good = false, reason } = wanted;
  if (!good && people.length + employees.length === 0) return [];
  const { identification_key: key } = await transaction
    .selectFrom('connection')
    .select('identification_key')
    .where('id', '=', connection)
    .executeTakeFirstOrThrow();
  const only: RawBuilder<SqlBool> = good
    ? sql`true`
    : sql`(p.guid = any(${people}::uuid[]) or e.id = any(${employees}::uuid[]))`;
  const pairs = pairsOf(key, only);
  const { rows } = await sql<Suggestion>`
    with free_person as materialized (
      select p.* from source_person p
      left join person_link l on l.connection_id = p.connection_id and l.source_guid = p.guid
      where p.connection_id = ${connection} and l.employee is null and p.ignored_reason is null
        and p.excluded_by is null
    ), free_employee as materialized (
      select * from employee where excluded_by is null
    ), candidate as (
      select k.guid, k.employee, array_agg(distinct k.reason) as reasons,
        bool_or(k.reason <> 'same_name') as is_strong
      from (${pairs}) k group by k.guid, k.employee
    ), holder as (
      -- Whoever stands for the employee already: on which days another one may.
      select k.guid, k.employee, max(o.exit_date) as until, min(o.joining_date) as since,
        bool_or((p.joining_date is null or o.exit_date is null or p.joining_date <= o.exit_date)
          and (p.exit_date is null or o.joining_date is null or p.exit_date >= o.joining_date)) as overlaps
      from candidate k
      join source_person p on p.connection_id = ${connection} and p.guid = k.guid
      join person_link l on l.connection_id = ${connection} and l.employee = k.employee
      join source_person o on o.connection_id = l.connection_id and o.guid = l.source_guid
      group by k.guid, k.employee
    ), free as (
      select k.*, h.until, h.since,
        count(*) filter (where k.is_strong) over (partition by k.guid) as of_person,
        count(*) filter (where k.is_strong) over (partition by k.employee) as of_employee
      from candidate k
      left join holder h on h.guid = k.guid and h.employee = k.employee
      where h.overlaps is not true
    )
    select ${shownPerson} as person, ${shownEmployee} as employee,
      array(select r from unnest(${sql.lit(`{${suggestionReasons.join(',')}}`)}::text[]) r where r = any(f.reasons))
        as reasons,
      case when p.joining_date > f.until then p.joining_date end::text as "validFrom",
      case when p.exit_date < f.since then p.exit_date end::text as "validTo"
    from free f
    join connection c on c.id = ${connection}
    join source_person p on p.connection_id = c.id and p.guid = f.guid
    join employee e on e.id = f.employee
    where (${!good} or (f.is_strong and f.of_person = 1 and f.of_employee = 1 and f.until is null and f.since is null))
      and (${reason ?? null}::text is null or ${reason ?? null} = any(f.reasons))
    order by p.display_name nulls last, p.guid, f.is_strong desc, e.first_name, e.id`.execute(transaction);
  return rows;
}

/** Every pair of a free person and an employee, once for each reason. */
function pairsOf(key: IdentificationKey, only: RawBuilder<SqlBool>): RawBuilder<unknown> {
  return sql.join(
    [
      { name: 'same_key', on: sql`e.match_key = ${keyColumn(key)}` },
      { name: 'same_email', on: sql`lower(e.email) = lower(p.email)` },
      {
        name: 'same_name_and_joining_date',
        on: sql`${employeeName} = ${personName} and e.joining_date = p.joining_date`,
      },
      {
        name: 'near_code',
        on: sql`${loose(sql`e.match_key`)} = ${loose(keyColumn(key))} and e.match_key <> ${keyColumn(key)}`,
      },
      { name: 'same_name', on: sql`${employeeName} = ${personName}` },
    ].map(
      ({ name, on }) => sql`select p.guid, e.id as employee, ${sql.lit(name)} as reason
        from free_person p join free_employee e on ${on} where ${only}`,
    ),
    sql` union all `,
  );
}
