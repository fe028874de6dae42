import type { Kysely } from 'kysely';
import type { ConnectionId, Database, OrganisationId } from '../db/schema.ts';
import { chooseOrganisation } from '../db/tenancy.ts';
import { clockToleranceSeconds } from '../runs/queue/correct-due-times.ts';

export type DueConnection = { readonly organisation: OrganisationId; readonly connection: ConnectionId };

/** Nothing is planned further ahead than a due time may be; what is, was planned under a clock that was wrong. */
const furthestHours = 27;

/** Up to `most` connections of any organisation that are to be looked after now. */
export function findDueConnections(
  kysely: Kysely<Database>,
  { now, most }: { readonly now: Temporal.Instant; readonly most: number },
): Promise<readonly DueConnection[]> {
  return chooseOrganisation(kysely, (transaction) =>
    transaction
      .selectFrom('schedule')
      .select(['organisation_id as organisation', 'connection_id as connection'])
      .where((where) =>
        where.or([
          where('wake_at', '<=', now),
          where('wake_at', '>', now.add({ hours: furthestHours })),
          // Planned at a time that is still to come: the clock was set back, and what is due in truth may come sooner.
          where('attended_at', '>', now.add({ seconds: clockToleranceSeconds })),
        ]),
      )
      .orderBy('wake_at')
      .limit(most)
      .execute(),
  );
}
