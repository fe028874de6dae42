import { z } from 'zod';
import { instant, list, plainDate } from './answer-schemas.ts';
import { organisationName, wholeNumber } from './query-schemas.ts';

export const runState = z.enum(['running', 'succeeded', 'partial', 'failed', 'interrupted']);

const runSummary = z.object({
  id: z.string(),
  connection: z.string(),
  trigger: z.enum(['manual', 'demo', 'schedule']),
  from: plainDate,
  to: plainDate,
  state: runState,
  startedAt: instant,
  endedAt: instant.nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  counts: z.object({
    inserted: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    unlinked: z.number(),
    invalid: z.number(),
  }),
  pages: z.number(),
  requests: z.number(),
  retries: z.number(),
  rateLimited: z.number(),
  waitedSeconds: z.number(),
  problems: z.number(),
});

const chunk = z.object({
  from: plainDate,
  to: plainDate,
  state: z.enum(['committed', 'unverified', 'failed']),
  attempts: z.number(),
  pages: z.number(),
  announced: z.number().nullable(),
  received: z.number(),
  errorCode: z.string().nullable(),
});

export const runList = list(runSummary);
export const runDetails = runSummary.extend({ chunks: list(chunk) });

export const runListQuery = z.strictObject({
  organisation: organisationName,
  limit: wholeNumber(1, 1000).default(20),
});
export const runParams = z.object({ id: z.uuid('must be the id of a run') });
export const runQuery = z.strictObject({ organisation: organisationName });

export type RunSummary = z.infer<typeof runSummary>;
export type RunDetails = z.infer<typeof runDetails>;
export type RunState = RunSummary['state'];
export type ChunkSummary = z.infer<typeof chunk>;
