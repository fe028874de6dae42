import { sql } from 'kysely';
import { wantedDays } from '../person-days/filter-person-days.ts';
import { personKey, personOfGroup } from '../person-days/group-by-person.ts';
import { bindReport } from '../shape/bind-report.ts';
import { byPerson } from '../shape/page-key.ts';
import { hoursShape, type PersonHours } from './hours-shape.ts';

const hasWorked = sql.raw('(d.first_in is not null or d.last_out is not null)');
const isOver = sql.raw(
  `d.status in ('present', 'half_day', 'absent', 'weekly_off', 'half_weekly_off', 'holiday')`,
);

export const hoursReport = bindReport(hoursShape, {
  rows: (request) => sql<PersonHours>`
    select ${personOfGroup},
      count(*) filter (where ${hasWorked})::integer as days_worked,
      count(*) filter (where d.status = 'absent')::integer as days_absent,
      sum(d.gross_minutes)::integer as gross_minutes, sum(d.effective_minutes)::integer as effective_minutes,
      sum(d.break_minutes)::integer as break_minutes, sum(d.overtime_minutes)::integer as overtime_minutes,
      (sum(d.expected_minutes) filter (where ${isOver}))::integer as expected_minutes,
      (sum(d.expected_minutes) filter (where ${isOver} and (d.effective_minutes is not null or not ${hasWorked})))::integer
        as comparable_minutes,
      count(*) filter (where ${hasWorked} and d.effective_minutes is null)::integer as days_without_hours
    from ${wantedDays(request, request.filter)} and d.record_number = 1
    group by ${personKey}`,
  key: byPerson,
  toRow: (row) => row,
});
