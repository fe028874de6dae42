import { z } from 'zod';
import { list, plainDate, safeDetails } from './answer-schemas.ts';
import { dateText, organisationName, reportFormat } from './query-schemas.ts';
import { runDetails } from './runs.ts';

const problem = z.object({
  code: z.string(),
  severity: z.enum(['failure', 'action', 'notice']),
  name: z.string().nullable(),
  employeeId: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  sourceGuid: z.string().nullable(),
  date: plainDate.nullable(),
  dateTo: plainDate.nullable(),
  days: z.number().nullable(),
  whatHappened: z.string(),
  whatToDo: z.string(),
  page: z.string().describe('The page of the code in the documentation of the project'),
  details: safeDetails,
});

export const integrationReport = z.object({
  zone: z.string(),
  run: runDetails,
  problems: list(problem),
});

export const integrationReportQuery = z.strictObject({
  run: z.uuid('must be the id of a run').optional(),
  date: dateText.optional(),
  organisation: organisationName,
  format: reportFormat,
});

export type IntegrationReport = z.infer<typeof integrationReport>;
export type IntegrationProblem = z.infer<typeof problem>;
