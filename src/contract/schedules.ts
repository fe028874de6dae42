import { z } from 'zod';
import { instant, list, plainDate } from './answer-schemas.ts';
import { organisationName } from './query-schemas.ts';
import { runStates } from './runs.ts';

const facts = {
  connection: z.string(),
  connectionId: z.string(),
  autoRun: z.boolean(),
  at: z.string().describe('A time of day, HH:MM'),
  zone: z.string().describe('The zone of that time'),
  recheckAges: list(z.number()).describe('Ages in days at which a stored day is read again'),
  nextDueAt: instant.nullable(),
};

/** Separate facts, because one "last sync" would hide a failure. */
const status = z.object({
  ...facts,
  lastSuccess: z
    .object({ at: instant, run: z.string() })
    .nullable()
    .describe('The last run after which nothing was missing that could be read'),
  lastAttempt: z
    .object({
      at: instant,
      run: z.string(),
      state: z.enum(runStates).nullable(),
      errorCode: z.string().nullable(),
    })
    .nullable()
    .describe('The last run that began, however it went'),
  plannedRetry: z
    .object({ at: instant, reason: z.string(), attempts: z.number() })
    .nullable()
    .describe('A try that is planned besides the due times, and why'),
  readUpTo: plainDate.nullable().describe('The newest date that was read completely after it was over'),
  dataAsOf: instant.nullable().describe('When it was read'),
  activeRun: z.string().nullable(),
  isStale: z.boolean().describe('No success for more than 26 hours, with Auto-Run on'),
  blockedBy: z.string().nullable().describe('Why no process takes what is due'),
});

export const scheduleList = list(status);
export const scheduleStatus = status;

export const organisationQuery = z.strictObject({ organisation: organisationName });
export const connectionParams = z.object({ id: z.uuid('must be the id of a connection') });

/** What is not given stays. The values are checked where they are used. */
export const scheduleChange = z
  .strictObject({
    autoRun: z.boolean('must be true or false'),
    at: z.string('must be a time of day, HH:MM'),
    zone: z.string('must be UTC or an IANA time zone'),
    recheckAges: z.array(z.number('must be whole numbers'), 'must be a list of ages in days'),
  })
  .partial();

export const schedulePlanInput = z
  .strictObject({
    recheckAges: scheduleChange.shape.recheckAges,
    people: z.int('must be a whole number').min(0, 'must be at least 0'),
  })
  .partial();

/** Of a connection that is not there yet. */
export const newSchedulePlanInput = z.strictObject({
  recheckAges: z.array(z.number('must be whole numbers'), 'must be a list of ages in days'),
  people: z.int('must be a whole number').min(0, 'must be at least 0'),
  requestsPerMinute: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1000, 'must be at most 1000'),
});

export const schedulePlan = z.object({
  recheckAges: list(z.number()),
  people: z.number().describe('Records of a day that the figures stand on'),
  windows: list(z.object({ from: plainDate, to: plainDate, requests: z.number(), records: z.number() })),
  requests: z.number().describe('Of every morning, the list of people included'),
  minutes: z.number(),
});

export type ScheduleStatus = z.infer<typeof status>;
