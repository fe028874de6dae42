import { sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { sightOf } from '../../accounts/sight.ts';
import { teamOn, teamsWithin } from '../../accounts/team-on.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { TeamId } from '../../db/schema.ts';

export type Team = {
  readonly id: TeamId;
  readonly name: string;
  readonly parent: TeamId | null;
  /** How deep in the tree; 0 at its top. */
  readonly depth: number;
  /** Who is in the team itself today, and who in it and below. Leavers do not count. */
  readonly employees: number;
  readonly employeesWithin: number;
};

/** The teams as a tree in reading order: each below its parent, brothers by name. */
export async function listTeams(context: OrganisationContext): Promise<readonly Team[]> {
  authorise(context, 'read the directory');
  const today = localDay(context.clock.now(), context.organisation.zone);
  const sight = sightOf(context.actor);
  if (sight.kind === 'nobody' || sight.kind === 'employee') return [];
  const seen = sight.kind === 'teams' ? sql`where w.id = any(${teamsWithin(sight.teams)})` : sql``;
  return inOrganisation(context, async (transaction) => {
    const { rows } = await sql<Team>`
      with recursive way as (
        select id, name, parent, 0 as depth, array[name] as names, array[id] as ids from team where parent is null
        union all
        select t.id, t.name, t.parent, w.depth + 1, w.names || t.name, w.ids || t.id
        from team t join way w on t.parent = w.id
      ), member as (
        select ${teamOn(today)} as team, count(*) as employees from employee e
        where e.leaving_date is null or e.leaving_date >= ${today} group by 1
      )
      select w.id, w.name, w.parent, w.depth, coalesce(max(m.employees) filter (where m.team = w.id), 0)::integer
          as employees,
        coalesce(sum(m.employees), 0)::integer as "employeesWithin"
      from way w
      left join way below on w.id = any(below.ids)
      left join member m on m.team = below.id
      ${seen}
      group by w.id, w.name, w.parent, w.depth, w.names
      order by w.names`.execute(transaction);
    return rows;
  });
}
