import { sql } from 'kysely';
import type { ConnectionId, IdentificationKey } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { sourceMatchKey } from '../directory/link-people.ts';
import type { EmployeeRecord } from '../keka/employee-record.ts';
import type { DayScope } from './stored-days.ts';

/** Who is new in a chunk, or has another employee number now, by GUID; the number of the latest day counts. */
export type NewPeople = Map<string, { readonly employeeNumber: string | null; readonly date: string }>;

type PersonOfDay = {
  readonly sourceGuid: string;
  readonly employeeNumber: string | null;
  readonly date: string;
};
type PersonOfDays = { readonly guid: string; readonly employeeNumber: string | null };

/** Looks up the people of some days, and adds those who are not known as such. */
export async function findNewPeople(
  transaction: OrganisationTransaction,
  scope: DayScope,
  days: readonly PersonOfDay[],
  people: NewPeople,
): Promise<void> {
  // A lookup for each, whatever the planner believes of a table that may just have been filled.
  const { rows } = await sql<{ position: number }>`
    select k.position::integer from unnest(${`{${days.map(({ sourceGuid }) => sourceGuid).join(',')}}`}::uuid[],
      ${days.map(({ employeeNumber }) => employeeNumber)}::text[]) with ordinality as k (guid, number, position)
    left join lateral (
      select guid, employee_number from source_person p
      where p.organisation_id = ${scope.organisationId} and p.connection_id = ${scope.connectionId} and p.guid = k.guid
      limit 1
    ) p on true
    where p.guid is null or (k.number is not null and k.number is distinct from p.employee_number)`.execute(
    transaction,
  );
  for (const { position } of rows) {
    const day = days[position - 1];
    if (day !== undefined) meetPerson(people, day);
  }
}

function meetPerson(people: NewPeople, { sourceGuid, employeeNumber, date }: PersonOfDay): void {
  const known = people.get(sourceGuid);
  const isBetter =
    known === undefined || (employeeNumber !== null && (known.employeeNumber === null || date > known.date));
  if (isBetter) people.set(sourceGuid, { employeeNumber, date });
}

const batchSize = 5000;

/** Remembers them. Returns how many they are. */
export async function storeNewPeople(
  transaction: OrganisationTransaction,
  connection: { readonly scope: DayScope; readonly identificationKey: IdentificationKey },
  people: NewPeople,
): Promise<number> {
  const rows = [...people].map(([guid, { employeeNumber }]) => ({ guid, employeeNumber }));
  for (let start = 0; start < rows.length; start += batchSize) {
    await upsertPeople(transaction, connection, rows.slice(start, start + batchSize));
  }
  return rows.length;
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
