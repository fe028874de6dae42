import { sql } from 'kysely';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { writeMoves } from '../teams/move-teams.ts';
import { plainColumnsOf, type StagedFile } from './classify-rows.ts';

/** The day on which a changed team begins to count, and when all of it is written. */
export type WriteOptions = StagedFile & {
  readonly teamFrom: Temporal.PlainDate;
  readonly at: Temporal.Instant;
};

/** Puts the rows of a file into the directory: who is new, what changed, and the teams that they name. */
export async function writeRows(transaction: OrganisationTransaction, options: WriteOptions): Promise<void> {
  await addTeams(transaction, options);
  await addEmployees(transaction, options);
  await keepBefore(transaction, options);
  if (options.columns.has('team')) await moveTeams(transaction, options);
  await changeEmployees(transaction, options);
}

async function addTeams(transaction: OrganisationTransaction, { importId, at }: WriteOptions): Promise<void> {
  await sql`
    insert into team (organisation_id, name, made_at)
    select distinct organisation_id, team, ${at}::timestamptz from employee_import_row
    where import_id = ${importId} and team is not null and outcome in ('new', 'changed')
    on conflict do nothing`.execute(transaction);
}

async function addEmployees(
  transaction: OrganisationTransaction,
  { importId, at }: WriteOptions,
): Promise<void> {
  // The manager may be a row further down: a reference is checked when the statement ends.
  await sql`
    insert into employee (organisation_id, id, imported_at, import_id, employee_id, match_key, first_name, last_name,
      email, phone, team_id, designation, location, time_zone, joining_date, leaving_date, manager, status, tags)
    select r.organisation_id, r.employee, ${at}, ${importId}, r.employee_id, r.match_key, r.first_name, r.last_name,
      r.email, r.phone, t.id, r.designation, r.location, r.time_zone, r.joining_date, r.leaving_date, r.manager,
      r.status, r.tags
    from employee_import_row r
    left join team t on t.organisation_id = r.organisation_id and t.name = r.team
    where r.import_id = ${importId} and r.outcome = 'new'`.execute(transaction);
}

/** Everything that a change may touch, for the undo. */
async function keepBefore(transaction: OrganisationTransaction, { importId }: WriteOptions): Promise<void> {
  await sql`
    update employee_import_row r set before = jsonb_build_object(
      'employee_id', e.employee_id, 'match_key', e.match_key, 'first_name', e.first_name, 'last_name', e.last_name,
      'email', e.email, 'phone', e.phone, 'team_id', e.team_id, 'designation', e.designation, 'location', e.location,
      'time_zone', e.time_zone, 'joining_date', e.joining_date, 'leaving_date', e.leaving_date, 'manager', e.manager,
      'status', e.status, 'tags', to_jsonb(e.tags), 'import_id', e.import_id, 'changed_at', e.changed_at,
      'moves', (select jsonb_agg(jsonb_build_object('last_day', m.last_day, 'team_id', m.team_id, 'made_at', m.made_at))
        from team_move m where m.organisation_id = e.organisation_id and m.employee = e.id))
    from employee e
    where r.import_id = ${importId} and r.outcome = 'changed' and e.id = r.employee`.execute(transaction);
}

/** Reports of the days before still show the former team. */
async function moveTeams(
  transaction: OrganisationTransaction,
  { importId, teamFrom, at }: WriteOptions,
): Promise<void> {
  const targets = sql`(
    select r.employee, t.id as team_id from employee_import_row r
    left join team t on t.organisation_id = r.organisation_id and t.name = r.team
    left join employee e on e.id = r.employee
    where r.import_id = ${importId} and r.outcome = 'changed' and t.id is distinct from e.team_id)`;
  await writeMoves(transaction, targets, { from: teamFrom, at });
}

async function changeEmployees(transaction: OrganisationTransaction, options: WriteOptions): Promise<void> {
  const plain = plainColumnsOf(options).map((name) => sql`, ${sql.raw(`${name} = r.${name}`)}`);
  await sql`
    update employee e set changed_at = ${options.at}, import_id = ${options.importId},
      employee_id = coalesce(r.employee_id, e.employee_id), match_key = coalesce(r.match_key, e.match_key)
      ${sql.join(plain, sql``)}
    from employee_import_row r
    where r.import_id = ${options.importId} and r.outcome = 'changed' and e.id = r.employee`.execute(
    transaction,
  );
}
