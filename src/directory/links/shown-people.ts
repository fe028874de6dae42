import { type RawBuilder, sql } from 'kysely';

/** A person in Keka as the lists of links show them. */
export type ShownPerson = {
  readonly guid: string;
  readonly name: string | null;
  /** What is compared with Employee IDs, as Keka has it. */
  readonly key: string | null;
  readonly employeeNumber: string | null;
  readonly attendanceNumber: string | null;
  readonly email: string | null;
  readonly department: string | null;
  readonly location: string | null;
  readonly joiningDate: string | null;
  readonly exitDate: string | null;
};

export type ShownEmployee = {
  readonly id: string;
  readonly employeeId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly joiningDate: string | null;
  readonly leavingDate: string | null;
};

/** Source person `p` of connection `c` as JSON; null where there is none. */
export const shownPerson: RawBuilder<ShownPerson | null> = sql`case when p.guid is not null then jsonb_build_object(
  'guid', p.guid, 'name', p.display_name,
  'key', case c.identification_key when 'employee_number' then p.employee_number
    when 'attendance_number' then p.attendance_number when 'email' then p.email else p.guid::text end,
  'employeeNumber', p.employee_number, 'attendanceNumber', p.attendance_number, 'email', p.email,
  'department', p.department, 'location', p.location, 'joiningDate', p.joining_date, 'exitDate', p.exit_date) end`;

const shown = (alias: string): RawBuilder<ShownEmployee | null> => {
  const of = (column: string) => sql.raw(`${alias}.${column}`);
  return sql`case when ${of('id')} is not null then jsonb_build_object('id', ${of('id')},
    'employeeId', ${of('employee_id')}, 'name', concat_ws(' ', ${of('first_name')}, nullif(${of('last_name')}, '')),
    'email', ${of('email')}, 'joiningDate', ${of('joining_date')}, 'leavingDate', ${of('leaving_date')}) end`;
};

/** Employee `e` as JSON; null where there is none. */
export const shownEmployee = shown('e');
/** The same of another alias. */
export const shownEmployeeOf = shown;

/**
 * How many stored days source person `p` has, and the last of them: a look-up for each date that was ever read, because
 * days are found by date and person, not by person alone.
 */
export const storedDays = sql`
  left join lateral (
    select count(*)::integer as days, max(d.date)::text as last_day
    from date_coverage v
    join attendance_day d on d.organisation_id = v.organisation_id and d.connection_id = v.connection_id
      and d.date = v.date and d.source_guid = p.guid
    where v.organisation_id = p.organisation_id and v.connection_id = p.connection_id
  ) stored on true`;
