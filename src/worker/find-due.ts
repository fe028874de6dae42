import { type Kysely, sql } from 'kysely';
import type { Organisation } from '../accounts/organisation-context.ts';
import { toOrganisation } from '../accounts/organisations.ts';
import type { ConnectionId, Database } from '../db/schema.ts';
import { chooseOrganisation } from '../db/tenancy.ts';
import { wantsAttention } from '../runs/queue/wants-attention.ts';

export type DueConnection = { readonly organisation: Organisation; readonly connection: ConnectionId };

/** Up to `most` connections of any organisation that are to be looked after now, without those that are left to others. */
export function findDueConnections(
  kysely: Kysely<Database>,
  options: {
    readonly now: Temporal.Instant;
    readonly most: number;
    readonly except: readonly ConnectionId[];
  },
): Promise<readonly DueConnection[]> {
  return chooseOrganisation(kysely, async (transaction) => {
    const rows = await transaction
      .selectFrom('schedule')
      .innerJoin('organisation', 'organisation.id', 'schedule.organisation_id')
      .select(['organisation.id', 'organisation.name', 'organisation.zone'])
      .select('schedule.connection_id as connection')
      .where(wantsAttention(options.now))
      .where(sql<boolean>`schedule.connection_id <> all (${options.except}::uuid[])`)
      .orderBy('schedule.wake_at')
      .limit(options.most)
      .execute();
    return rows.map(({ connection, ...organisation }) => ({
      organisation: toOrganisation(organisation),
      connection,
    }));
  });
}
