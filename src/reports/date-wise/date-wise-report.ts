import { type RawBuilder, sql } from 'kysely';
import { expectedStatuses } from '../../attendance/attendance-rates.ts';
import { hasFlag, wantedDays } from '../person-days/filter-person-days.ts';
import { bindReport, type ReportRequest } from '../shape/bind-report.ts';
import { byDate } from '../shape/page-key.ts';
import { type DateCounts, dateWiseShape } from './date-wise-shape.ts';

const statuses = [
  'present',
  'half_day',
  'in_progress',
  'absent',
  'on_leave',
  'weekly_off',
  'half_weekly_off',
  'holiday',
  'pending',
  'no_record',
  'not_read_yet',
  'not_linked',
  'unknown_day_type',
];

const countsByStatus = sql.raw(
  statuses.map((status) => `count(*) filter (where d.status = '${status}')::integer as ${status}`).join(', '),
);

/** The counts of each date of a range. A date without anybody is a line of noughts, not a gap. */
export function countDates(request: ReportRequest): RawBuilder<DateCounts> {
  return sql<DateCounts>`
    select g.date::date as date, coalesce(c.people, 0) as people, ${sql.raw(
      [...statuses, 'worked_on_day_off', 'late', 'early_out']
        .map((name) => `coalesce(c.${name}, 0) as ${name}`)
        .join(', '),
    )}, c.effective_minutes, c.break_minutes
    from generate_series(${request.window.from}::date, ${request.window.to}::date, interval '1 day') g (date)
    left join (
      select d.date, count(*)::integer as people, ${countsByStatus},
        count(*) filter (where ${hasFlag('worked_on_weekly_off', 'worked_on_holiday')})::integer as worked_on_day_off,
        count(*) filter (where ${hasFlag('late')} and d.status = any(${expectedStatuses}))::integer as late,
        count(*) filter (where ${hasFlag('early_out')})::integer as early_out,
        sum(d.effective_minutes)::integer as effective_minutes, sum(d.break_minutes)::integer as break_minutes
      from ${wantedDays(request, request.filter)} and d.record_number = 1
      group by d.date
    ) c on c.date = g.date::date`;
}

export const dateWiseReport = bindReport(dateWiseShape, {
  rows: countDates,
  key: [byDate('r.date')],
  isDateByDate: true,
  toRow: (row) => row,
});
