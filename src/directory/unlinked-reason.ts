import { sql } from 'kysely';
import { employedTogether } from './link-people.ts';

export const unlinkedReasons = [
  'no_source_key',
  'not_in_directory',
  'ambiguous_match',
  'duplicate_code',
  'employee_already_linked',
  'code_reused',
  'unlinked_by_hand',
] as const;
export type UnlinkedReason = (typeof unlinkedReasons)[number];

/**
 * Why each unlinked person (alias `p` of source_person) is not linked: the one expression that the reports and the list
 * of links share. Null for a person who is linked.
 */
export const unlinkedReason = sql<UnlinkedReason | null>`case
  when l.employee is not null then null
  when p.held then 'unlinked_by_hand'
  when source.key is null then 'no_source_key'
  when candidates.employees is null then 'not_in_directory'
  when candidates.together = 0 then 'code_reused'
  when candidates.together > 1 then 'ambiguous_match'
  when candidates.linked_together then 'employee_already_linked'
  when candidates.linked then 'code_reused'
  else 'duplicate_code' end`;

/** Joins that `unlinkedReason` stands on: link `l`, key `source` and `candidates` of source person `p`. */
export const unlinkedJoins = sql`
  left join person_link l
    on l.organisation_id = p.organisation_id and l.connection_id = p.connection_id and l.source_guid = p.guid
  left join lateral (
    select source_key(k.identification_key, p.number_key, p.attendance_key, p.email_key, p.guid) as key
    from connection k where k.organisation_id = p.organisation_id and k.id = p.connection_id
  ) source on true
  left join lateral (
    select count(distinct e.id) as employees, count(distinct e.id) filter (where ${employedTogether}) as together,
      bool_or(holder.guid is not null) filter (where ${employedTogether}) as linked,
      -- Somebody who is linked, and whom Keka knows as employed at the same time.
      bool_or(holder.guid is not null
        and (p.joining_date is null or holder.exit_date is null or p.joining_date <= holder.exit_date)
        and (p.exit_date is null or holder.joining_date is null or p.exit_date >= holder.joining_date)
      ) filter (where ${employedTogether}) as linked_together
    from employee e
    left join lateral (
      select o.guid, o.joining_date, o.exit_date from person_link t
      join source_person o on o.organisation_id = t.organisation_id and o.connection_id = t.connection_id
        and o.guid = t.source_guid
      where t.organisation_id = e.organisation_id and t.connection_id = p.connection_id and t.employee = e.id
    ) holder on true
    where l.employee is null and e.organisation_id = p.organisation_id and e.match_key = source.key
    having count(*) > 0
  ) candidates on true`;
