import { z } from 'zod';

/** `generate.json`: a company that is made up from a seed, relative to the sandbox's today. */
export const generateSchema = z.strictObject({
  seed: z.int().min(0),
  people: z.int().min(1).max(1_000_000),
  /** Days of history, up to and including yesterday. */
  days: z.int().min(1).max(400),
  /** Further days, each of which becomes visible when it is over: a demo that is left running stays alive. */
  daysAhead: z.int().min(0).max(400).default(0),
  /** How many of them have a record yesterday, where it shall be fewer than all: a day that looks suspicious. */
  peopleYesterday: z.int().min(0).optional(),
  /** `plain`: everybody works every day. `lifelike`: offices, shifts, leavers, missing punches, odd records. */
  manner: z.enum(['plain', 'lifelike']).default('lifelike'),
  /** Nobody knows whether Keka writes shift times as UTC instants or as local time with a Z. */
  shiftTimes: z.enum(['utc', 'local']).default('utc'),
  /** Whether somebody who did not come has a record without punches, none, or now this and now that. */
  absentPeople: z.enum(['row', 'no-row', 'mixed']).default('row'),
  leaveDayStatus: z.enum(['absent', 'present']).default('absent'),
  overtimeFields: z.enum(['absent', 'present']).default('present'),
});
export type GenerateInput = z.input<typeof generateSchema>;
export type GenerateSettings = z.output<typeof generateSchema>;
