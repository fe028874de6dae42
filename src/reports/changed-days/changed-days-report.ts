import { sql } from 'kysely';
import { wantedDays } from '../person-days/filter-person-days.ts';
import type { PersonDayRow } from '../person-days/person-day-row.ts';
import { toReportRow } from '../person-days/to-report-row.ts';
import { bindReport } from '../shape/bind-report.ts';
import { byDate, byInteger, byPerson } from '../shape/page-key.ts';
import { changedDaysShape } from './changed-days-shape.ts';

type ChangedRow = PersonDayRow & {
  field: string;
  before: string | null;
  after: string | null;
  revised_at: Temporal.Instant;
  run_id: string;
};

export const changedDaysReport = bindReport(changedDaysShape, {
  rows: ({ window, ...request }) => sql<ChangedRow>`
    select d.*, v.id as revision, f.number::integer as field_number, f.name as field, v.before ->> f.name as before,
      v.after ->> f.name as after, v.revised_at, v.run_id
    from (select * from ${wantedDays({ ...request, window }, request.filter)}) d
    join revision v on v.date = d.date and v.connection_id = d.connection_id and v.source_guid = d.source_guid::uuid
    cross join lateral unnest(v.changed) with ordinality f (name, number)
    where v.date between ${window.from} and ${window.to}`,
  key: [byDate('r.date'), ...byPerson, byInteger('r.revision'), byInteger('r.field_number')],
  isDateByDate: true,
  toRow: (row, { zone }) => ({
    ...toReportRow(row, zone),
    field: row.field,
    before: row.before,
    after: row.after,
    changedAt: row.revised_at.toString(),
    run: row.run_id,
  }),
});
