import { nextDue } from '../../attendance/daily-due-times.ts';
import type { Schedule } from '../../connections/schedule/schedules.ts';

/** No due time is further ahead than a day and the hours that a change of the clock adds. */
const furthestHours = 27;

/**
 * The schedule with the due times that it must have now: none while Auto-Run is off, and none so far ahead that only a clock
 * which was set back explains it.
 */
export function correctDueTimes(
  schedule: Schedule,
  { autoRun, now }: { readonly autoRun: boolean; readonly now: Temporal.Instant },
): Schedule {
  if (!autoRun) return { ...schedule, nextDueAt: null, followUpAt: null, followUpReason: null };
  const furthest = now.add({ hours: furthestHours });
  const isAhead = (instant: Temporal.Instant) => Temporal.Instant.compare(instant, furthest) > 0;
  const { nextDueAt, followUpAt, daily } = schedule;
  return {
    ...schedule,
    nextDueAt:
      nextDueAt === null || isAhead(nextDueAt) ? nextDue(daily, now, doneOn(schedule, now)).at : nextDueAt,
    followUpAt: followUpAt !== null && isAhead(followUpAt) ? now : followUpAt,
  };
}

/** The date that was done last; one that lies ahead was done under a clock that was wrong, and does not count. */
function doneOn({ lastDueAt, lastDueOn }: Schedule, now: Temporal.Instant): Temporal.PlainDate | null {
  const isFromAhead = lastDueAt !== null && Temporal.Instant.compare(lastDueAt, now) > 0;
  return isFromAhead ? null : lastDueOn;
}
