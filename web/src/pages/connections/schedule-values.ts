import type { z } from 'zod';
import type { ScheduleStatus, scheduleChange } from '../../../../src/contract/schedules.ts';

/** When a connection is fetched by itself, as it stands in the form. */
export type ScheduleValues = {
  readonly autoRun: boolean;
  readonly at: string;
  readonly zone: string;
  readonly plan: RecheckPlan;
  /** Ages in days as they were typed; of interest with a plan of one's own. */
  readonly ages: string;
};

export const recheckPlans = ['standard', 'light', 'none', 'own'] as const;
export type RecheckPlan = (typeof recheckPlans)[number];

export const agesOfPlan: Readonly<Record<Exclude<RecheckPlan, 'own'>, readonly number[]>> = {
  standard: [1, 2, 3, 5, 7, 10, 14, 21, 28, 35],
  light: [1, 3, 7, 14],
  none: [],
};

type Stored = Pick<ScheduleStatus, 'autoRun' | 'at' | 'zone' | 'recheckAges'>;

/** What every connection has from its beginning. */
export const firstSchedule: Stored = {
  autoRun: true,
  at: '05:30',
  zone: 'UTC',
  recheckAges: agesOfPlan.standard,
};

export function scheduleValuesOf({ autoRun, at, zone, recheckAges }: Stored): ScheduleValues {
  const ages = recheckAges.join(', ');
  const plan = (['standard', 'light', 'none'] as const).find((one) => agesOfPlan[one].join(', ') === ages);
  return { autoRun, at, zone, plan: plan ?? 'own', ages };
}

const oldestAge = 85;
const mostAges = 40;

/** The ages in days that are meant; null for what are none. */
export function readAges({ plan, ages }: Pick<ScheduleValues, 'plan' | 'ages'>): readonly number[] | null {
  if (plan !== 'own') return agesOfPlan[plan];
  const words = ages.split(/[\s,;]+/).filter((word) => word !== '');
  const numbers = words.map((word) => (/^\d{1,3}$/.test(word) ? Number(word) : 0));
  const isValid = numbers.length <= mostAges && numbers.every((age) => age >= 1 && age <= oldestAge);
  return isValid ? [...new Set(numbers)].toSorted((a, b) => a - b) : null;
}

export function toScheduleChange(values: ScheduleValues): z.input<typeof scheduleChange> {
  const { autoRun, at, zone } = values;
  return { autoRun, at, zone, recheckAges: [...(readAges(values) ?? [])] };
}

/** The same moment of a day in another zone, today: `11:00`; null for a time that is none. */
export function timeElsewhere(
  { at, zone }: Pick<ScheduleValues, 'at' | 'zone'>,
  elsewhere: string,
  now: Temporal.Instant,
): string | null {
  try {
    return now
      .toZonedDateTimeISO(zone)
      .withPlainTime(Temporal.PlainTime.from(at))
      .withTimeZone(elsewhere)
      .toPlainTime()
      .toString({ smallestUnit: 'minute' });
  } catch {
    return null;
  }
}
