import { InvalidInputError } from '../errors/hajiri-error.ts';

export type ScheduleOptions = {
  readonly autoRun?: string | undefined;
  readonly at?: string | undefined;
  readonly zone?: string | undefined;
  readonly recheckAges?: string | undefined;
};

/** `1,2,3` as numbers; what is none becomes NaN and is refused with the rest. */
export function readAges(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  return text.trim() === '' ? [] : text.split(',').map((age) => Number(age.trim() || Number.NaN));
}

/** What was given of a schedule, as `changeSchedule` takes it. Throws InvalidInputError. */
export function readScheduleOptions(options: ScheduleOptions): Record<string, unknown> {
  const { autoRun, at, zone } = options;
  if (autoRun !== undefined && autoRun !== 'on' && autoRun !== 'off') {
    throw new InvalidInputError([{ field: '--auto-run', reason: 'must be on or off' }]);
  }
  const given = {
    autoRun: autoRun === undefined ? undefined : autoRun === 'on',
    at,
    zone,
    recheckAges: readAges(options.recheckAges),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
