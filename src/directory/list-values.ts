import { sql } from 'kysely';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { seenEmployees, sightOf } from '../accounts/sight.ts';
import { localDay } from '../attendance/local-time.ts';

export type DirectoryValues = {
  readonly locations: readonly string[];
  readonly designations: readonly string[];
  readonly tags: readonly string[];
};

/** A list that is longer is no longer chosen from. */
const atMost = 500;

/** What stands in the directory, once each and sorted: what lists can be filtered by. Of the employees that the actor sees. */
export async function listDirectoryValues(context: OrganisationContext): Promise<DirectoryValues> {
  authorise(context, 'read the directory');
  const today = localDay(context.clock.now(), context.organisation.zone);
  return inOrganisation(context, async (transaction) => {
    const { rows } = await sql<DirectoryValues>`
      with seen as materialized (
        select e.location, e.designation, e.tags from employee e where ${seenEmployees(sightOf(context.actor), today)}
      )
      select
        array(select distinct location from seen where location is not null order by 1 limit ${atMost}) as locations,
        array(select distinct designation from seen where designation is not null order by 1 limit ${atMost})
          as designations,
        array(select distinct tag from seen, unnest(seen.tags) tag order by 1 limit ${atMost}) as tags`.execute(
      transaction,
    );
    return rows[0] ?? { locations: [], designations: [], tags: [] };
  });
}
