import type { Kysely } from 'kysely';
import type { Clock } from '../clock/clock.ts';
import type { Database, OrganisationId } from '../db/schema.ts';
import { type OrganisationTransaction, withOrganisation } from '../db/tenancy.ts';
import type { Actor, Origin } from './actor.ts';

export type Organisation = {
  readonly id: OrganisationId;
  readonly name: string;
  /** A name that Temporal knows. */
  readonly zone: string;
  /** What is stored as the zone, where that is none: UTC stands in then, and everybody is told. */
  readonly faultyZone: string | null;
};

/** What every use case gets: who acts, for which organisation, with which database and which time. */
export type OrganisationContext = {
  readonly kysely: Kysely<Database>;
  readonly organisation: Organisation;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly origin: Origin;
};

export function inOrganisation<Result>(
  context: OrganisationContext,
  work: (transaction: OrganisationTransaction) => Promise<Result>,
): Promise<Result> {
  return withOrganisation(context.kysely, context.organisation.id, work);
}
