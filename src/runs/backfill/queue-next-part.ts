import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { expectedPeople } from '../date-coverage.ts';
import type { DateWindow } from '../date-window.ts';
import type { OpenRun } from '../queue/open-runs.ts';
import { queueRun } from '../queue/queue-run.ts';
import { daysInPart } from './part-size.ts';

/**
 * Queues the next part of the connection's backfill, if it has one and nothing else of the connection waits or is being done.
 * Returns when to look again otherwise, or null when the end of a run says so.
 */
export async function queueNextPart(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  connectionId: ConnectionId,
  openRuns: readonly OpenRun[],
): Promise<Temporal.Instant | 'queued' | null> {
  const backfill = await transaction
    .selectFrom('backfill')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (backfill === undefined) return null;
  const now = context.clock.now();
  const { retry_at: retryAt } = backfill;
  if (retryAt !== null && Temporal.Instant.compare(retryAt, now) > 0) return retryAt;
  if (openRuns.length > 0) return null;
  const people = (await expectedPeople(transaction, connectionId)) ?? 0;
  await queueRun(transaction, context, {
    connectionId,
    trigger: 'backfill',
    backfillId: backfill.id,
    attempt: backfill.attempts + 1,
    windows: [nextPart(backfill.next_date, backfill.date_to, daysInPart(people))],
  });
  return 'queued';
}

function nextPart(from: Temporal.PlainDate, last: Temporal.PlainDate, days: number): DateWindow {
  const end = from.add({ days: days - 1 });
  return { from, to: Temporal.PlainDate.compare(end, last) < 0 ? end : last };
}
