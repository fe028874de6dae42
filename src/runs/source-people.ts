import { sql } from 'kysely';
import type { ConnectionId, IdentificationKey } from '../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../db/tenancy.ts';
import { sourceMatchKey } from '../directory/link-people.ts';
import type { EmployeeRecord } from '../keka/employee-record.ts';
import type { DateWindow } from './date-window.ts';
import type { DayScope } from './stored-days.ts';

type PersonOfDays = { readonly guid: string; readonly employeeNumber: string | null };

const batchSize = 5000;

/**
 * Remembers the people of a window's days who are new, or whose employee number is another one now; the latest day
 * counts. In batches, since at a first read it is everybody. Returns how many they are.
 */
export async function storePeopleOfDays(
  transaction: OrganisationTransaction,
  connection: { readonly scope: DayScope; readonly identificationKey: IdentificationKey },
  window: DateWindow,
): Promise<number> {
  await planForWholeSets(transaction);
  let stored = 0;
  for (;;) {
    const people = await findNewPeople(transaction, connection.scope, window);
    if (people.length > 0) await upsertPeople(transaction, connection, people);
    stored += people.length;
    if (people.length < batchSize) return stored;
  }
}

async function findNewPeople(
  transaction: OrganisationTransaction,
  { connectionId }: DayScope,
  window: DateWindow,
): Promise<readonly PersonOfDays[]> {
  const { rows } = await sql<PersonOfDays>`
    select d.source_guid as guid, d.employee_number as "employeeNumber"
    from (
      select distinct on (source_guid) source_guid, employee_number
      from attendance_day
      where connection_id = ${connectionId} and date between ${window.from} and ${window.to}
      order by source_guid, employee_number is null, date desc
    ) d
    left join source_person p on p.connection_id = ${connectionId} and p.guid = d.source_guid
    where p.guid is null or (d.employee_number is not null and d.employee_number is distinct from p.employee_number)
    limit ${batchSize}`.execute(transaction);
  return rows;
}

async function upsertPeople(
  transaction: OrganisationTransaction,
  { scope, identificationKey }: { readonly scope: DayScope; readonly identificationKey: IdentificationKey },
  people: readonly PersonOfDays[],
): Promise<void> {
  // Of an attendance record only these two identifiers are known; the other keys come with the people's profiles.
  const keys = people.map(({ guid, employeeNumber }) =>
    sourceMatchKey(identificationKey, { guid, employeeNumber, attendanceNumber: null, email: null }),
  );
  await sql`
    insert into source_person as p (organisation_id, connection_id, first_seen_at, guid, employee_number, match_key)
    select ${scope.organisationId}, ${scope.connectionId}, ${scope.readAt}, r.*
    from unnest(${people.map(({ guid }) => guid)}::uuid[],
      ${people.map(({ employeeNumber }) => employeeNumber)}::text[], ${keys}::text[]) as r
    on conflict (organisation_id, connection_id, guid) do update set
      employee_number = excluded.employee_number,
      match_key = case when ${identificationKey} = 'employee_number' then excluded.match_key else p.match_key end`.execute(
    transaction,
  );
}

/** Stores what Keka says of people: everything that identifies or places them, nothing else of their profile. */
export async function storeProfiles(
  transaction: OrganisationTransaction,
  scope: Omit<DayScope, 'runId'> & { readonly identificationKey: IdentificationKey },
  people: readonly EmployeeRecord[],
): Promise<void> {
  // One page may name a person twice; a statement may not touch a row twice.
  const rows = [...new Map(people.map((person) => [person.guid, person])).values()];
  const text = (value: (person: EmployeeRecord) => unknown, type = 'text') =>
    sql`${rows.map(value)}::${sql.raw(type)}[]`;
  const columns = [
    text(({ guid }) => guid, 'uuid'),
    text(({ employeeNumber }) => employeeNumber),
    text(({ attendanceNumber }) => attendanceNumber),
    text(({ email }) => email),
    text(displayNameOf),
    text(({ department }) => department),
    text(({ location }) => location),
    text(({ joiningDate }) => joiningDate?.toString() ?? null, 'date'),
    text(({ exitDate }) => exitDate?.toString() ?? null, 'date'),
    text(({ employmentStatus }) => employmentStatus, 'integer'),
    text((person) => sourceMatchKey(scope.identificationKey, person)),
  ];
  const names = sql.raw(`guid, employee_number, attendance_number, email, display_name, department, location,
    joining_date, exit_date, employment_status, match_key`);
  const news = sql.raw(
    `employee_number, attendance_number, email, display_name, department, location, joining_date, exit_date,
    employment_status, match_key`,
  );
  await sql`
    insert into source_person as p (organisation_id, connection_id, first_seen_at, profile_read_at, ${names})
    select ${scope.organisationId}, ${scope.connectionId}, ${scope.readAt}, ${scope.readAt}, r.*
    from unnest(${sql.join(columns)}) as r
    on conflict (organisation_id, connection_id, guid) do update set (profile_read_at, ${news}) =
      (select excluded.profile_read_at, excluded.employee_number, excluded.attendance_number, excluded.email,
        excluded.display_name, excluded.department, excluded.location, excluded.joining_date, excluded.exit_date,
        excluded.employment_status, excluded.match_key)`.execute(transaction);
}

function displayNameOf({ displayName, firstName, middleName, lastName }: EmployeeRecord): string | null {
  if (displayName !== null && displayName.trim() !== '') return displayName.trim();
  const parts = [firstName, middleName, lastName].filter((part) => part !== null && part.trim() !== '');
  return parts.length === 0 ? null : parts.join(' ');
}

/** So that the next run knows whether profiles are due again. */
export async function rememberPeopleRead(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  readAt: Temporal.Instant,
): Promise<void> {
  await transaction
    .updateTable('connection')
    .set({ people_read_at: readAt })
    .where('id', '=', connectionId)
    .execute();
}
