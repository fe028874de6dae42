import type { AttendanceDay } from './attendance-day.ts';
import type { DayPolicy } from './day-policy.ts';

/** Keka's day types [documented]; every other number is kept and called unknown. */
export const dayTypes = {
  workingDay: 0,
  holiday: 1,
  weeklyOff: 2,
  firstHalfOff: 3,
  secondHalfOff: 4,
} as const;

/** Shifts of whole minutes and punches of seconds: what counts is the minute that a reader sees. */
const millisecondsInMinute = 60_000;

/** Further from the shift than this, the punch or the shift belongs to another day. */
const furthestMinutes = 24 * 60;

/**
 * How many minutes after the start of the shift the first In is: 0 within the grace, the whole distance beyond it. Null
 * where there is nothing to compare, or where the morning is off. This runs for every record: numbers alone.
 */
export function lateMinutesOf(
  { dayType, shiftStart, firstIn }: Pick<AttendanceDay, 'dayType' | 'shiftStart' | 'firstIn'>,
  { lateGraceMinutes }: DayPolicy,
): number | null {
  if (dayType !== dayTypes.workingDay && dayType !== dayTypes.secondHalfOff) return null;
  if (shiftStart === null || firstIn.kind !== 'punch') return null;
  return beyond(minuteOf(firstIn.punch.at) - minuteOf(shiftStart), lateGraceMinutes);
}

/** How many minutes before the end of the shift the last Out is, in the same way; null where the afternoon is off. */
export function earlyOutMinutesOf(
  { dayType, shiftEnd, lastOut }: Pick<AttendanceDay, 'dayType' | 'shiftEnd' | 'lastOut'>,
  { earlyOutGraceMinutes }: DayPolicy,
): number | null {
  if (dayType !== dayTypes.workingDay && dayType !== dayTypes.firstHalfOff) return null;
  if (shiftEnd === null || lastOut.kind !== 'punch') return null;
  return beyond(minuteOf(shiftEnd) - minuteOf(lastOut.punch.at), earlyOutGraceMinutes);
}

/** How long the person was to work: the shift's effective time, half of it on half a day off, nothing on a day off. */
export function expectedMinutesOf({
  dayType,
  shiftMinutes,
}: Pick<AttendanceDay, 'dayType' | 'shiftMinutes'>): number | null {
  switch (dayType) {
    case dayTypes.workingDay:
      return shiftMinutes;
    case dayTypes.firstHalfOff:
    case dayTypes.secondHalfOff:
      return shiftMinutes === null ? null : Math.round(shiftMinutes / 2);
    case dayTypes.weeklyOff:
    case dayTypes.holiday:
      return 0;
    case null:
    default:
      return null;
  }
}

/** What Keka calls overtime, or the effective time beyond the expected one once it is as much as the policy asks for. */
export function overtimeMinutesOf(
  day: Pick<AttendanceDay, 'effectiveMinutes' | 'overtimeMinutes'>,
  expected: number | null,
  { overtimeAfterMinutes }: DayPolicy,
): number | null {
  if (overtimeAfterMinutes === null) return day.overtimeMinutes;
  if (expected === null || day.effectiveMinutes === null) return null;
  const more = day.effectiveMinutes - expected;
  return more > 0 && more >= overtimeAfterMinutes ? more : 0;
}

function beyond(minutes: number, grace: number): number | null {
  if (Math.abs(minutes) > furthestMinutes) return null;
  return minutes > grace ? minutes : 0;
}

function minuteOf({ epochMilliseconds }: Temporal.Instant): number {
  return Math.floor(epochMilliseconds / millisecondsInMinute);
}
