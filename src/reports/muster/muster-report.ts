import { sql } from 'kysely';
import { wantedDays } from '../person-days/filter-person-days.ts';
import { personKey, personOfGroup } from '../person-days/group-by-person.ts';
import { bindReport } from '../shape/bind-report.ts';
import { byPerson } from '../shape/page-key.ts';
import { type MusterRow, musterShape } from './muster-shape.ts';

export const musterReport = bindReport(musterShape, {
  rows: (request) => sql<MusterRow>`
    select ${personOfGroup},
      json_object_agg(d.date, json_build_object('status', d.status, 'flags', d.flags)) as days
    from ${wantedDays(request, request.filter)} and d.record_number = 1
    group by ${personKey}`,
  key: byPerson,
  toRow: (row) => row,
});
