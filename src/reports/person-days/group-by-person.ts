import { sql } from 'kysely';

/** A person of a report that sums days up; team and place are those of the last of the days. */
export type PersonGroup = {
  person: string;
  is_employee: boolean;
  employee_id: string | null;
  employee_number: string | null;
  name: string | null;
  email: string | null;
  team: string | null;
  location: string | null;
};

/** The columns of a `PersonGroup` over days `d` that are grouped by `personKey`. */
export const personOfGroup = sql.raw(`d.person, d.is_employee, max(d.employee_id) as employee_id,
  max(d.employee_number) as employee_number, max(d.name) as name, max(d.email) as email,
  (array_agg(d.team order by d.date desc))[1] as team, (array_agg(d.location order by d.date desc))[1] as location`);

export const personKey = sql.raw('d.person, d.is_employee');
