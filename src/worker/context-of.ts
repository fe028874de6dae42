import { bySchedule } from '../accounts/actor.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { findOrganisationById } from '../accounts/organisations.ts';
import type { OrganisationId } from '../db/schema.ts';
import type { Installation } from '../installation.ts';

/** An organisation as the schedule acts in it; null when it is there no longer. */
export async function contextOf(
  { kysely, clock }: Pick<Installation, 'kysely' | 'clock'>,
  id: OrganisationId,
): Promise<OrganisationContext | null> {
  const organisation = await findOrganisationById(kysely, id);
  return organisation === null ? null : { kysely, clock, organisation, ...bySchedule };
}
