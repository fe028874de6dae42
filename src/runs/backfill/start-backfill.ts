import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { Connection } from '../../connections/connections.ts';
import type { BackfillId } from '../../db/schema.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { checkWindow } from '../check-window.ts';
import type { DateWindow } from '../date-window.ts';
import { requireZone } from '../fetch-attendance.ts';
import { estimateRange } from '../morning/estimate-reading.ts';
import { oldestServed } from '../morning/plan-reads.ts';
import { peopleOf } from './backfills.ts';
import { daysInPart } from './part-size.ts';

export type BackfillEstimate = {
  readonly parts: number;
  /** Null while nobody knows how many people there are. */
  readonly requests: number | null;
  readonly minutes: number | null;
  /** Dates of the range that Keka is believed to serve no longer. */
  readonly tooOld: DateWindow | null;
};

/** What a backfill would take, without starting it. Throws InvalidInputError. */
export function estimateBackfill(
  context: OrganisationContext,
  connection: Connection,
  window: DateWindow,
): Promise<BackfillEstimate> {
  authorise(context, 'read runs');
  checkWindow(context, window);
  return inOrganisation(context, async (transaction) => {
    const people = await peopleOf(transaction, connection.id);
    const { windows, requests, minutes } = estimateRange({
      window,
      mostDays: daysInPart(people ?? 0),
      people: people ?? 0,
      requestsPerMinute: connection.requestsPerMinute,
    });
    return {
      parts: windows.length,
      requests: people === null ? null : requests,
      minutes: people === null ? null : minutes,
      tooOld: olderThanServed(context, window),
    };
  });
}

/**
 * Has a range read little by little by the workers, oldest part first, and behind whatever else the connection has to do.
 * Throws InvalidInputError, or `already_running` when the connection has one that has not ended.
 */
export function startBackfill(
  context: OrganisationContext,
  connection: Pick<Connection, 'id' | 'name'>,
  window: DateWindow,
): Promise<BackfillId> {
  authorise(context, 'start runs');
  requireZone(context);
  checkWindow(context, window);
  const now = context.clock.now();
  return inOrganisation(context, async (transaction) => {
    const made = await transaction
      .insertInto('backfill')
      .values({
        organisation_id: context.organisation.id,
        connection_id: connection.id,
        date_from: window.from,
        date_to: window.to,
        next_date: window.from,
        state: 'running',
        requested_at: now,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['organisation_id', 'connection_id'])
          .where('state', 'in', ['running', 'paused'])
          .doNothing(),
      )
      .returning('id')
      .executeTakeFirst();
    if (made === undefined) {
      throw new HajiriError(
        'already_running',
        'This connection has a backfill that has not ended. Cancel it first, or let it end.',
      );
    }
    await transaction
      .updateTable('schedule')
      .set({ wake_at: now })
      .where('connection_id', '=', connection.id)
      .execute();
    await recordAudit(transaction, context, {
      action: 'started a backfill',
      subject: { kind: 'backfill', id: made.id, name: connection.name },
      after: { from: window.from.toString(), to: window.to.toString() },
    });
    return made.id;
  });
}

function olderThanServed(
  { clock, organisation }: OrganisationContext,
  { from, to }: DateWindow,
): DateWindow | null {
  const oldest = oldestServed(localDay(clock.now(), organisation.zone));
  if (Temporal.PlainDate.compare(from, oldest) >= 0) return null;
  const last = oldest.subtract({ days: 1 });
  return { from, to: Temporal.PlainDate.compare(to, last) < 0 ? to : last };
}
