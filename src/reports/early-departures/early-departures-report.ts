import { sql } from 'kysely';
import { hasFlag, wantedDays } from '../person-days/filter-person-days.ts';
import type { PersonDayRow } from '../person-days/person-day-row.ts';
import { toReportRow } from '../person-days/to-report-row.ts';
import { bindReport } from '../shape/bind-report.ts';
import { byDate, byPerson } from '../shape/page-key.ts';
import { earlyDeparturesShape } from './early-departures-shape.ts';

export const earlyDeparturesReport = bindReport(earlyDeparturesShape, {
  rows: (request) => sql<PersonDayRow & { in_range: number }>`
    select d.*, (count(*) over (partition by d.person))::integer as in_range
    from ${wantedDays(request, request.filter)} and ${hasFlag('early_out')} and d.record_number = 1`,
  key: [byDate('r.date'), ...byPerson],
  toRow: (row, { zone }) => ({ ...toReportRow(row, zone), inRange: row.in_range }),
});
