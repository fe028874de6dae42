import { sql } from 'kysely';
import { hasFlag, wantedDays } from '../person-days/filter-person-days.ts';
import type { PersonDayRow } from '../person-days/person-day-row.ts';
import { toReportRow } from '../person-days/to-report-row.ts';
import { bindReport } from '../shape/bind-report.ts';
import { byDate, byInteger, byPerson } from '../shape/page-key.ts';
import { inOutShape } from './in-out-shape.ts';

export const inOutReport = bindReport(inOutShape, {
  rows: (request) => sql<PersonDayRow>`select d.* from ${wantedDays(request, request.filter)}
    and (d.first_in is not null or d.last_out is not null or ${hasFlag('bad_timestamp')})`,
  key: [byDate('r.date'), ...byPerson, byInteger('r.record_number')],
  isDateByDate: true,
  toRow: (row, { zone }) => toReportRow(row, zone),
});
