import { type DatedRequest, requestsOn } from '../../attendance/day-request.ts';
import type { AttendancePolicy } from '../../attendance/evaluate-day.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';

type Wanted = {
  readonly connectionId: ConnectionId;
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
};

/** What was approved for the days of some dates. Most days have nothing, which costs a look into a map. */
export async function readRequestsOf(
  transaction: OrganisationTransaction,
  { connectionId, from, to }: Wanted,
): Promise<NonNullable<AttendancePolicy['requestsOf']>> {
  const rows = await transaction
    .selectFrom('day_request')
    .select(['kind', 'source_guid', 'date_from', 'date_to', 'begins_at_noon', 'ends_at_noon'])
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'approved')
    .where('date_from', '<=', to)
    .where('date_to', '>=', from)
    .orderBy('request_id')
    .execute();
  const none: readonly never[] = [];
  const byPerson = new Map<string, DatedRequest[]>();
  for (const row of rows) {
    const requests = byPerson.get(row.source_guid) ?? [];
    byPerson.set(row.source_guid, requests);
    requests.push({
      kind: row.kind,
      from: row.date_from.toString(),
      to: row.date_to.toString(),
      beginsAtNoon: row.begins_at_noon,
      endsAtNoon: row.ends_at_noon,
    });
  }
  return ({ sourceGuid, date }) => {
    const requests = byPerson.get(sourceGuid);
    return requests === undefined ? none : requestsOn(requests, date.toString());
  };
}
