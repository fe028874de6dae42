import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { lockEmployees } from '../import/stage-file.ts';
import { keyColumn, keyMayLink, linkPeople } from '../link-people.ts';
import { writeMoves } from '../teams/move-teams.ts';
import { type ConnectionOfLinks, findConnectionOfLinks } from './find-connection.ts';

/**
 * After people were read from Keka: whoever is new becomes an employee where that is the setting, everybody is linked,
 * and the fields that follow Keka are brought up to date.
 */
export async function followPeople(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  connectionId: string,
): Promise<void> {
  const now = context.clock.now();
  const connection = await findConnectionOfLinks(transaction, connectionId);
  await planForWholeSets(transaction);
  if (connection.new_people === 'create') {
    await lockEmployees(transaction);
    // Those first whom somebody has entered already.
    await linkPeople(transaction, connection.id, now);
    const today = localDay(now, context.organisation.zone);
    // Whoever left long ago is history, not a new colleague.
    const recent = sql<SqlBool>`(p.exit_date is null or p.exit_date >= ${today.subtract({ days: 90 })})`;
    const created = await insertPeople(transaction, connection, recent, now);
    if (created > 0) await tellCreated(transaction, context, connection, created);
  }
  await linkPeople(transaction, connection.id, now);
  if (connection.overwrite_fields.length > 0) await overwriteFields(transaction, context, connection);
}

/**
 * Makes employees of people in Keka who are not in the directory: all of them or none. Throws InvalidInputError for one
 * who has no key, shares it, or is in the directory, and `not_found`.
 */
export async function createPeople(
  context: OrganisationContext,
  connectionId: string,
  people: readonly string[],
): Promise<{ readonly created: number; readonly linked: number }> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    await lockEmployees(transaction);
    await planForWholeSets(transaction);
    const connection = await findConnectionOfLinks(transaction, connectionId);
    const now = context.clock.now();
    const wanted = [...new Set(people.map((guid) => guid.toLowerCase()))];
    const created = await insertPeople(transaction, connection, sql`p.guid = any(${wanted}::uuid[])`, now);
    if (created < wanted.length) {
      throw new InvalidInputError([
        {
          field: 'people',
          reason: `names ${wanted.length - created} who are in the directory, have no key of their own, or are unknown in Keka`,
        },
      ]);
    }
    const linked = await linkPeople(transaction, connection.id, now);
    await tellCreated(transaction, context, connection, created);
    return { created, linked };
  });
}

async function tellCreated(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  { id, name }: ConnectionOfLinks,
  created: number,
): Promise<void> {
  await recordAudit(transaction, context, {
    action: 'added employees from Keka',
    subject: { kind: 'connection', id, name },
    after: { created },
  });
}

/** The Employee ID is the key as Keka has it; a code that several people share, or an employee has, makes nobody. */
async function insertPeople(
  transaction: OrganisationTransaction,
  connection: ConnectionOfLinks,
  which: RawBuilder<SqlBool>,
  now: Temporal.Instant,
): Promise<number> {
  const key = keyColumn(connection.identification_key);
  await sql`
    insert into team (organisation_id, name, made_at)
    select distinct p.organisation_id, left(trim(p.department), 300), ${now}::timestamptz from source_person p
    where p.connection_id = ${connection.id} and ${which} and trim(p.department) <> ''
    on conflict do nothing`.execute(transaction);
  const { numAffectedRows } = await sql`
    insert into employee (organisation_id, origin, imported_at, changed_at, employee_id, match_key, first_name, last_name,
      email, team_id, designation, location, joining_date, leaving_date)
    select n.organisation_id, 'keka', ${now}, ${now}, n.code, n.key, left(n.first_name, 300), left(n.last_name, 300),
      n.email, t.id, n.job_title, n.location, n.joining_date,
      case when n.exit_date < n.joining_date then null else n.exit_date end
    from (
      select p.*, ${key} as key, count(*) over (partition by ${key}) as sharing,
        ${which} and l.employee is null and ${keyMayLink} and p.profile_read_at is not null as is_wanted,
        case ${connection.identification_key}::text when 'employee_number' then p.employee_number
          when 'attendance_number' then p.attendance_number when 'email' then p.email else p.guid::text end as code
      from (
        select s.organisation_id, s.connection_id, s.guid, s.number_key, s.attendance_key, s.email_key, s.held,
          s.ignored_reason, s.excluded_by, s.profile_read_at, s.employee_number, s.attendance_number, s.email,
          s.department, s.job_title, s.location, s.joining_date, s.exit_date,
          coalesce(s.first_name, s.display_name, s.employee_number, 'Unknown') as first_name,
          case when s.first_name is null then '' else coalesce(s.last_name, '') end as last_name
        from source_person s where s.connection_id = ${connection.id}
      ) p
      left join person_link l on l.connection_id = p.connection_id and l.source_guid = p.guid
    ) n
    left join team t on t.organisation_id = n.organisation_id and t.name = left(trim(n.department), 300)
    where n.is_wanted and n.key is not null and n.sharing = 1
      and not exists (select from employee e where e.match_key = n.key)`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

/** What Keka has of each field; what it does not know overwrites nothing. */
const sources: Readonly<Record<string, string>> = {
  first_name: 'p.first_name',
  last_name: 'p.last_name',
  email: 'p.email',
  designation: 'p.job_title',
  location: 'p.location',
  joining_date: 'p.joining_date',
  leaving_date: 'p.exit_date',
};

async function overwriteFields(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  connection: ConnectionOfLinks,
): Promise<void> {
  const at = context.clock.now();
  const today = localDay(at, context.organisation.zone);
  // Of several people for one employee, the one who is employed last counts.
  const current = sql`(
    select distinct on (l.employee) l.employee as linked, p.* from person_link l
    join source_person p on p.connection_id = l.connection_id and p.guid = l.source_guid
    where l.connection_id = ${connection.id} and p.profile_read_at is not null
    order by l.employee, p.exit_date desc nulls first, p.joining_date desc nulls last, p.guid)`;
  const fields = connection.overwrite_fields.filter((field) => sources[field] !== undefined);
  let changed = 0;
  if (fields.length > 0) {
    const value = (field: string) => sql.raw(`coalesce(${sources[field] ?? 'null'}, e.${field})`);
    const dateOf = (field: string) => (fields.includes(field) ? value(field) : sql.raw(`e.${field}`));
    const { numAffectedRows } = await sql`
      update employee e set ${sql.join(fields.map((field) => sql`${sql.raw(field)} = ${value(field)}`))},
        changed_at = ${at}, import_id = null
      from ${current} p
      where e.id = p.linked
        and (${sql.join(
          fields.map((field) => sql`${sql.raw(`e.${field}`)} is distinct from ${value(field)}`),
          sql` or `,
        )})
        and coalesce(${dateOf('leaving_date')} >= ${dateOf('joining_date')}, true)`.execute(transaction);
    changed += Number(numAffectedRows ?? 0);
  }
  if (connection.overwrite_fields.includes('team')) {
    await sql`
      insert into team (organisation_id, name, made_at)
      select distinct p.organisation_id, left(trim(p.department), 300), ${at}::timestamptz from ${current} p
      where trim(p.department) <> '' on conflict do nothing`.execute(transaction);
    const targets = sql`(
      select p.linked as employee, t.id as team_id from ${current} p
      join team t on t.organisation_id = p.organisation_id and t.name = left(trim(p.department), 300)
      join employee f on f.id = p.linked and f.team_id is distinct from t.id)`;
    changed += await writeMoves(transaction, targets, { from: today, at });
  }
  if (changed === 0) return;
  await recordAudit(transaction, context, {
    action: 'updated employees from Keka',
    subject: { kind: 'connection', id: connection.id, name: connection.name },
    after: { changed, fields: connection.overwrite_fields },
  });
}
