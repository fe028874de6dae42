import { sql } from 'kysely';
import { expectedStatuses } from '../../attendance/attendance-rates.ts';
import { hasFlag, wantedDays } from '../person-days/filter-person-days.ts';
import { personKey, personOfGroup } from '../person-days/group-by-person.ts';
import { bindReport } from '../shape/bind-report.ts';
import { byPerson } from '../shape/page-key.ts';
import { type PersonTotals, perPersonShape } from './per-person-shape.ts';

/** A day whose times say when somebody comes and goes. */
const hasBoth = sql.raw('d.first_in is not null and d.last_out > d.first_in');
const days = (status: string) =>
  sql.raw(`count(*) filter (where d.status = '${status}')::integer as ${status}`);

/** Arrays travel as text, which only single values are read from. */
type Found = Omit<PersonTotals, 'dates' | 'first_ins' | 'last_outs'> & {
  times: readonly (readonly [string, number, number])[] | null;
};

export const perPersonReport = bindReport(perPersonShape, {
  rows: (request) => sql<Found>`
    select ${personOfGroup},
      count(*) filter (where d.status = any(${expectedStatuses}))::integer as working_days,
      ${days('present')}, ${days('half_day')}, ${days('in_progress')}, ${days('absent')}, ${days('on_leave')},
      count(*) filter (where ${hasFlag('worked_on_weekly_off', 'worked_on_holiday')})::integer as worked_on_day_off,
      count(*) filter (where ${hasFlag('late')})::integer as late,
      (sum(d.late_minutes) filter (where ${hasFlag('late')}))::integer as late_minutes,
      count(*) filter (where ${hasFlag('early_out')})::integer as early_out,
      (sum(d.early_out_minutes) filter (where ${hasFlag('early_out')}))::integer as early_out_minutes,
      sum(d.effective_minutes)::integer as effective_minutes, sum(d.break_minutes)::integer as break_minutes,
      json_agg(json_build_array(d.date, extract(epoch from d.first_in), extract(epoch from d.last_out)) order by d.date)
        filter (where ${hasBoth}) as times
    from ${wantedDays(request, request.filter)} and d.record_number = 1
    group by ${personKey}`,
  key: byPerson,
  toRow: ({ times, ...row }) => ({
    ...row,
    dates: times?.map(([date]) => Temporal.PlainDate.from(date)) ?? null,
    first_ins: times?.map(([, seconds]) => instantOf(seconds)) ?? null,
    last_outs: times?.map(([, , seconds]) => instantOf(seconds)) ?? null,
  }),
});

function instantOf(seconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(seconds * 1000));
}
