import { nextDue } from '../../attendance/daily-due-times.ts';
import type { Schedule } from '../../connections/schedule/schedules.ts';

/** No due time is further ahead than a day and the hours that a change of the clock adds. */
export const furthestHours = 27;

/** Clocks of different machines differ by less than this; one that was set back is further off. */
export const clockToleranceSeconds = 60;

/** Whether the last look at a connection was at a time that is still to come. */
export function isClockSetBack({ attendedAt }: Pick<Schedule, 'attendedAt'>, now: Temporal.Instant): boolean {
  const latest = now.add({ seconds: clockToleranceSeconds });
  return attendedAt !== null && Temporal.Instant.compare(attendedAt, latest) > 0;
}

/**
 * The schedule with the due times that it must have now: none while Auto-Run is off, and none that only a clock which was
 * set back explains, by lying too far ahead or by having been planned at a time that is still to come.
 */
export function correctDueTimes(
  schedule: Schedule,
  { autoRun, now }: { readonly autoRun: boolean; readonly now: Temporal.Instant },
): Schedule {
  if (!autoRun) return { ...schedule, nextDueAt: null, followUpAt: null, followUpReason: null };
  const furthest = now.add({ hours: furthestHours });
  const isAhead = (instant: Temporal.Instant) => Temporal.Instant.compare(instant, furthest) > 0;
  const { nextDueAt, followUpAt, lastDueAt, daily } = schedule;
  const isSetBack = isClockSetBack(schedule, now);
  const isDoneTooSoon = isSetBack && lastDueAt !== null && Temporal.Instant.compare(lastDueAt, now) > 0;
  return {
    ...schedule,
    nextDueAt:
      nextDueAt === null || isAhead(nextDueAt) || isDoneTooSoon
        ? nextDue(daily, now, doneOn(schedule, now)).at
        : nextDueAt,
    followUpAt: followUpAt !== null && (isAhead(followUpAt) || isSetBack) ? now : followUpAt,
  };
}

/** The date that was done last; one that lies ahead was done under a clock that was wrong, and does not count. */
function doneOn({ lastDueAt, lastDueOn }: Schedule, now: Temporal.Instant): Temporal.PlainDate | null {
  const isFromAhead = lastDueAt !== null && Temporal.Instant.compare(lastDueAt, now) > 0;
  return isFromAhead ? null : lastDueOn;
}
