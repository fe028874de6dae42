import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Organisation } from '../../accounts/organisation-context.ts';
import { type Sight, seenIn, seesUnlinked } from '../../accounts/sight.ts';
import { outsideSourceEmployment, unlinkedDayCounts } from '../../directory/unlinked-days.ts';
import { unlinkedJoins, unlinkedReason } from '../../directory/unlinked-reason.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import type { NarrowPeople } from './narrow-people.ts';
import type { PersonDayRow } from './person-day-row.ts';

const ofDay = sql.raw(`d.first_in, d.first_in_premise, d.first_in_punch_status, d.first_in_log_source,
  d.last_out, d.last_out_premise, d.last_out_punch_status, d.last_out_log_source,
  d.gross_minutes, d.effective_minutes, d.break_minutes,
  d.late_minutes, d.early_out_minutes, d.overtime_minutes, d.expected_minutes,
  d.shift_start, d.shift_end, d.day_type`);

/** Of several records of one day the one that says most of the person comes first. */
const byWeight =
  sql.raw(`array_position(array['present', 'half_day', 'in_progress', 'on_leave', 'half_weekly_off', 'absent', 'pending',
  'unknown_day_type', 'holiday', 'weekly_off'], d.status) nulls last, d.first_in nulls last, d.connection_id`);

/** What the company says of the day: of the employee, or of whoever it was in Keka before there was a link. */
const noted = (column: 'status' | 'note' | 'made_by') => sql.raw(`coalesce(n.${column}, u.${column})`);

export type PersonDaysScope = {
  readonly organisation: Organisation;
  readonly window: DateWindow;
  readonly sight: Sight;
  /** The only people of whom there can be a row, where that is known. */
  readonly people?: NarrowPeople | null;
};

/**
 * The relation behind every report about days of people: for each date of the window everybody employed on it (or who
 * has a punch outside of that time), with or without a record, and everybody in Keka with a record and no link. One row
 * for each record, one for a person without any.
 *
 * `sight` keeps it to the rows that the actor sees. Nothing in it depends on the moment of reading. A day without a
 * record has no stored evaluation: it follows from whether, and when, the date was read completely.
 */
export function personDays(scope: PersonDaysScope): RawBuilder<PersonDayRow> {
  return sql<PersonDayRow>`
    with ${daysOf(scope)}, coverage as (
      select day.date, c.id as connection_id, c.name, v.last_complete_read_at as read_at
      from day
      join connection c on c.organisation_id = day.organisation_id
      left join date_coverage v on v.organisation_id = c.organisation_id and v.connection_id = c.id and v.date = day.date
    ), everywhere as (
      -- When the date had been read in every connection, if it was: any of them could hold an employee without a link.
      select date, case when count(*) = count(read_at) then min(read_at) end as read_at from coverage group by date
    ), linked_record as (
      select l.employee, d.organisation_id, d.connection_id, d.source_guid, d.date, d.status, d.flags, d.changed_at,
        d.missed_reads, d.first_in_unreadable, d.last_out_unreadable, ${ofDay},
        count(*) over (partition by l.employee, d.date) as records,
        row_number() over (partition by l.employee, d.date order by ${byWeight}) as record_number
      from person_link l
      join attendance_day d on d.organisation_id = l.organisation_id and d.connection_id = l.connection_id
        and d.source_guid = l.source_guid
      where ${isDayOf(scope)} and ${isEmployeeOf(scope, 'l.employee')} and d.date between l.valid_from and l.valid_to
    ), linked_day as (
      -- Whether everything that could hold a day of this employee was read, and when at the earliest.
      select l.employee, k.date, case when count(*) = count(k.read_at) then min(k.read_at) end as read_at,
        min(array[k.name, l.connection_id::text, l.source_guid::text]) as source
      from person_link l
      join coverage k on k.connection_id = l.connection_id and k.date between l.valid_from and l.valid_to
      where ${isEmployeeOf(scope, 'l.employee')}
      group by l.employee, k.date
    ), team_then as (
      -- Only those who have moved since.
      select m.employee, m.team_id, m.last_day,
        lag(m.last_day, 1, date '-infinity') over (partition by m.employee order by m.last_day) as day_before
      from team_move m
    ), note as (
      select n.date, n.employee, n.connection_id, n.source_guid, n.status, n.note, n.made_by from day_note n
      where n.ended_at is null and n.date between ${scope.window.from} and ${scope.window.to}
    )
    ${employeeRows(scope)}
    union all
    ${unlinkedRows(scope)}`;
}

function isEmployeeOf({ people }: PersonDaysScope, column: string): RawBuilder<SqlBool> {
  return people ? sql`${sql.raw(column)} = any(${people.employees}::uuid[])` : sql`true`;
}

/** Days of few people are found one by one through the primary key, whose parts are all given. */
function isDayOf({ window, people }: PersonDaysScope): RawBuilder<SqlBool> {
  if (!people) return sql`d.date between ${window.from} and ${window.to}`;
  return sql`d.date between ${window.from} and ${window.to} and d.date = any(${datesOf(window)}::date[])
    and d.connection_id = any(${people.connections}::uuid[]) and d.source_guid = any(${people.guids}::uuid[])`;
}

function datesOf({ from, to }: DateWindow): readonly string[] {
  const length = from.until(to, { largestUnit: 'days' }).days + 1;
  return Array.from({ length }, (_none, index) => from.add({ days: index }).toString());
}

/** The dates with the moments at which they end, which only the program knows by the zones that it has. */
function daysOf({ organisation, window }: PersonDaysScope): RawBuilder<unknown> {
  const dates = datesOf(window);
  const endOf = (date: string) =>
    Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(organisation.zone).toInstant().toString();
  const ends = dates.map(endOf);
  return sql`day as materialized (
      select current_organisation() as organisation_id, d.date, d.ends_at
      from unnest(${dates}::date[], ${ends}::timestamptz[]) d (date, ends_at)
    )`;
}

function employeeRows(scope: PersonDaysScope): RawBuilder<PersonDayRow> {
  const teamThen = sql.raw<string>('case when m.employee is null then e.team_id else m.team_id end');
  return sql<PersonDayRow>`
    select day.date, e.id::text as person, true as is_employee,
      e.employee_id, concat_ws(' ', e.first_name, nullif(e.last_name, '')) as name, e.email, t.name as team,
      e.designation, e.location, e.leaving_date,
      coalesce(d.connection_id, k.source[2]::uuid) as connection_id, coalesce(c.name, k.source[1]) as connection_name, coalesce(d.source_guid::text, k.source[3]) as source_guid,
      p.employee_number,
      case when k.employee is not null then null when e.employee_id is null then 'no_employee_id'
        else 'no_source_person' end as unlinked_reason,
      coalesce(d.record_number, 1)::integer as record_number, ${ofDay},
      coalesce(${noted('status')}, s.status) as status, s.status as recorded_status, ${noted('note')} as note,
      ${noted('made_by')} as noted_by,
      array_remove(coalesce(d.flags, '{}') || array[
        case when ${noted('status')} is not null then 'overridden' when ${noted('note')} is not null then 'noted' end,
        case when k.employee is null then 'not_linked' end,
        case when k.employee is null then case when e.employee_id is null then 'no_employee_id' else 'no_source_person' end end,
        case when day.date < e.joining_date or day.date > e.leaving_date then 'outside_employment' end,
        case when e.leaving_date is not null then 'leaver' end,
        case when d.changed_at is not null then 'changed' end,
        case when d.missed_reads > 0 then 'withdrawn' end,
        case when d.records > 1 then 'multiple_records' end], null) as flags,
      coalesce(v.read_at, k.read_at, case when k.employee is null then a.read_at end) as last_fetched_at
    from employee e
    join day on day.organisation_id = e.organisation_id
    left join everywhere a on a.date = day.date
    left join linked_day k on k.employee = e.id and k.date = day.date
    left join team_then m on m.employee = e.id and day.date > m.day_before and day.date <= m.last_day
    left join team t on t.organisation_id = e.organisation_id and t.id = ${teamThen}
    left join linked_record d on d.employee = e.id and d.date = day.date
    left join connection c on c.organisation_id = d.organisation_id and c.id = d.connection_id
    left join coverage v on v.connection_id = d.connection_id and v.date = d.date
    left join source_person p on p.organisation_id = e.organisation_id
      and p.connection_id = coalesce(d.connection_id, k.source[2]::uuid)
      and p.guid = coalesce(d.source_guid, k.source[3]::uuid)
    left join note n on n.employee = e.id and n.date = day.date
    left join note u on u.connection_id = d.connection_id and u.source_guid = d.source_guid and u.date = day.date
    cross join lateral (select case when d.status is not null then d.status
        when k.employee is null then 'not_linked'
        when k.read_at is null then 'not_read_yet'
        when k.read_at <= day.ends_at then 'pending'
        else 'no_record' end as status) s
    where ${seenIn(scope.sight, teamThen)} and ${isEmployeeOf(scope, 'e.id')} and e.excluded_by is null
      and (((e.joining_date is null or e.joining_date <= day.date)
          and (e.leaving_date is null or e.leaving_date >= day.date))
        or d.first_in is not null or d.last_out is not null or d.first_in_unreadable or d.last_out_unreadable)`;
}

/** Everybody in Keka with a record of the date that belongs to no employee on it. */
function unlinkedRows(scope: PersonDaysScope): RawBuilder<PersonDayRow> {
  const reason = sql`case when l.employee is null then ${unlinkedReason} else 'outside_link' end`;
  return sql<PersonDayRow>`
    select d.date, concat(d.connection_id, ' ', d.source_guid), false,
      null, p.display_name, p.email, p.department, null, p.location, null,
      c.id, c.name, p.guid::text, coalesce(p.employee_number, d.employee_number), ${reason}, 1, ${ofDay},
      coalesce(u.status, d.status), d.status, u.note, u.made_by,
      array_remove(d.flags || array['not_linked',
        case when u.status is not null then 'overridden' when u.note is not null then 'noted' end,
        case when ${outsideSourceEmployment} then 'outside_employment' end,
        case when d.changed_at is not null then 'changed' end,
        case when d.missed_reads > 0 then 'withdrawn' end], null),
      v.read_at
    from attendance_day d
    join source_person p on p.organisation_id = d.organisation_id and p.connection_id = d.connection_id
      and p.guid = d.source_guid
    join connection c on c.organisation_id = d.organisation_id and c.id = d.connection_id
    left join coverage v on v.connection_id = d.connection_id and v.date = d.date
    left join note u on u.connection_id = d.connection_id and u.source_guid = d.source_guid and u.date = d.date
    ${unlinkedJoins}
    where ${isDayOf(scope)} and ${seesUnlinked(scope.sight)} and p.excluded_by is null and ${unlinkedDayCounts}
      and (l.employee is null or d.date not between l.valid_from and l.valid_to)`;
}
