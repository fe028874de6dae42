import { sql } from 'kysely';
import { toMatchKey } from '../attendance/match-key.ts';
import { texts, uuids } from '../db/array-parameters.ts';
import type { ConnectionId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
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
  const { rows } = await sql<PersonOfDay>`
    select guid as "sourceGuid", number as "employeeNumber", date
    from (select unnest(${uuids(days, ({ sourceGuid }) => sourceGuid)}) as guid,
      unnest(${texts(days, ({ employeeNumber }) => employeeNumber)}) as number,
      unnest(${texts(days, ({ date }) => date)}) as date) as k
    where coalesce((
      select k.number is not null and k.number is distinct from p.employee_number from source_person p
      where p.organisation_id = ${scope.organisationId} and p.connection_id = ${scope.connectionId} and p.guid = k.guid
    ), true)`.execute(transaction);
  for (const day of rows) meetPerson(people, day);
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
  scope: DayScope,
  people: NewPeople,
): Promise<number> {
  const rows = [...people].map(([guid, { employeeNumber }]) => ({ guid, employeeNumber }));
  for (let start = 0; start < rows.length; start += batchSize) {
    await upsertPeople(transaction, scope, rows.slice(start, start + batchSize));
  }
  return rows.length;
}

async function upsertPeople(
  transaction: OrganisationTransaction,
  scope: DayScope,
  people: readonly PersonOfDays[],
): Promise<void> {
  // An attendance record tells these two identifiers; the others come with the people's profiles.
  const keys = people.map(({ employeeNumber }) => toMatchKey(employeeNumber));
  await sql`
    insert into source_person as p (organisation_id, connection_id, first_seen_at, guid, employee_number, number_key)
    select ${scope.organisationId}, ${scope.connectionId}, ${scope.readAt}, r.*
    from unnest(${people.map(({ guid }) => guid)}::uuid[],
      ${people.map(({ employeeNumber }) => employeeNumber)}::text[], ${keys}::text[]) as r
    on conflict (organisation_id, connection_id, guid) do update set
      employee_number = excluded.employee_number, number_key = excluded.number_key`.execute(transaction);
}

const profileColumns = [
  'employee_number',
  'attendance_number',
  'email',
  'display_name',
  'department',
  'location',
  'joining_date',
  'exit_date',
  'employment_status',
  'number_key',
  'attendance_key',
  'email_key',
  'first_name',
  'last_name',
  'job_title',
];

/**
 * Stores what Keka says of people: everything that identifies or places them, nothing else of their profile.
 * `profile_read_at` tells when a profile was read that was new.
 */
export async function storeProfiles(
  transaction: OrganisationTransaction,
  scope: Omit<DayScope, 'runId'>,
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
    text(({ employeeNumber }) => toMatchKey(employeeNumber)),
    text(({ attendanceNumber }) => toMatchKey(attendanceNumber)),
    text(({ email }) => toMatchKey(email)),
    text(({ firstName, middleName }) => namesOf(firstName, middleName)),
    text(({ lastName }) => namesOf(lastName)),
    text(({ jobTitle }) => jobTitle),
  ];
  const listed = (prefix: string) => sql.raw(profileColumns.map((name) => `${prefix}.${name}`).join(', '));
  const names = sql.raw(profileColumns.join(', '));
  // Most mornings nobody's profile is another one; a row that stays as it is is not written.
  await sql`
    insert into source_person as p (organisation_id, connection_id, first_seen_at, profile_read_at, guid, ${names})
    select ${scope.organisationId}, ${scope.connectionId}, ${scope.readAt}, ${scope.readAt}, r.*
    from unnest(${sql.join(columns)}) as r (guid, ${names})
    left join source_person k on k.organisation_id = ${scope.organisationId}
      and k.connection_id = ${scope.connectionId} and k.guid = r.guid
    where k.profile_read_at is null or (${listed('k')}) is distinct from (${listed('r')})
    on conflict (organisation_id, connection_id, guid) do update set
      (profile_read_at, ${names}) = (select excluded.profile_read_at, ${listed('excluded')})`.execute(
    transaction,
  );
}

function namesOf(...names: readonly (string | null)[]): string | null {
  const parts = names.flatMap((name) => (name === null || name.trim() === '' ? [] : name.trim()));
  return parts.length === 0 ? null : parts.join(' ');
}

function displayNameOf({ displayName, firstName, middleName, lastName }: EmployeeRecord): string | null {
  if (displayName !== null && displayName.trim() !== '') return displayName.trim();
  return namesOf(firstName, middleName, lastName);
}

/** So that the next run knows whether profiles are due again. */
export async function rememberPeopleRead(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  { readAt, everybody }: { readonly readAt: Temporal.Instant; readonly everybody: boolean },
): Promise<void> {
  await transaction
    .updateTable('connection')
    .set({
      people_changed_read_at: readAt,
      people_problem: null,
      ...(everybody ? { people_read_at: readAt } : {}),
    })
    .where('id', '=', connectionId)
    .execute();
}

/** So that whoever looks at the links knows why so little is known of people. */
export async function rememberPeopleProblem(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  code: string,
): Promise<void> {
  await transaction
    .updateTable('connection')
    .set({ people_problem: code })
    .where('id', '=', connectionId)
    .execute();
}
