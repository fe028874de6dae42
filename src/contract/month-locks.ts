import { z } from 'zod';
import { instant, list, plainDate } from './answer-schemas.ts';
import { organisationName } from './query-schemas.ts';

const month = z.string('must be a month, YYYY-MM').describe('YYYY-MM');

export const monthLock = z.object({
  month: z.string(),
  lockedAt: instant,
  lockedBy: z.string(),
  drift: z.number().describe('Days that Keka has otherwise by now'),
});
export const monthLockList = list(monthLock);
export const monthLockInput = z.strictObject({
  month,
  acceptGaps: z
    .boolean('must be true or false')
    .optional()
    .describe('Lock it although dates were not read completely'),
});
export const monthLockParams = z.object({ month });

export const driftQuery = z.strictObject({ organisation: organisationName, month });

const dayValues = z.object({
  firstIn: z.string().nullable(),
  firstInPremise: z.string().nullable(),
  lastOut: z.string().nullable(),
  lastOutPremise: z.string().nullable(),
  dayType: z.number().nullable(),
  shiftStart: z.string().nullable(),
  shiftEnd: z.string().nullable(),
  grossMinutes: z.number().nullable(),
  effectiveMinutes: z.number().nullable(),
  breakMinutes: z.number().nullable(),
  overtimeMinutes: z.number().nullable(),
  employeeNumber: z.string().nullable(),
});

export const driftDay = z.object({
  connectionId: z.string(),
  connection: z.string(),
  date: plainDate,
  sourceGuid: z.string(),
  employeeId: z.string().nullable(),
  name: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  kind: z.enum(['changed', 'new', 'withdrawn']),
  changed: list(z.string()).describe('The names of the values that differ'),
  stored: dayValues.nullable(),
  keka: dayValues.nullable(),
  seenAt: instant,
  run: z.string(),
});
export const driftList = z.object({ days: list(driftDay), total: z.number() });

export const driftAcceptInput = z.strictObject({
  month,
  days: z
    .array(
      z.strictObject({ connectionId: z.string(), sourceGuid: z.string(), date: z.string() }),
      'must be a list of days',
    )
    .optional()
    .describe('All of the month when left out'),
});
export const driftAccepted = z.object({ accepted: z.number() });

export type MonthLock = z.infer<typeof monthLock>;
export type DriftDay = z.infer<typeof driftDay>;
