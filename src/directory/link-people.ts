import { sql } from 'kysely';
import { type MatchKey, toMatchKey } from '../attendance/match-key.ts';
import type { ConnectionId, IdentificationKey } from '../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../db/tenancy.ts';

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

/**
 * Links every source person of a connection that is not linked yet and whose key is that of exactly one employee.
 * Several people with the key, on either side, link nobody; an employee who is linked already keeps that link, so a
 * code that is given to someone else never moves history. Repeating it changes nothing. Returns how many were linked.
 */
export async function linkPeople(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  now: Temporal.Instant,
): Promise<number> {
  await planForWholeSets(transaction);
  const { numAffectedRows } = await sql`
    with free_person as (
      select p.organisation_id, p.guid, p.match_key
      from source_person p
      where p.connection_id = ${connectionId} and p.match_key is not null
        and not exists (select from person_link l
          where l.connection_id = p.connection_id and l.source_guid = p.guid)
    ), unique_person as (
      select organisation_id, match_key, (min(guid::text))::uuid as guid
      from free_person group by organisation_id, match_key having count(*) = 1
    ), unique_employee as (
      select match_key, (min(id::text))::uuid as employee
      from employee where match_key is not null group by match_key having count(*) = 1
    )
    insert into person_link (organisation_id, connection_id, source_guid, employee, made_by, made_at)
    select p.organisation_id, ${connectionId}, p.guid, e.employee, 'key', ${now}
    from unique_person p join unique_employee e using (match_key)
    where not exists (select from person_link l
      where l.connection_id = ${connectionId} and l.employee = e.employee)
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

/** Computes the match key of every source person anew: after the identification key of the connection changed. */
export async function rekeySourcePeople(
  transaction: OrganisationTransaction,
  connection: { readonly id: ConnectionId; readonly identificationKey: IdentificationKey },
): Promise<void> {
  const people = await transaction
    .selectFrom('source_person')
    .select(['guid', 'employee_number', 'attendance_number', 'email'])
    .where('connection_id', '=', connection.id)
    .execute();
  const keys = people.map((person) =>
    sourceMatchKey(connection.identificationKey, {
      guid: person.guid,
      employeeNumber: person.employee_number,
      attendanceNumber: person.attendance_number,
      email: person.email,
    }),
  );
  // By the unique index: a join against a table without statistics may be planned as if it were small.
  await sql`
    insert into source_person as p (organisation_id, connection_id, guid, first_seen_at, match_key)
    select organisation_id, id, k.guid, created_at, k.match_key
    from connection c, unnest(${people.map(({ guid }) => guid)}::uuid[], ${keys}::text[]) as k (guid, match_key)
    where c.id = ${connection.id}
    on conflict (organisation_id, connection_id, guid) do update set match_key = excluded.match_key
    where p.match_key is distinct from excluded.match_key`.execute(transaction);
}

export const unlinkedReasons = [
  'no_source_key',
  'not_in_directory',
  'ambiguous_match',
  'duplicate_code',
  'employee_already_linked',
] as const;
export type UnlinkedReason = (typeof unlinkedReasons)[number];

/**
 * Why each unlinked person (alias `p` of source_person) is not linked: the one expression that the Integration
 * report and the Daily report share. Null for a person who is linked.
 */
export const unlinkedReason = sql<UnlinkedReason | null>`case
  when l.employee is not null then null
  when p.match_key is null then 'no_source_key'
  when candidates.employees is null then 'not_in_directory'
  when candidates.employees > 1 then 'ambiguous_match'
  when candidates.linked then 'employee_already_linked'
  else 'duplicate_code' end`;

/** Joins that `unlinkedReason` stands on: link `l` and `candidates` of source person `p`. */
export const unlinkedJoins = sql`
  left join person_link l
    on l.organisation_id = p.organisation_id and l.connection_id = p.connection_id and l.source_guid = p.guid
  left join lateral (
    select count(*) as employees,
      bool_or(exists (select from person_link o where o.organisation_id = e.organisation_id
        and o.connection_id = p.connection_id and o.employee = e.id)) as linked
    from employee e
    where l.employee is null and e.organisation_id = p.organisation_id and e.match_key = p.match_key
    having count(*) > 0
  ) candidates on true`;
