import { sql } from 'kysely';
import type { ConnectionId, OrganisationId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { RequestKind, RequestRecord } from '../../keka/request-record.ts';
import type { PersonDates } from '../../rules/requests/judge-people.ts';
import type { DateWindow } from '../date-window.ts';

type Scope = {
  readonly organisationId: OrganisationId;
  readonly connectionId: ConnectionId;
  readonly kind: RequestKind;
  /** All of it was read. */
  readonly window: DateWindow;
  readonly readAt: Temporal.Instant;
};

type Change = { guid: string; date_from: Temporal.PlainDate; date_to: Temporal.PlainDate };

/**
 * Makes what is stored of one kind of requests equal to what Keka has, and returns the days whose explanation that
 * changes. Requests of people whom nobody knows are left out: they have no days.
 */
export async function storeRequests(
  transaction: OrganisationTransaction,
  scope: Scope,
  requests: readonly RequestRecord[],
): Promise<readonly PersonDates[]> {
  const { organisationId, connectionId, kind, window, readAt } = scope;
  // A page may tell of one request twice, and a statement may not touch a row twice.
  const rows = [...new Map(requests.map((request) => [request.id, request])).values()];
  const column = (type: string, value: (request: RequestRecord) => unknown) =>
    sql`${rows.map(value)}::${sql.raw(type)}[]`;
  const { rows: changes } = await sql<Change>`
    with told as (
      select distinct on (r.id) r.id, p.guid, r.date_from, r.date_to, r.begins, r.ends, r.state, r.name
      from unnest(
        ${column('text', ({ id }) => id)}, ${column('uuid', ({ sourceGuid }) => sourceGuid)},
        ${column('text', ({ employeeNumber }) => employeeNumber)}, ${column('date', ({ from }) => from.toString())},
        ${column('date', ({ to }) => to.toString())}, ${column('boolean', ({ beginsAtNoon }) => beginsAtNoon)},
        ${column('boolean', ({ endsAtNoon }) => endsAtNoon)}, ${column('text', ({ state }) => state)},
        ${column('text', ({ name }) => name)}
      ) as r (id, guid, number, date_from, date_to, begins, ends, state, name)
      join source_person p on p.connection_id = ${connectionId}
        -- Of two people with one number nobody knows who asked.
        and case when r.guid is not null then p.guid = r.guid else trim(p.employee_number) = r.number
          and not exists (select from source_person o where o.connection_id = ${connectionId}
            and trim(o.employee_number) = r.number and o.guid <> p.guid) end
    ), before as (
      select * from day_request d where d.connection_id = ${connectionId} and d.kind = ${kind}
        and (d.request_id in (select id from told) or d.date_from >= ${window.from} and d.date_to <= ${window.to})
    ), gone as (
      delete from day_request d using before b
      where d.organisation_id = b.organisation_id and d.connection_id = b.connection_id and d.kind = b.kind
        and d.request_id = b.request_id and b.request_id not in (select id from told)
      returning d.source_guid, d.date_from, d.date_to, d.state
    ), written as (
      insert into day_request as d (organisation_id, connection_id, kind, request_id, source_guid, date_from, date_to,
        begins_at_noon, ends_at_noon, state, name, read_at)
      select ${organisationId}, ${connectionId}, ${kind}, t.id, t.guid, t.date_from, t.date_to, t.begins, t.ends, t.state,
        t.name, ${readAt}
      from told t
      on conflict (organisation_id, connection_id, kind, request_id) do update set source_guid = excluded.source_guid,
        date_from = excluded.date_from, date_to = excluded.date_to, begins_at_noon = excluded.begins_at_noon,
        ends_at_noon = excluded.ends_at_noon, state = excluded.state, name = excluded.name, read_at = excluded.read_at
      where (d.source_guid, d.date_from, d.date_to, d.begins_at_noon, d.ends_at_noon, d.state, d.name) is distinct from
        (excluded.source_guid, excluded.date_from, excluded.date_to, excluded.begins_at_noon, excluded.ends_at_noon,
          excluded.state, excluded.name)
      returning d.request_id, d.source_guid, d.date_from, d.date_to, d.state
    )
    select source_guid as guid, date_from, date_to from gone where state = 'approved'
    union all
    select source_guid, date_from, date_to from written where state = 'approved'
    union all
    -- What was approved and is now otherwise explains its days no longer.
    select b.source_guid, b.date_from, b.date_to from before b join written w on w.request_id = b.request_id
    where b.state = 'approved'`.execute(transaction);
  return changes.map(({ guid, date_from: from, date_to: to }) => ({ sourceGuid: guid, from, to }));
}
