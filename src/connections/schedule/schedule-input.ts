import { z } from 'zod';
import { isZoneName } from '../../attendance/local-time.ts';
import { parseInput } from '../../errors/parse-input.ts';

/** Keka serves about three months; an older day cannot be read again. */
const oldestAge = 85;
const mostAges = 40;

const scheduleInput = z
  .strictObject({
    autoRun: z.boolean('must be true or false'),
    at: z
      .string()
      .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59, written HH:MM'),
    zone: z
      .string()
      .refine(isZoneName, 'must be UTC or an IANA time zone such as Asia/Kolkata or America/New_York'),
    recheckAges: z
      .array(
        z
          .number('must be whole numbers')
          .int('must be whole numbers')
          .min(1, `must be ages from 1 to ${oldestAge} days`)
          .max(oldestAge, `must be ages from 1 to ${oldestAge} days`),
      )
      .max(mostAges, `must be at most ${mostAges} ages`)
      .transform((ages) => [...new Set(ages)].toSorted((a, b) => a - b)),
  })
  .partial();

export type ScheduleInput = z.output<typeof scheduleInput>;

/** Throws InvalidInputError naming every faulty field. */
export function parseScheduleInput(input: unknown): ScheduleInput {
  return parseInput(scheduleInput, input);
}
