import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit, recordChange } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { TeamId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError, InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';

const teamName = z
  .string('must be given')
  .trim()
  .min(1, 'must not be empty')
  .max(300, 'must have at most 300 characters')
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');
const parent = z.uuid('must be the id of a team').nullable();
const newTeam = z.object({ name: teamName, parent: parent.default(null) });
const teamChange = z.object({ name: teamName, parent }).partial();

/** Throws InvalidInputError for a name that is in use. */
export async function addTeam(context: OrganisationContext, input: unknown): Promise<TeamId> {
  authorise(context, 'manage the directory');
  const { name, parent: parentId } = parseInput(newTeam, input);
  return inOrganisation(context, async (transaction) => {
    await lockTeams(transaction);
    const above = parentId === null ? null : await findTeam(transaction, parentId, 'parent');
    await refuseTaken(transaction, name);
    const { id } = await transaction
      .insertInto('team')
      .values({
        organisation_id: context.organisation.id,
        name,
        parent: above?.id ?? null,
        made_at: context.clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await recordAudit(transaction, context, {
      action: 'added the team',
      subject: { kind: 'team', id, name },
      after: { name, parent: above?.name ?? null },
    });
    return id;
  });
}

/**
 * Another name or another place in the tree. Managers keep their teams under the new name. Throws InvalidInputError for
 * a name that is in use or a team that would lie below itself, and `not_found`.
 */
export async function changeTeam(context: OrganisationContext, id: string, input: unknown): Promise<void> {
  authorise(context, 'manage the directory');
  const change = parseInput(teamChange, input);
  await inOrganisation(context, async (transaction) => {
    await lockTeams(transaction);
    const before = await findTeam(transaction, id);
    const name = change.name ?? before.name;
    if (name !== before.name) await refuseTaken(transaction, name);
    const above =
      change.parent === undefined
        ? { id: before.parent, name: before.parent_name }
        : change.parent === null
          ? null
          : await findTeam(transaction, change.parent, 'parent');
    if (above !== null && above.id !== null) await refuseCircle(transaction, before.id, above.id);
    await transaction
      .updateTable('team')
      .set({ name, parent: above?.id ?? null })
      .where('id', '=', before.id)
      .execute();
    if (name !== before.name) await renameInScopes(transaction, before.name, name);
    await recordChange(transaction, context, {
      action: 'changed the team',
      subject: { kind: 'team', id: before.id, name },
      before: { name: before.name, parent: before.parent_name },
      after: { name, parent: above?.name ?? null },
    });
  });
}

/** Only a team that nobody was ever in, and that no team lies below. Throws `not_possible` otherwise. */
export async function removeTeam(context: OrganisationContext, id: string): Promise<void> {
  authorise(context, 'manage the directory');
  await inOrganisation(context, async (transaction) => {
    await lockTeams(transaction);
    const found = await findTeam(transaction, id);
    const { rows } = await sql<{ used: boolean }>`
      select exists (select from employee where team_id = ${found.id})
        or exists (select from team_move where team_id = ${found.id})
        or exists (select from team where parent = ${found.id})
        or exists (select from membership where ${found.name} = any(teams)) as used`.execute(transaction);
    if (rows[0]?.used === true) {
      throw new HajiriError(
        'not_possible',
        'Employees are or were in this team, teams lie below it, or somebody manages it.',
      );
    }
    await transaction.deleteFrom('team').where('id', '=', found.id).execute();
    await recordAudit(transaction, context, {
      action: 'removed the team',
      subject: { kind: 'team', id: found.id, name: found.name },
      before: { name: found.name, parent: found.parent_name },
    });
  });
}

/** The tree is changed by one at a time: two moves at once could make a circle. */
async function lockTeams(transaction: OrganisationTransaction): Promise<void> {
  await sql`lock table team in share row exclusive mode`.execute(transaction);
}

/** Throws `not_found`, or InvalidInputError for `field` where a field names it. */
export async function findTeam(transaction: OrganisationTransaction, id: string, field?: string) {
  const found = await transaction
    .selectFrom('team as t')
    .leftJoin('team as above', 'above.id', 't.parent')
    .select(['t.id', 't.name', 't.parent', 'above.name as parent_name'])
    .where((where) => where(where.cast('t.id', 'text'), '=', id.toLowerCase()))
    .executeTakeFirst();
  if (found !== undefined) return found;
  if (field !== undefined) throw new InvalidInputError([{ field, reason: 'is no team' }]);
  throw new HajiriError('not_found', `There is no team ${id.slice(0, 60)}.`);
}

async function refuseTaken(transaction: OrganisationTransaction, name: string): Promise<void> {
  const taken = await transaction.selectFrom('team').select('id').where('name', '=', name).executeTakeFirst();
  if (taken !== undefined) throw new InvalidInputError([{ field: 'name', reason: 'is already in use' }]);
}

async function refuseCircle(
  transaction: OrganisationTransaction,
  team: TeamId,
  above: TeamId,
): Promise<void> {
  const { rows } = await sql<{ circle: boolean }>`
    with recursive up as (
      select id, parent from team where id = ${above}
      union
      select t.id, t.parent from team t join up on t.id = up.parent
    ) select exists (select from up where id = ${team}) as circle`.execute(transaction);
  if (rows[0]?.circle === true) {
    throw new InvalidInputError([{ field: 'parent', reason: 'is the team itself or lies below it' }]);
  }
}

/** What a manager sees is kept by the names of teams. */
async function renameInScopes(
  transaction: OrganisationTransaction,
  before: string,
  after: string,
): Promise<void> {
  for (const table of ['membership', 'invitation'] as const) {
    await sql`update ${sql.table(table)} set teams = array_replace(teams, ${before}, ${after})
      where ${before} = any(teams)`.execute(transaction);
  }
}
