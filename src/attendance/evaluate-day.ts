import type { AttendanceDay, PunchReading } from './attendance-day.ts';
import {
  dayTypes,
  earlyOutMinutesOf,
  expectedMinutesOf,
  lateMinutesOf,
  overtimeMinutesOf,
} from './day-amounts.ts';
import type { DayPolicy } from './day-policy.ts';
import { type Absence, type DayRequest, leaveOf } from './day-request.ts';

/**
 * Raised whenever the rules below give another answer for the same day, so that stored evaluations can be told
 * apart and made anew.
 */
export const rulesVersion = 2;

export const dayStatuses = [
  'present',
  'half_day',
  'absent',
  'on_leave',
  'weekly_off',
  'half_weekly_off',
  'holiday',
  'unknown_day_type',
  'in_progress',
  'pending',
] as const;
export type DayStatus = (typeof dayStatuses)[number];

export const dayFlags = [
  'missing_in',
  'missing_out',
  'single_punch',
  'implausible_punch',
  'bad_timestamp',
  'worked_on_weekly_off',
  'worked_on_holiday',
  'half_weekly_off',
  'unknown_day_type',
  'hours_not_computed',
  'late',
  'early_out',
  'overtime',
  'short_span',
  'below_half_day',
  'on_leave',
  'half_day_leave',
  'work_from_home',
  'on_duty',
] as const;
export type DayFlag = (typeof dayFlags)[number];

/** What the rules make of a day. Minutes are whole; null where there is nothing to compare, or not yet. */
export type Evaluation = {
  readonly status: DayStatus;
  readonly flags: readonly DayFlag[];
  /** The same record will be judged otherwise once the day is over. */
  readonly isOpen: boolean;
  /** After the start of the shift; 0 when on time. */
  readonly lateMinutes: number | null;
  /** Before the end of the shift; 0 when not early. A conclusion: null until the day is over. */
  readonly earlyOutMinutes: number | null;
  readonly overtimeMinutes: number | null;
  readonly expectedMinutes: number | null;
  /** The number of the policy that was applied. */
  readonly policy: number | null;
};

/** What the organisation decides. `zone` is an IANA name. */
export type AttendancePolicy = {
  readonly zone: string;
  /** How long after the end of a shift a punch may still arrive: minutes. */
  readonly graceAfterShiftMinutes: number;
  /** What is asked of this day. Called for every record. */
  readonly policyOf: (day: DayToEvaluate) => DayPolicy;
  /** What was approved for this day; nothing when left out. */
  readonly requestsOf?: (day: DayToEvaluate) => readonly DayRequest[];
};

/** A span longer than this between first in and last out is more likely a wrong punch than a day's work. */
const longestPlausibleSpan = 24n * 3_600_000_000_000n;
const nanosecondsInMinute = 60_000_000_000n;
const nothingAsked: readonly DayRequest[] = [];
const noLeave: Absence = { firstHalf: false, secondHalf: false };

export type DayToEvaluate = Pick<
  AttendanceDay,
  | 'sourceGuid'
  | 'date'
  | 'dayType'
  | 'shiftStart'
  | 'shiftEnd'
  | 'shiftMinutes'
  | 'firstIn'
  | 'lastOut'
  | 'grossMinutes'
  | 'effectiveMinutes'
  | 'overtimeMinutes'
>;

/**
 * The status, flags and amounts of one day as it was read at `readAt`. What was read before the day was over (the local
 * day, or the shift with its grace, whichever ends later) is never final: absent, missing out, left early, worked too
 * little are conclusions.
 */
export function evaluateDay(
  day: DayToEvaluate,
  policy: AttendancePolicy,
  readAt: Temporal.Instant,
): Evaluation {
  return createDayEvaluator(policy, readAt)(day);
}

/** The same for many days of one read: where a local day ends is worked out once for each date. */
export function createDayEvaluator(
  policy: AttendancePolicy,
  readAt: Temporal.Instant,
): (day: DayToEvaluate) => Evaluation {
  // Instants as whole numbers: this runs for every record of every page.
  const readAtNanoseconds = readAt.epochNanoseconds;
  const grace = BigInt(policy.graceAfterShiftMinutes) * nanosecondsInMinute;
  const dayEnds = new Map<string, bigint>();
  let latest: { readonly date: Temporal.PlainDate; readonly end: bigint } | null = null;
  const endOfDay = (date: Temporal.PlainDate): bigint => {
    // Most often it is the very date of the record before.
    if (latest?.date === date) return latest.end;
    const key = date.toString();
    const known = dayEnds.get(key);
    if (known !== undefined) return known;
    const end = date.add({ days: 1 }).toZonedDateTime(policy.zone).epochNanoseconds;
    dayEnds.set(key, end);
    latest = { date, end };
    return end;
  };
  return (day) => {
    const dayEnd = endOfDay(day.date);
    // Without a shift the day itself is what may still get a punch.
    const shiftEnd = (day.shiftEnd?.epochNanoseconds ?? dayEnd) + grace;
    const isFinal = readAtNanoseconds > (dayEnd > shiftEnd ? dayEnd : shiftEnd);
    return judgeDay(day, policy.policyOf(day), isFinal, policy.requestsOf?.(day));
  };
}

/** The same where it is known whether the day was over when it was read: how stored days are judged again. */
export function judgeDay(
  day: DayToEvaluate,
  policy: DayPolicy,
  isFinal: boolean,
  requests: readonly DayRequest[] = nothingAsked,
): Evaluation {
  const hasIn = day.firstIn.kind !== 'none';
  const hasOut = day.lastOut.kind !== 'none';
  const worked = hasIn || hasOut;
  const span = spanOf(day);
  const isPlausible = span === null || (span > 0n && span <= longestPlausibleSpan);

  const flags: DayFlag[] = [];
  if (isFinal && hasIn && !hasOut) flags.push('missing_out');
  if (hasOut && !hasIn) flags.push('missing_in');
  if (isUnreadable(day.firstIn) || isUnreadable(day.lastOut)) flags.push('bad_timestamp');
  flagPair(flags, day, span);
  flagDayType(flags, day.dayType, worked);

  // A single punch is an In; which of two in the wrong order is right, nobody knows.
  const isSingle = span === 0n;
  const leave = requests.length === 0 ? noLeave : leaveOf(requests);
  const isOnLeave = leave.firstHalf && leave.secondHalf;
  const lateMinutes = (isPlausible || isSingle) && !leave.firstHalf ? lateMinutesOf(day, policy) : null;
  const earlyOutMinutes = isPlausible && !leave.secondHalf ? earlyOutMinutesOf(day, policy) : null;
  const expectedMinutes = expectedOnLeave(expectedMinutesOf(day), leave);
  const overtimeMinutes = isPlausible ? overtimeMinutesOf(day, expectedMinutes, policy) : null;
  const isShort = span !== null && span > 0n && span <= BigInt(policy.shortSpanMinutes) * nanosecondsInMinute;
  const hours =
    isPlausible && span !== null && !isShort && !isOnLeave ? judgeHours(day, leave, policy) : 'enough';
  const isEarly = earlyOutMinutes !== null && earlyOutMinutes > 0;

  if (lateMinutes !== null && lateMinutes > 0) flags.push('late');
  if (isFinal && isEarly) flags.push('early_out');
  if (overtimeMinutes !== null && overtimeMinutes > 0) flags.push('overtime');
  if (isFinal && isShort) flags.push('short_span');
  if (isFinal && hours === 'less than half') flags.push('below_half_day');
  if (requests.length > 0) flagRequests(flags, requests, leave);
  const isExplained = requests.some(({ kind }) => kind !== 'leave');
  const status = statusOf(day.dayType, { worked, isFinal, hasOut, hours, isOnLeave, isExplained });
  const isWaiting = status === 'pending' || status === 'in_progress';
  return {
    status,
    flags,
    isOpen: !isFinal && (isWaiting || isEarly || isShort || hours !== 'enough'),
    lateMinutes,
    earlyOutMinutes: isEarly && !isFinal ? null : earlyOutMinutes,
    overtimeMinutes,
    expectedMinutes,
    policy: policy.id,
  };
}

type Hours = 'enough' | 'less than a day' | 'less than half';

/** Effective time of nothing between two punches is a total that Keka has not computed yet. */
function judgeHours(
  { dayType, effectiveMinutes }: DayToEvaluate,
  leave: Absence,
  { fullDayMinutes, halfDayMinutes }: DayPolicy,
): Hours {
  if (effectiveMinutes === null || effectiveMinutes <= 0) return 'enough';
  const isHalfOff = dayType === dayTypes.firstHalfOff || dayType === dayTypes.secondHalfOff;
  if (dayType !== dayTypes.workingDay && !isHalfOff) return 'enough';
  const isHalf = isHalfOff || leave.firstHalf || leave.secondHalf;
  if (halfDayMinutes !== null && effectiveMinutes < halfDayMinutes) return 'less than half';
  if (!isHalf && fullDayMinutes !== null && effectiveMinutes < fullDayMinutes) return 'less than a day';
  return 'enough';
}

/** Nanoseconds from the first In to the last Out, where both can be read. */
function spanOf({ firstIn, lastOut }: DayToEvaluate): bigint | null {
  if (firstIn.kind !== 'punch' || lastOut.kind !== 'punch') return null;
  return lastOut.punch.at.epochNanoseconds - firstIn.punch.at.epochNanoseconds;
}

function isUnreadable(reading: PunchReading): boolean {
  return reading.kind === 'unreadable' || (reading.kind === 'punch' && reading.newest === 'unreadable');
}

type Facts = {
  readonly worked: boolean;
  readonly isFinal: boolean;
  readonly hasOut: boolean;
  readonly hours: Hours;
  readonly isOnLeave: boolean;
  readonly isExplained: boolean;
};

function statusOf(dayType: number | null, facts: Facts): DayStatus {
  const { worked, isFinal, hasOut, hours, isOnLeave, isExplained } = facts;
  // Whatever the day type: only an open day is evaluated anew although its record stays the same.
  if (worked && !isFinal && !hasOut) return 'in_progress';
  if (dayType === dayTypes.weeklyOff) return 'weekly_off';
  if (dayType === dayTypes.holiday) return 'holiday';
  // Nobody with a punch is called absent: less than half a day is half a day with a flag.
  if (worked)
    return isFinal && hours !== 'enough' && dayType === dayTypes.workingDay ? 'half_day' : 'present';
  if (dayType === dayTypes.firstHalfOff || dayType === dayTypes.secondHalfOff) return 'half_weekly_off';
  if (dayType !== dayTypes.workingDay) return 'unknown_day_type';
  if (isOnLeave) return 'on_leave';
  if (!isFinal) return 'pending';
  // At work elsewhere, where there is nothing to punch at.
  return isExplained ? 'present' : 'absent';
}

/** Half of it on half a day of leave, nothing on a whole one. */
function expectedOnLeave(minutes: number | null, { firstHalf, secondHalf }: Absence): number | null {
  if (minutes === null || (!firstHalf && !secondHalf)) return minutes;
  return firstHalf && secondHalf ? 0 : Math.round(minutes / 2);
}

/** What was asked for explains the day; its punches stay what they are. */
function flagRequests(flags: DayFlag[], requests: readonly DayRequest[], leave: Absence): void {
  if (leave.firstHalf && leave.secondHalf) flags.push('on_leave');
  else if (leave.firstHalf || leave.secondHalf) flags.push('half_day_leave');
  if (requests.some(({ kind }) => kind === 'work_from_home')) flags.push('work_from_home');
  if (requests.some(({ kind }) => kind === 'on_duty')) flags.push('on_duty');
}

function flagDayType(flags: DayFlag[], dayType: number | null, worked: boolean): void {
  if (!worked) return;
  switch (dayType) {
    case dayTypes.workingDay:
      break;
    case dayTypes.weeklyOff:
      flags.push('worked_on_weekly_off');
      break;
    case dayTypes.holiday:
      flags.push('worked_on_holiday');
      break;
    case dayTypes.firstHalfOff:
    case dayTypes.secondHalfOff:
      flags.push('half_weekly_off');
      break;
    case null:
    default:
      flags.push('unknown_day_type');
  }
}

function flagPair(
  flags: DayFlag[],
  { grossMinutes, effectiveMinutes }: DayToEvaluate,
  span: bigint | null,
): void {
  if (span === null) return;
  if (span === 0n) flags.push('single_punch');
  if (span < 0n || span > longestPlausibleSpan) flags.push('implausible_punch');
  else if (span > 0n && grossMinutes !== null && effectiveMinutes === null) flags.push('hours_not_computed');
}
