import { type RawBuilder, sql } from 'kysely';
import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { teamOn } from '../../accounts/team-on.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';

/** Who goes where from when on: employees by our own ids, a team by its name, `null` for none. */
export type TeamMove = {
  readonly employees: readonly string[];
  readonly team: string | null;
  /** Today, where the organisation is, without it. */
  readonly from?: Temporal.PlainDate | undefined;
};

/**
 * Moves employees to a team from a day on; later moves fall away. Reports of earlier days show the earlier team. Throws
 * InvalidInputError for somebody or a team that is not there: then nobody is moved. Returns how many were moved.
 */
export async function moveEmployees(context: OrganisationContext, move: TeamMove): Promise<number> {
  authorise(context, 'manage the directory');
  const from = move.from ?? localDay(context.clock.now(), context.organisation.zone);
  return inOrganisation(context, async (transaction) => {
    const team = await teamNamed(transaction, move.team);
    const ids = [...new Set(move.employees)];
    const { rows } = await sql<{ id: string }>`
      select id from employee where id::text = any(${ids}) for update`.execute(transaction);
    if (rows.length < ids.length) {
      throw new InvalidInputError([
        { field: 'employees', reason: `names ${ids.length - rows.length} who are not in the directory` },
      ]);
    }
    const targets = sql`(select id as employee, ${team}::uuid as team_id from employee
      where id::text = any(${ids}))`;
    const moved = await writeMoves(transaction, targets, { from, at: context.clock.now() });
    await recordAudit(transaction, context, {
      action: 'moved employees to a team',
      subject: { kind: 'team', id: team, name: move.team },
      after: { employees: moved, from: from.toString() },
    });
    return moved;
  });
}

export async function teamNamed(
  transaction: OrganisationTransaction,
  name: string | null,
): Promise<string | null> {
  if (name === null) return null;
  const found = await transaction.selectFrom('team').select('id').where('name', '=', name).executeTakeFirst();
  if (found === undefined) throw new InvalidInputError([{ field: 'team', reason: 'is no team' }]);
  return found.id;
}

/**
 * For the rows of `targets` (`employee`, `team_id`): from the day on it is that team, and the day before is the last one
 * of whatever team it was then. Nobody was in a team before joining, so a move on that day leaves no trace.
 */
export async function writeMoves(
  transaction: OrganisationTransaction,
  targets: RawBuilder<unknown>,
  { from, at }: { readonly from: Temporal.PlainDate; readonly at: Temporal.Instant },
): Promise<number> {
  const dayBefore = from.subtract({ days: 1 });
  const differing = sql`
    select e.organisation_id, e.id as employee, g.team_id, e.joining_date, ${teamOn(dayBefore)} as before
    from ${targets} g join employee e on e.id = g.employee
    where g.team_id is distinct from e.team_id or exists (select from team_move m
      where m.organisation_id = e.organisation_id and m.employee = e.id and m.last_day >= ${dayBefore})`;
  const { rows } = await sql<{
    employee: string;
    team_id: string | null;
    before: string | null;
    keeps: boolean;
  }>`
    select employee, team_id, before, team_id is distinct from before
      and (joining_date is null or joining_date < ${from}) as keeps
    from (${differing}) d`.execute(transaction);
  if (rows.length === 0) return 0;
  const ids = rows.map(({ employee }) => employee);
  await sql`delete from team_move where employee = any(${ids}::uuid[]) and last_day >= ${dayBefore}`.execute(
    transaction,
  );
  const kept = rows.filter(({ keeps }) => keeps);
  await sql`
    insert into team_move (organisation_id, employee, last_day, team_id, made_at)
    select current_organisation(), k.employee, ${dayBefore}::date, k.team_id, ${at}::timestamptz
    from unnest(${kept.map(({ employee }) => employee)}::uuid[], ${kept.map(({ before }) => before)}::uuid[])
      as k (employee, team_id)`.execute(transaction);
  await sql`
    update employee e set team_id = k.team_id, changed_at = ${at}, import_id = null
    from unnest(${ids}::uuid[], ${rows.map(({ team_id }) => team_id)}::uuid[]) as k (employee, team_id)
    where e.id = k.employee`.execute(transaction);
  return rows.length;
}
