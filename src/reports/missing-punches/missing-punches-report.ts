import { sql } from 'kysely';
import { hasFlag, wantedDays } from '../person-days/filter-person-days.ts';
import type { PersonDayRow } from '../person-days/person-day-row.ts';
import { toReportRow } from '../person-days/to-report-row.ts';
import { bindReport } from '../shape/bind-report.ts';
import { byDate, byInteger, byPerson } from '../shape/page-key.ts';
import { faultyFlags, missingPunchesShape } from './missing-punches-shape.ts';

export const missingPunchesReport = bindReport(missingPunchesShape, {
  rows: (request) => sql<PersonDayRow>`select d.* from ${wantedDays(request, request.filter)}
    and ${hasFlag(...faultyFlags)}`,
  key: [byDate('r.date'), ...byPerson, byInteger('r.record_number')],
  isDateByDate: true,
  toRow: (row, { zone }) => toReportRow(row, zone),
});
