import { type RawBuilder, sql } from 'kysely';
import type { TeamId } from '../db/schema.ts';

/** The team of employee `e` on a date: the one until the first move after it, or else the one since the last move. */
export function teamOn(date: Temporal.PlainDate): RawBuilder<TeamId | null> {
  return sql<TeamId | null>`(coalesce((
    select array[m.team_id] from team_move m
    where m.organisation_id = e.organisation_id and m.employee = e.id and m.last_day >= ${date}
    order by m.last_day limit 1), array[e.team_id]))[1]`;
}

/** The ids of the teams with these names and of every team below them, as an array. */
export function teamsWithin(names: readonly string[]): RawBuilder<readonly TeamId[]> {
  return sql<readonly TeamId[]>`array(
    with recursive within as (
      select id from team where name = any(${names}::text[])
      union
      select t.id from team t join within w on t.parent = w.id
    ) select id from within)`;
}
