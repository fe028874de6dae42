import { type RawBuilder, sql } from 'kysely';
import type { Organisation } from '../../accounts/organisation-context.ts';
import { type Sight, seenEmployees, seesUnlinked } from '../../accounts/sight.ts';
import type { DayFlag, DayStatus } from '../../attendance/evaluate-day.ts';
import { outsideSourceEmployment, unlinkedDayCounts } from '../../directory/unlinked-days.ts';
import { type UnlinkedReason, unlinkedJoins, unlinkedReason } from '../../directory/unlinked-reason.ts';

export type DailyQueryRow = {
  employee_id: string | null;
  name: string | null;
  email: string | null;
  team: string | null;
  designation: string | null;
  location: string | null;
  leaving_date: Temporal.PlainDate | null;
  outside_employment: boolean;
  is_employee: boolean;
  connection_name: string | null;
  source_guid: string | null;
  employee_number: string | null;
  unlinked_reason: UnlinkedReason | 'no_employee_id' | 'no_source_person' | 'outside_link' | null;
  records: number;
  first_in: Temporal.Instant | null;
  first_in_premise: string | null;
  first_in_punch_status: number | null;
  first_in_log_source: number | null;
  last_out: Temporal.Instant | null;
  last_out_premise: string | null;
  last_out_punch_status: number | null;
  last_out_log_source: number | null;
  gross_minutes: number | null;
  effective_minutes: number | null;
  break_minutes: number | null;
  overtime_minutes: number | null;
  shift_start: Temporal.Instant | null;
  shift_end: Temporal.Instant | null;
  day_type: number | null;
  status: DayStatus | 'no_record' | 'not_read_yet' | 'not_linked' | 'pending';
  flags: DayFlag[] | null;
  changed_at: Temporal.Instant | null;
  missed_reads: number | null;
  last_fetched_at: Temporal.Instant | null;
};

const ofDay = sql.raw(`d.first_in, d.first_in_premise, d.first_in_punch_status, d.first_in_log_source,
  d.last_out, d.last_out_premise, d.last_out_punch_status, d.last_out_log_source,
  d.gross_minutes, d.effective_minutes, d.break_minutes, d.overtime_minutes,
  d.shift_start, d.shift_end, d.day_type`);

/**
 * The one query behind the Daily Attendance report, whatever shows it: everybody employed on the date (or who has a
 * punch outside of that time), with or without a record, and everybody in Keka with a record and no link.
 *
 * `sight` keeps it to the rows that the actor sees. Nothing in it depends on the moment of reading. A day without a record has no stored evaluation: it follows from
 * whether, and when, the date was read completely.
 */
export function dailyQuery(
  organisation: Organisation,
  date: Temporal.PlainDate,
  sight: Sight,
): RawBuilder<DailyQueryRow> {
  const dayEnd = date.add({ days: 1 }).toZonedDateTime(organisation.zone).toInstant();
  return sql<DailyQueryRow>`
    with linked_record as (
      select l.employee, d.*, count(*) over (partition by l.employee) as records
      from person_link l
      join attendance_day d on d.organisation_id = l.organisation_id and d.connection_id = l.connection_id
        and d.source_guid = l.source_guid and d.date = ${date}
      where ${date} between l.valid_from and l.valid_to
    ), team_then as (
      -- Only those who have moved since.
      select distinct on (m.employee) m.employee, m.team_id from team_move m
      where m.last_day >= ${date} order by m.employee, m.last_day
    ), link_state as (
      -- Whether everything that could hold a day of this employee was read, and when at the earliest.
      select e.id as employee, count(l.source_guid) > 0 as is_linked,
        case when count(c.id) > 0 and count(c.id) = count(v.date) then min(v.last_complete_read_at) end as read_at,
        min(l.source_guid::text)::uuid as source_guid, min(c.name) filter (where l.employee is not null) as connection_name
      from employee e
      left join person_link l on l.organisation_id = e.organisation_id and l.employee = e.id
        and ${date} between l.valid_from and l.valid_to
      left join connection c on c.organisation_id = e.organisation_id
        and (l.connection_id is null or c.id = l.connection_id)
      left join date_coverage v on v.organisation_id = c.organisation_id and v.connection_id = c.id
        and v.date = ${date}
      group by e.id
    )
    select e.employee_id, concat_ws(' ', e.first_name, nullif(e.last_name, '')) as name, e.email, t.name as team,
      e.designation, e.location, e.leaving_date,
      coalesce(${date} < e.joining_date or ${date} > e.leaving_date, false) as outside_employment,
      true as is_employee, coalesce(c.name, s.connection_name) as connection_name,
      coalesce(d.source_guid, s.source_guid) as source_guid, p.employee_number,
      case when s.is_linked then null when e.employee_id is null then 'no_employee_id' else 'no_source_person' end
        as unlinked_reason,
      coalesce(d.records, 0) as records, ${ofDay},
      case when d.status is not null then d.status
        when not s.is_linked then 'not_linked'
        when s.read_at is null then 'not_read_yet'
        when s.read_at <= ${dayEnd} then 'pending'
        else 'no_record' end as status,
      d.flags, d.changed_at, d.missed_reads, coalesce(v.last_complete_read_at, s.read_at) as last_fetched_at
    from employee e
    join link_state s on s.employee = e.id
    left join team_then m on m.employee = e.id
    left join team t on t.organisation_id = e.organisation_id
      and t.id = case when m.employee is null then e.team_id else m.team_id end
    left join linked_record d on d.employee = e.id
    left join connection c on c.organisation_id = d.organisation_id and c.id = d.connection_id
    left join date_coverage v on v.organisation_id = d.organisation_id and v.connection_id = d.connection_id
      and v.date = d.date
    left join source_person p on p.organisation_id = e.organisation_id
      and p.connection_id = coalesce(d.connection_id, (select l.connection_id from person_link l
        where l.organisation_id = e.organisation_id and l.employee = e.id
          and ${date} between l.valid_from and l.valid_to limit 1))
      and p.guid = coalesce(d.source_guid, s.source_guid)
    where ${seenEmployees(sight, date)} and e.excluded_by is null and (((e.joining_date is null or e.joining_date <= ${date})
        and (e.leaving_date is null or e.leaving_date >= ${date}))
      or d.first_in is not null or d.last_out is not null or d.first_in_unreadable or d.last_out_unreadable)
    union all
    ${unlinkedRows(date, sight)}
    order by is_employee desc, name nulls last, employee_id nulls last, employee_number nulls last, source_guid`;
}

/** Everybody in Keka with a record of the date that belongs to no employee on it. */
function unlinkedRows(date: Temporal.PlainDate, sight: Sight): RawBuilder<DailyQueryRow> {
  return sql<DailyQueryRow>`
    select null, p.display_name, p.email, p.department, null, p.location, null, ${outsideSourceEmployment}, false,
      c.name, p.guid,
      coalesce(p.employee_number, d.employee_number),
      case when l.employee is null then ${unlinkedReason} else 'outside_link' end, 1, ${ofDay},
      d.status, d.flags, d.changed_at, d.missed_reads, v.last_complete_read_at
    from attendance_day d
    join source_person p on p.organisation_id = d.organisation_id and p.connection_id = d.connection_id
      and p.guid = d.source_guid
    join connection c on c.organisation_id = d.organisation_id and c.id = d.connection_id
    left join date_coverage v on v.organisation_id = d.organisation_id and v.connection_id = d.connection_id
      and v.date = d.date
    ${unlinkedJoins}
    where d.date = ${date} and ${seesUnlinked(sight)} and p.excluded_by is null and ${unlinkedDayCounts}
      and (l.employee is null or ${date} not between l.valid_from and l.valid_to)`;
}
