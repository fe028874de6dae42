import { sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { type AttendanceDay, keepReadablePunches, toAttendanceDay } from '../../attendance/attendance-day.ts';
import { type DayValues, toDayValues } from '../../attendance/compare-days.ts';
import { findConnectionById } from '../../connections/connections.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { parseAttendanceRecord } from '../../keka/attendance-record.ts';
import { parseMonth } from '../../rules/locks/lock-month.ts';
import { readingOfTimes } from '../reading-of-times.ts';
import { dayKeyText, readStoredDays } from '../stored-days.ts';

export type DriftKind = 'changed' | 'new' | 'withdrawn';

/** One day of a closed month that Keka has otherwise by now. */
export type DriftDay = {
  readonly connectionId: ConnectionId;
  readonly connection: string;
  readonly date: string;
  readonly sourceGuid: string;
  readonly employeeId: string | null;
  readonly name: string | null;
  readonly employeeNumber: string | null;
  readonly kind: DriftKind;
  readonly changed: readonly string[];
  /** What is stored and what Keka has: all values, null where there is no day. */
  readonly stored: DayValues | null;
  readonly keka: DayValues | null;
  readonly seenAt: string;
  readonly run: string;
};

export type DriftList = { readonly days: readonly DriftDay[]; readonly total: number };

const mostShown = 500;

type Row = {
  connection_id: ConnectionId;
  connection: string;
  date: Temporal.PlainDate;
  source_guid: string;
  employee_id: string | null;
  name: string | null;
  employee_number: string | null;
  kind: DriftKind;
  changed: string[];
  record: unknown;
  seen_at: Temporal.Instant;
  run_id: string;
  total: number;
};

/** The first 500 by date and name, and how many there are. Throws InvalidInputError. */
export async function listDrift(context: OrganisationContext, monthGiven: unknown): Promise<DriftList> {
  authorise(context, 'read runs');
  const month = parseMonth(monthGiven);
  const [first, last] = [month.toPlainDate({ day: 1 }), month.toPlainDate({ day: month.daysInMonth })];
  return inOrganisation(context, async (transaction) => {
    const { rows } = await sql<Row>`
      select d.connection_id, c.name as connection, d.date, d.source_guid, e.employee_id,
        coalesce(nullif(concat_ws(' ', e.first_name, nullif(e.last_name, '')), ''), p.display_name) as name,
        p.employee_number, d.kind, d.changed, d.record, d.seen_at, d.run_id, count(*) over ()::integer as total
      from drift_day d
      join connection c on c.organisation_id = d.organisation_id and c.id = d.connection_id
      left join source_person p on p.organisation_id = d.organisation_id and p.connection_id = d.connection_id
        and p.guid = d.source_guid
      left join person_link l on l.organisation_id = d.organisation_id and l.connection_id = d.connection_id
        and l.source_guid = d.source_guid and d.date between l.valid_from and l.valid_to
      left join employee e on e.organisation_id = l.organisation_id and e.id = l.employee
      where d.date between ${first} and ${last}
      order by d.date, name nulls last, d.source_guid limit ${mostShown}`.execute(transaction);
    const days: DriftDay[] = [];
    for (const [connectionId, ofConnection] of Map.groupBy(rows, (row) => row.connection_id)) {
      const values = await readValues(transaction, context, connectionId, ofConnection);
      for (const row of ofConnection) days.push(toDriftDay(row, values(row)));
    }
    return { days: days.toSorted(byDate), total: rows[0]?.total ?? 0 };
  });
}

function byDate(one: DriftDay, other: DriftDay): number {
  return one.date < other.date ? -1 : one.date > other.date ? 1 : 0;
}

function toDriftDay(row: Row, { stored, keka }: ReturnType<Values>): DriftDay {
  return {
    connectionId: row.connection_id,
    connection: row.connection,
    date: row.date.toString(),
    sourceGuid: row.source_guid,
    employeeId: row.employee_id,
    name: row.name,
    employeeNumber: row.employee_number,
    kind: row.kind,
    changed: row.changed,
    stored,
    keka,
    seenAt: row.seen_at.toString(),
    run: row.run_id,
  };
}

type Values = (row: Row) => { readonly stored: DayValues | null; readonly keka: DayValues | null };

async function readValues(
  transaction: OrganisationTransaction,
  { organisation }: OrganisationContext,
  connectionId: ConnectionId,
  rows: readonly Row[],
): Promise<Values> {
  const times = readingOfTimes(await findConnectionById(transaction, connectionId), organisation.zone);
  const keyOf = ({ source_guid: sourceGuid, date }: Row) => ({ sourceGuid, date });
  const stored = await readStoredDays(transaction, { connectionId }, rows.map(keyOf));
  return (row) => {
    const before: AttendanceDay | null = stored.get(dayKeyText(keyOf(row)))?.day ?? null;
    const parsed = row.record === null ? null : parseAttendanceRecord(row.record);
    if (parsed === null || !parsed.ok) return { stored: before && toDayValues(before), keka: null };
    const after = toAttendanceDay(parsed.record, times);
    return {
      stored: before && toDayValues(before),
      keka: toDayValues(before === null ? after : keepReadablePunches(after, before)),
    };
  };
}
