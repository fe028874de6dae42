import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EmployeeRef } from '../db/schema.ts';
import type { Actor } from './actor.ts';
import { teamOn, teamsWithin } from './team-on.ts';

/** Whose rows an actor sees. It is part of every query that returns people or days: a filter, never an afterthought. */
export type Sight =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'teams'; readonly teams: readonly string[] }
  | { readonly kind: 'employee'; readonly employee: EmployeeRef }
  | { readonly kind: 'nobody' };

export function sightOf(actor: Actor): Sight {
  if (actor.kind !== 'person') return { kind: 'everyone' };
  const { membership } = actor;
  switch (membership.role) {
    case 'manager':
      return membership.teams.length === 0 ? { kind: 'nobody' } : { kind: 'teams', teams: membership.teams };
    case 'employee':
      return membership.employee === null
        ? { kind: 'nobody' }
        : { kind: 'employee', employee: membership.employee };
    case 'owner':
    case 'admin':
    case 'auditor':
      return { kind: 'everyone' };
  }
}

/**
 * The condition on the table `employee`, under the alias `e`, that keeps to what an actor sees of a date: whoever was in
 * one of the teams then, or in a team below one of them.
 */
export function seenEmployees(sight: Sight, date: Temporal.PlainDate): RawBuilder<SqlBool> {
  return seenIn(sight, teamOn(date));
}

/** The same for a query that knows the id of the team on the date, of which `team` is the expression. */
export function seenIn(sight: Sight, team: RawBuilder<string | null>): RawBuilder<SqlBool> {
  switch (sight.kind) {
    case 'everyone':
      return sql`true`;
    case 'teams':
      return sql`${team} = any(${teamsWithin(sight.teams)})`;
    case 'employee':
      return sql`e.id = ${sight.employee}`;
    case 'nobody':
      return sql`false`;
  }
}

/** Whoever is no employee yet belongs to no team: only who sees everyone sees them. */
export function seesUnlinked(sight: Sight): boolean {
  return sight.kind === 'everyone';
}
