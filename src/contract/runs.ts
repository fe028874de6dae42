import { z } from 'zod';
import { instant, list, plainDate } from './answer-schemas.ts';
import { dateText, organisationName, wholeNumber } from './query-schemas.ts';

export const runTriggers = ['manual', 'demo', 'schedule', 'catch_up', 'retry', 'backfill'] as const;
export const runStates = ['queued', 'running', 'succeeded', 'partial', 'failed', 'interrupted'] as const;

export const runState = z.enum(runStates);

const progress = z.object({
  step: z.string(),
  chunksDone: z.number(),
  chunks: z.number(),
  pagesDone: z.number(),
  pages: z.number(),
  records: z.number(),
  waitingMilliseconds: z.number(),
});

export const runSummary = z.object({
  id: z.string(),
  connection: z.string(),
  connectionId: z.string(),
  trigger: z.enum(runTriggers),
  from: plainDate.describe('The first date that it reads'),
  to: plainDate.describe('The last one'),
  windows: list(z.object({ from: plainDate, to: plainDate })).describe('All dates that it reads'),
  state: runState,
  isComplete: z
    .boolean()
    .nullable()
    .describe('Every date was read that Keka still serves; null until the end'),
  requestedAt: instant,
  dueAt: instant.nullable().describe('The due time that it is for'),
  attempt: z.number(),
  follows: z.string().nullable().describe('The run whose work it takes up'),
  backfill: z.string().nullable(),
  progress: progress.nullable().describe('While it is running; at most two seconds old'),
  startedAt: instant.describe('While it is queued: since when'),
  endedAt: instant.nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  counts: z.object({
    inserted: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    unlinked: z.number(),
    invalid: z.number(),
    held: z.number().describe('Different from what is stored, in a month that is locked'),
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

/** What a run that is followed sends: how it stands, whenever that has changed, until it has ended. */
export const runEvents = {
  run: z.object({
    run: runDetails,
    requestsLeft: z.number().describe("How many more requests fit into this minute's share"),
    requestsPerMinute: z.number(),
  }),
};

export const runListQuery = z.strictObject({
  organisation: organisationName,
  connection: z.uuid('must be the id of a connection').optional(),
  limit: wholeNumber(1, 1000).default(20),
});
export const runParams = z.object({ id: z.uuid('must be the id of a run') });
export const runQuery = z.strictObject({ organisation: organisationName });

/** Yesterday, where the company is, when no date is given. */
const runInput = z
  .strictObject({
    from: dateText,
    to: dateText,
    acceptUnusualCount: z.boolean('must be true or false'),
  })
  .partial();

/** The dates may be left out, and so may all of it. */
export const runBody = runInput.nullish();

export type RunSummary = z.infer<typeof runSummary>;
export type RunDetails = z.infer<typeof runDetails>;
export type RunEventData = z.infer<typeof runEvents.run>;
export type RunState = RunSummary['state'];
export type ChunkSummary = z.infer<typeof chunk>;
