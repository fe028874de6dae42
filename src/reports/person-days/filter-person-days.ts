import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ReportFlag } from '../daily/daily-row.ts';
import { plainText } from '../plain-text.ts';
import type { ReportFilter } from '../shape/report-shape.ts';
import type { PersonDayRow } from './person-day-row.ts';
import { type PersonDaysScope, personDays } from './person-days.ts';
import { plainWords } from './plain-words.ts';

const noneGiven = '-';

/** The days of people that are wanted, under the alias `d`; more conditions can follow with `and`. */
export function wantedDays(scope: PersonDaysScope, filter: ReportFilter): RawBuilder<PersonDayRow> {
  return sql<PersonDayRow>`(${personDays(scope)}) d where ${isWanted(filter)}`;
}

/** Whether a day of a person, under the alias `d`, is one of those that are wanted. */
export function isWanted(filter: ReportFilter): RawBuilder<SqlBool> {
  return sql.join(conditionsOf(filter), sql` and `);
}

/** Whether day `d` has any of these flags. */
export function hasFlag(...flags: readonly ReportFlag[]): RawBuilder<SqlBool> {
  return sql`d.flags && ${flags}::text[]`;
}

const words = plainWords(sql`d.name, d.employee_id, d.email, d.employee_number`);

function conditionsOf(filter: ReportFilter): RawBuilder<SqlBool>[] {
  const { search, team, location, employee, status, flag } = filter;
  const conditions: RawBuilder<SqlBool>[] = [sql`true`];
  for (const word of plainText(search ?? '').split(/\s+/)) {
    if (word !== '') conditions.push(sql`position(${word} in ${words}) > 0`);
  }
  if (team !== undefined) conditions.push(sql`coalesce(d.team, ${noneGiven}) = any(${team})`);
  if (location !== undefined) conditions.push(sql`coalesce(d.location, ${noneGiven}) = any(${location})`);
  if (employee !== undefined) {
    conditions.push(
      sql`coalesce(d.employee_id, case when not d.is_employee then d.employee_number end) = any(${employee})`,
    );
  }
  if (status !== undefined) conditions.push(sql`d.status = any(${status})`);
  if (flag !== undefined) conditions.push(hasFlag(...flag));
  return conditions;
}
