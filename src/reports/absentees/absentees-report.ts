import { sql } from 'kysely';
import { hasFlag, isWanted } from '../person-days/filter-person-days.ts';
import type { PersonDayRow } from '../person-days/person-day-row.ts';
import { personDays } from '../person-days/person-days.ts';
import { toReportRow } from '../person-days/to-report-row.ts';
import { bindReport } from '../shape/bind-report.ts';
import { byDate, byPerson } from '../shape/page-key.ts';
import { absenteesShape, lookBackDays } from './absentees-shape.ts';

type AbsentRow = PersonDayRow & { consecutive: number; since: Temporal.PlainDate };

export const absenteesReport = bindReport(absenteesShape, {
  // An absence is a spell of days that nothing else interrupts: a day off on which nobody came leaves it as it is, and
  // whatever is not known ends it. The filter comes last: what it leaves out belongs to the spell all the same.
  rows: ({ window, filter, ...request }) => sql<AbsentRow>`
    select d.*
    from (
      select d.*,
        (count(*) filter (where d.status = 'absent') over (partition by d.person, d.spell order by d.date))::integer
          as consecutive,
        min(d.date) filter (where d.status = 'absent') over (partition by d.person, d.spell) as since
      from (
        select d.*, count(*) filter (where d.status not in ('absent', 'weekly_off', 'half_weekly_off', 'holiday')
            or ${hasFlag('worked_on_weekly_off', 'worked_on_holiday')})
          over (partition by d.person order by d.date) as spell
        from (${personDays({ ...request, window: { ...window, from: window.from.subtract({ days: lookBackDays }) } })}) d
        where d.record_number = 1
      ) d
    ) d
    where d.status = 'absent' and d.date >= ${window.from} and ${isWanted(filter)}`,
  key: [byDate('r.date'), ...byPerson],
  isDateByDate: true,
  toRow: (row, { zone }) => ({
    ...toReportRow(row, zone),
    consecutive: row.consecutive,
    since: row.since.toString(),
  }),
});
