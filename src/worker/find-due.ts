import type { Kysely } from 'kysely';
import type { Organisation } from '../accounts/organisation-context.ts';
import { toOrganisation } from '../accounts/organisations.ts';
import type { ConnectionId, Database } from '../db/schema.ts';
import { chooseOrganisation } from '../db/tenancy.ts';
import { wantsAttention } from '../runs/queue/wants-attention.ts';

export type DueConnection = { readonly organisation: Organisation; readonly connection: ConnectionId };

/** Up to `most` connections of any organisation that are to be looked after now. */
export function findDueConnections(
  kysely: Kysely<Database>,
  { now, most }: { readonly now: Temporal.Instant; readonly most: number },
): Promise<readonly DueConnection[]> {
  return chooseOrganisation(kysely, async (transaction) => {
    const rows = await transaction
      .selectFrom('schedule')
      .innerJoin('organisation', 'organisation.id', 'schedule.organisation_id')
      .select(['organisation.id', 'organisation.name', 'organisation.zone'])
      .select('schedule.connection_id as connection')
      .where(wantsAttention(now))
      .orderBy('schedule.wake_at')
      .limit(most)
      .execute();
    return rows.map(({ connection, ...organisation }) => ({
      organisation: toOrganisation(organisation),
      connection,
    }));
  });
}
