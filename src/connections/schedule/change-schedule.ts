import { type AuditedValues, recordChange } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { type DailyTime, dueOn, latestDue, nextDue } from '../../attendance/daily-due-times.ts';
import type { Connection } from '../connections.ts';
import { parseScheduleInput } from './schedule-input.ts';
import { type Schedule, selectSchedules, toSchedule } from './schedules.ts';

/**
 * Changes when a connection is fetched by itself; what is not given stays. It takes effect at once: a due time that would
 * have come today and lies before now with the new time comes now, and one that was done today does not come again.
 * Throws InvalidInputError.
 */
export async function changeSchedule(
  context: OrganisationContext,
  connection: Pick<Connection, 'id' | 'name'>,
  input: unknown,
): Promise<Schedule> {
  authorise(context, 'manage connections');
  const change = parseScheduleInput(input);
  return inOrganisation(context, async (transaction) => {
    const ours = selectSchedules(transaction).where('connection_id', '=', connection.id);
    const before = toSchedule(await ours.forUpdate().executeTakeFirstOrThrow());
    const { auto_run: ranBefore } = await transaction
      .selectFrom('connection')
      .select('auto_run')
      .where('id', '=', connection.id)
      .executeTakeFirstOrThrow();
    const now = context.clock.now();
    const daily: DailyTime = {
      time: change.at === undefined ? before.daily.time : Temporal.PlainTime.from(change.at),
      zone: change.zone ?? before.daily.zone,
    };
    const { auto_run: autoRun } = await transaction
      .updateTable('connection')
      .set({ auto_run: change.autoRun ?? ((set) => set.ref('auto_run')) })
      .where('id', '=', connection.id)
      .returning('auto_run')
      .executeTakeFirstOrThrow();
    await transaction
      .updateTable('schedule')
      .set({
        local_time: daily.time.toString({ smallestUnit: 'minute' }),
        zone: daily.zone,
        recheck_ages: change.recheckAges ?? before.recheckAges.slice(),
        next_due_at: autoRun ? dueAfterChange(before, daily, now) : null,
        ...(autoRun ? {} : { follow_up_at: null, follow_up_reason: null }),
        wake_at: now,
      })
      .where('connection_id', '=', connection.id)
      .execute();
    const after = toSchedule(await ours.executeTakeFirstOrThrow());
    await recordChange(transaction, context, {
      action: 'changed the schedule',
      subject: { kind: 'connection', id: connection.id, name: connection.name },
      before: audited(before, ranBefore),
      after: audited(after, autoRun),
    });
    return after;
  });
}

function audited({ daily, recheckAges }: Schedule, autoRun: boolean): AuditedValues {
  const at = daily.time.toString({ smallestUnit: 'minute' });
  return { autoRun, at, zone: daily.zone, recheckAges: recheckAges.join(', ') };
}

/** When a changed schedule is due next; a moment that lies before `now` is due at once. */
export function dueAfterChange(
  before: Pick<Schedule, 'daily' | 'nextDueAt' | 'lastDueOn'>,
  daily: DailyTime,
  now: Temporal.Instant,
): Temporal.Instant {
  const { nextDueAt, lastDueOn } = before;
  const today = now.toZonedDateTimeISO(daily.zone).toPlainDate();
  // A last time that lies ahead was claimed under a clock that was wrong.
  const done = lastDueOn !== null && Temporal.PlainDate.compare(lastDueOn, today) <= 0 ? lastDueOn : null;
  const past = latestDue(daily, now);
  const isOwed =
    nextDueAt !== null &&
    (Temporal.Instant.compare(nextDueAt, now) <= 0 ||
      dueOn(past.date, before.daily)?.equals(nextDueAt) === true);
  const isDone = done !== null && Temporal.PlainDate.compare(past.date, done) <= 0;
  if (isOwed && !isDone) return past.at;
  return nextDue(daily, now, done).at;
}
