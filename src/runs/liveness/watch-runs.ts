import type { Kysely } from 'kysely';
import type { Database, OrganisationId, RunId } from '../../db/schema.ts';
import { chooseOrganisation } from '../../db/tenancy.ts';
import { askOwner } from '../run-owner.ts';

/** A run that shows no sign of life any more. */
export type SilentRun = { readonly organisation: OrganisationId; readonly id: RunId; readonly beat: number };

/**
 * How many looks in a row see no new sign of life before a run counts as dead, by what is known of its process. Looks are
 * counted, not time: a clock that jumps, here or there, kills nobody. Signs come every two seconds, looks every five.
 */
const patience = { dead: 0, unknown: 9, alive: 24 } as const;

type Sighting = { readonly beat: number; readonly looks: number };

/**
 * A watch over the runs of every organisation and process; call it every five seconds. A process that was killed on this
 * machine is noticed at once, one elsewhere within 50 seconds, and one that is there but stands still within two minutes.
 */
export function createRunWatch(kysely: Kysely<Database>): () => Promise<readonly SilentRun[]> {
  let sightings: ReadonlyMap<RunId, Sighting> = new Map();
  return async () => {
    const runs = await chooseOrganisation(kysely, (transaction) =>
      transaction
        .selectFrom('run')
        .select(['organisation_id', 'id', 'owner', 'beat'])
        .where('state', '=', 'running')
        .execute(),
    );
    const seen = new Map<RunId, Sighting>();
    const silent: SilentRun[] = [];
    for (const { organisation_id: organisation, id, owner, beat } of runs) {
      const before = sightings.get(id);
      const looks = before?.beat === beat ? before.looks + 1 : 0;
      seen.set(id, { beat, looks });
      const answer = owner === null ? 'dead' : await askOwner(owner);
      if (looks >= patience[answer]) silent.push({ organisation, id, beat });
    }
    sightings = seen;
    return silent;
  };
}
