import { z } from 'zod';
import { instant, list, plainDate } from './answer-schemas.ts';
import { dateText } from './query-schemas.ts';

export const backfillStates = ['running', 'paused', 'finished', 'failed', 'cancelled'] as const;

export const backfill = z.object({
  id: z.string(),
  connection: z.string(),
  connectionId: z.string(),
  from: plainDate,
  to: plainDate,
  state: z.enum(backfillStates),
  requestedAt: instant,
  endedAt: instant.nullable(),
  daysDone: z.number(),
  days: z.number(),
  daysMissing: z.number().describe('Of those done, how many Keka refused or could not be verified'),
  nextDate: plainDate.nullable().describe('The first date that is not dealt with yet'),
  left: z.object({ requests: z.number(), minutes: z.number() }).nullable(),
  errorCode: z.string().nullable(),
  retryAt: instant.nullable(),
  run: z.string().nullable().describe('The run of the part that waits or is being read'),
});

export const backfillList = list(backfill);

export const backfillInput = z.strictObject({ from: dateText, to: dateText });

export const backfillEstimate = z.object({
  parts: z.number(),
  requests: z.number().nullable().describe('Null while nobody knows how many people there are'),
  minutes: z.number().nullable(),
  tooOld: z
    .object({ from: plainDate, to: plainDate })
    .nullable()
    .describe('Dates that Keka is believed to serve no longer'),
});

export const backfillParams = z.object({ id: z.uuid('must be the id of a backfill') });

export type Backfill = z.infer<typeof backfill>;
