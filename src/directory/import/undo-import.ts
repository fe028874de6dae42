import { sql } from 'kysely';
import { actorName, recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { linkAllConnections } from '../link-people.ts';
import { findImport, type StoredImport } from './find-import.ts';
import { lockEmployees } from './stage-file.ts';

export type UndoOutcome = { readonly removed: number; readonly restored: number };

/**
 * Takes an import back: whom it added is removed, what it changed is as it was. Only while nothing later depends on it.
 * Throws `not_possible` with the reason, and `not_found`.
 */
export async function undoImport(context: OrganisationContext, id: string): Promise<UndoOutcome> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    await lockEmployees(transaction);
    await planForWholeSets(transaction);
    const found = await findImport(transaction, id);
    const reason = await whyNotUndoable(transaction, found);
    if (reason !== null) throw new HajiriError('not_possible', `This import cannot be undone: ${reason}.`);
    const removed = await removeAdded(transaction, found);
    const restored = await restoreChanged(transaction, found);
    const at = context.clock.now();
    await linkAllConnections(transaction, at);
    await transaction
      .updateTable('employee_import')
      .set({ state: 'undone', undone_at: at, undone_by: actorName(context.actor) })
      .where('id', '=', found.id)
      .execute();
    await recordAudit(transaction, context, {
      action: 'undid the import of employees',
      subject: { kind: 'directory', id: found.id, name: null },
      after: { removed, restored },
    });
    return { removed, restored };
  });
}

/** What depends on an import that was applied, in words; null when nothing does. */
export async function whyNotUndoable(
  transaction: OrganisationTransaction,
  { id, state }: StoredImport,
): Promise<string | null> {
  if (state !== 'applied') return state === 'undone' ? 'it is undone already' : 'it was not applied';
  const { rows } = await sql<{ changed: number; depending: number }>`
    select
      (select count(*) from employee_import_row r left join employee e on e.id = r.employee
        where r.import_id = ${id} and r.outcome in ('new', 'changed') and e.import_id is distinct from ${id}
      )::integer as changed,
      (select count(*) from employee_import_row r
        where r.import_id = ${id} and r.outcome = 'new' and (
          exists (select from person_link l where l.employee = r.employee and l.made_by = 'person')
          or exists (select from membership m where m.employee = r.employee)
          or exists (select from employee f where f.manager = r.employee and f.import_id is distinct from ${id}))
      )::integer as depending`.execute(transaction);
  const { changed = 0, depending = 0 } = rows[0] ?? {};
  if (changed > 0) return `${changed} of its employees were changed or removed later`;
  return depending > 0
    ? `${depending} of the employees that it added were linked by hand, are somebody's manager or belong to an account`
    : null;
}

async function removeAdded(transaction: OrganisationTransaction, { id }: StoredImport): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from employee e using employee_import_row r
    where r.import_id = ${id} and r.outcome = 'new' and e.id = r.employee`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}

async function restoreChanged(transaction: OrganisationTransaction, { id }: StoredImport): Promise<number> {
  await sql`
    delete from team_move m using employee_import_row r
    where r.import_id = ${id} and r.outcome = 'changed' and m.employee = r.employee`.execute(transaction);
  await sql`
    insert into team_move (organisation_id, employee, last_day, team_id, made_at)
    select r.organisation_id, r.employee, m.last_day, m.team_id, m.made_at
    from employee_import_row r
    cross join lateral jsonb_to_recordset(nullif(r.before->'moves', 'null'))
      as m (last_day date, team_id uuid, made_at timestamptz)
    where r.import_id = ${id} and r.outcome = 'changed'`.execute(transaction);
  const { numAffectedRows } = await sql`
    update employee e set (employee_id, match_key, first_name, last_name, email, phone, team_id, designation, location,
      time_zone, joining_date, leaving_date, manager, status, tags, import_id, changed_at) = (
      select b.employee_id, b.match_key, b.first_name, b.last_name, b.email, b.phone, b.team_id, b.designation,
        b.location, b.time_zone, b.joining_date, b.leaving_date, b.manager, b.status, b.tags, b.import_id, b.changed_at
      from jsonb_to_record(r.before) as b (employee_id text, match_key text, first_name text, last_name text,
        email text, phone text, team_id uuid, designation text, location text, time_zone text, joining_date date,
        leaving_date date, manager uuid, status text, tags text[], import_id uuid, changed_at timestamptz))
    from employee_import_row r
    where r.import_id = ${id} and r.outcome = 'changed' and e.id = r.employee`.execute(transaction);
  return Number(numAffectedRows ?? 0);
}
