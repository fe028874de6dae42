import { type RawBuilder, sql } from 'kysely';
import type { Organisation } from '../../accounts/organisation-context.ts';
import type { Sight } from '../../accounts/sight.ts';
import type { PersonDayRow } from '../person-days/person-day-row.ts';
import { personDays } from '../person-days/person-days.ts';

/** The one query behind the Daily Attendance report, whatever shows it: the days of people, of one date. */
export function dailyQuery(
  organisation: Organisation,
  date: Temporal.PlainDate,
  sight: Sight,
): RawBuilder<PersonDayRow> {
  return sql<PersonDayRow>`${personDays({ organisation, window: { from: date, to: date }, sight })}
    order by is_employee desc, name nulls last, employee_id nulls last, employee_number nulls last, source_guid`;
}
