import { z } from 'zod';
import { instant, list, plainDate } from './answer-schemas.ts';
import { dateText, organisationName } from './query-schemas.ts';
import { runState } from './runs.ts';

const runBrief = z.object({
  run: z.string(),
  state: runState,
  startedAt: instant,
  endedAt: instant.nullable(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});

const connectionBrief = z.object({
  id: z.string(),
  name: z.string(),
  subdomain: z.string(),
  autoRun: z.boolean(),
  nextDueAt: instant.nullable(),
  plannedRetryAt: instant.nullable().describe('A try besides the due times'),
  keyExpiresOn: plainDate.nullable(),
  lastSuccess: runBrief.nullable(),
  lastAttempt: runBrief.nullable(),
  running: z.string().nullable().describe('The id of the run that is going on, or waits for its turn'),
});

const attention = z.object({
  code: z.string(),
  severity: z.enum(['failure', 'action']),
  title: z.string(),
  whatToDo: z.string(),
  count: z.number(),
  run: z.string(),
});

const dateCoverage = z.object({
  date: plainDate,
  state: z.enum(['complete', 'early', 'failed', 'not_read', 'to_come']),
  people: z.number().nullable(),
  changed: z.number(),
  readAt: instant.nullable(),
  isReadAgain: z.boolean(),
  run: z.string().nullable(),
});

export const overviewQuery = z.strictObject({ organisation: organisationName });

export const overview = z.object({
  organisation: z.string(),
  zone: z.string(),
  today: plainDate,
  lastDay: plainDate.describe('The last day that is over where the organisation is'),
  lastDayCoverage: dateCoverage.nullable(),
  employees: z.number(),
  connections: list(connectionBrief),
  attention: list(attention),
  trend: list(z.object({ date: plainDate, statuses: z.record(z.string(), z.number()).readonly() })),
});

export const coverageQuery = z.strictObject({ from: dateText, to: dateText, organisation: organisationName });

export const coverage = list(dateCoverage);

export type Overview = z.infer<typeof overview>;
export type ConnectionBrief = z.infer<typeof connectionBrief>;
export type RunBrief = z.infer<typeof runBrief>;
export type Attention = z.infer<typeof attention>;
export type DateCoverage = z.infer<typeof dateCoverage>;
export type CoverageState = DateCoverage['state'];
