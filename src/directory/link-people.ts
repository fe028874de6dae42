import { type RawBuilder, sql } from 'kysely';
import { type MatchKey, toMatchKey } from '../attendance/match-key.ts';
import type { ConnectionId, IdentificationKey, OrganisationId } from '../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../db/tenancy.ts';
import { applyExclusions } from './exclusions/apply-exclusions.ts';

/** What Keka knows of a person and may serve as the unique identification key. */
export type SourceIdentifiers = {
  readonly guid: string;
  readonly employeeNumber: string | null;
  readonly attendanceNumber: string | null;
  readonly email: string | null;
};

export function sourceMatchKey(key: IdentificationKey, person: SourceIdentifiers): MatchKey | null {
  switch (key) {
    case 'employee_number':
      return toMatchKey(person.employeeNumber);
    case 'attendance_number':
      return toMatchKey(person.attendanceNumber);
    case 'email':
      return toMatchKey(person.email);
    case 'guid':
      return toMatchKey(person.guid);
  }
}

/** The column of source person `p` that holds a key in the form in which codes are compared. */
export function keyColumn(key: IdentificationKey): RawBuilder<string | null> {
  switch (key) {
    case 'employee_number':
      return sql`p.number_key`;
    case 'attendance_number':
      return sql`p.attendance_key`;
    case 'email':
      return sql`p.email_key`;
    case 'guid':
      return sql`p.guid::text`;
  }
}

/**
 * Whether the times of employment of source person `p`, as Keka tells them, and of employee `e` have a day in common. A
 * date that is not known sets no bound, and an exit before the joining date is none.
 */
export const employedTogether = sql<boolean>`(
  (p.joining_date is null or e.leaving_date is null or p.joining_date <= e.leaving_date)
  and (p.exit_date is null or e.joining_date is null or p.exit_date >= e.joining_date
    or p.exit_date < p.joining_date))`;

/** People whom their key may link: nobody decided about them, and no rule leaves them out. */
export const keyMayLink = sql<boolean>`(not p.held and p.ignored_reason is null and p.excluded_by is null)`;

/** Whoever writes links holds it, until the end of the transaction: see the migration of the directory. */
export async function lockLinks(
  transaction: OrganisationTransaction,
  organisation: OrganisationId,
): Promise<void> {
  await sql`select lock_links(${organisation})`.execute(transaction);
}

/**
 * Links every source person of a connection who is not linked yet, and who is alone with an employee: of the people and
 * the employees with one key, those count for each other whose times of employment meet, and one has to be left on both
 * sides. So a code that was given to somebody else after an exit is told apart by the dates. An employee who is linked
 * already keeps that link and gets no other: that takes a person's decision. Repeating it changes nothing. Returns how
 * many were linked.
 */
export async function linkPeople(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  now: Temporal.Instant,
): Promise<number> {
  const connection = await transaction
    .selectFrom('connection')
    .select(['organisation_id', 'identification_key'])
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (connection === undefined) return 0;
  await planForWholeSets(transaction);
  await lockLinks(transaction, connection.organisation_id);
  await applyExclusions(transaction);
  const { numAffectedRows } = await sql`
    with pair as (
      select p.organisation_id, p.guid, e.id as employee,
        count(*) over (partition by p.guid) as employees, count(*) over (partition by e.id) as people
      from source_person p
      join employee e on e.organisation_id = p.organisation_id
        and e.match_key = ${keyColumn(connection.identification_key)}
      left join person_link l on l.organisation_id = p.organisation_id and l.connection_id = p.connection_id
        and l.source_guid = p.guid
      where p.connection_id = ${connectionId} and l.employee is null and ${keyMayLink} and ${employedTogether}
    )
    insert into person_link (organisation_id, connection_id, source_guid, employee, made_by, made_at)
    select organisation_id, ${connectionId}, guid, employee, 'key', ${now}
    from pair
    where employees = 1 and people = 1 and not exists (select from person_link o
      where o.organisation_id = pair.organisation_id and o.connection_id = ${connectionId}
        and o.employee = pair.employee)
    on conflict do nothing`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

/** The same for every connection of the organisation: after a change of the directory. */
export async function linkAllConnections(
  transaction: OrganisationTransaction,
  now: Temporal.Instant,
): Promise<number> {
  let linked = 0;
  for (const { id } of await transaction.selectFrom('connection').select('id').execute()) {
    linked += await linkPeople(transaction, id, now);
  }
  return linked;
}
