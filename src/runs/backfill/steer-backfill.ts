import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { BackfillId, BackfillState, ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { cancelRun } from '../queue/cancel-run.ts';
import { lockConnection } from '../queue/lock-connection.ts';
import { noBackfill } from './backfills.ts';

export type Steering = 'pause' | 'resume' | 'cancel';

/** From which states each of them leads where. A failed one may be resumed: its secrets may be right by now. */
const ways: Readonly<
  Record<Steering, { readonly from: readonly BackfillState[]; readonly to: BackfillState }>
> = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'running' },
  cancel: { from: ['running', 'paused'], to: 'cancelled' },
};

/**
 * Pauses a backfill after the part that is being read, resumes it at the first date that is not dealt with, or cancels it at
 * once. Throws `not_found`, and `not_possible` when it has ended or is there already.
 */
export async function steerBackfill(
  context: OrganisationContext,
  id: string,
  steering: Steering,
): Promise<void> {
  authorise(context, 'start runs');
  const { from, to } = ways[steering];
  const now = context.clock.now();
  const run = await inOrganisation(context, async (transaction) => {
    const backfill = await lockBackfill(transaction, id);
    if (!from.includes(backfill.state)) {
      throw new HajiriError(
        'not_possible',
        `A backfill that is ${backfill.state} cannot be ${participles[steering]}.`,
      );
    }
    if (steering === 'resume') await requireNoOther(transaction, backfill);
    await transaction
      .updateTable('backfill')
      .set({
        state: to,
        ended_at: to === 'cancelled' ? now : null,
        ...(steering === 'resume' ? { attempts: 0, retry_at: null, error_code: null } : {}),
      })
      .where('id', '=', backfill.id)
      .execute();
    await transaction
      .updateTable('schedule')
      .set({ wake_at: now })
      .where('connection_id', '=', backfill.connection_id)
      .execute();
    await recordAudit(transaction, context, {
      action: `${participles[steering]} a backfill`,
      subject: { kind: 'backfill', id: backfill.id, name: backfill.name },
    });
    return steering === 'resume' ? null : openRunOf(transaction, backfill.id, steering);
  });
  if (run !== null) await cancelRun(context, run);
}

/** Its connection first, as everybody does. */
async function lockBackfill(transaction: OrganisationTransaction, id: string) {
  const ours = transaction
    .selectFrom('backfill as b')
    .innerJoin('connection as c', 'c.id', 'b.connection_id')
    .select(['b.id', 'b.state', 'b.connection_id', 'c.name'])
    .where((where) => where(where.cast('b.id', 'text'), '=', id));
  const found = await ours.executeTakeFirst();
  if (found === undefined) throw noBackfill(id);
  await lockConnection(transaction, found.connection_id);
  return ours.forUpdate('b').executeTakeFirstOrThrow();
}

async function requireNoOther(
  transaction: OrganisationTransaction,
  backfill: { readonly id: BackfillId; readonly connection_id: ConnectionId },
): Promise<void> {
  const other = await transaction
    .selectFrom('backfill')
    .select('id')
    .where('connection_id', '=', backfill.connection_id)
    .where('id', '!=', backfill.id)
    .where('state', 'in', ['running', 'paused'])
    .executeTakeFirst();
  if (other === undefined) return;
  throw new HajiriError('not_possible', 'This connection has another backfill that has not ended.');
}

const participles = { pause: 'paused', resume: 'resumed', cancel: 'cancelled' } as const;

/** A part that waits need not be read now; one that is being read is broken off only when all of it is cancelled. */
async function openRunOf(
  transaction: OrganisationTransaction,
  id: BackfillId,
  steering: Steering,
): Promise<string | null> {
  const run = await transaction
    .selectFrom('run')
    .select('id')
    .where('backfill_id', '=', id)
    .where('state', 'in', steering === 'cancel' ? ['queued', 'running'] : ['queued'])
    .executeTakeFirst();
  return run?.id ?? null;
}
