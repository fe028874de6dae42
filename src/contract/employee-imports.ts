import { z } from 'zod';
import { instant, list, plainDate } from './answer-schemas.ts';
import { dateText, organisationName, wholeNumber } from './query-schemas.ts';

/** The types under which a file may be sent; which of the two formats it is, its bytes tell. */
export const importFileTypes = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

export const importUploadQuery = z.strictObject({
  organisation: organisationName,
  name: z.string('must be given').min(1, 'must not be empty').max(200, 'is too long').describe('Of the file'),
  teamFrom: dateText.optional().describe('The first day on which a changed team counts; today without it'),
});

const importSummary = z.object({
  id: z.string(),
  state: z.enum(['previewed', 'applied', 'undone']),
  fileName: z.string(),
  fileHash: z.string().describe('SHA-256 in hexadecimal'),
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string().nullable(),
  separator: z.enum(['comma', 'semicolon', 'tab']).nullable(),
  columns: list(z.string()),
  teamFrom: plainDate,
  counts: z.object({
    rows: z.number(),
    added: z.number(),
    changed: z.number(),
    unchanged: z.number(),
    refused: z.number(),
  }),
  linked: z.number().nullable().describe('People in Keka who found their employee by it'),
  madeAt: instant,
  madeBy: z.string(),
  appliedAt: instant.nullable(),
  appliedBy: z.string().nullable(),
  undoneAt: instant.nullable(),
  undoneBy: z.string().nullable(),
});

export const importList = list(importSummary);
export const importDetails = importSummary.extend({
  notUndoable: z.string().nullable().describe('Why it cannot be undone; null when it can'),
});
export const importListQuery = z.strictObject({
  organisation: organisationName,
  limit: wholeNumber(1, 1000).default(50),
});
export const importParams = z.object({ id: z.uuid('must be the id of an import') });
export const importQuery = z.strictObject({ organisation: organisationName });

const importOutcome = z.enum(['new', 'changed', 'unchanged', 'refused']);
export const importRowsQuery = z.strictObject({
  organisation: organisationName,
  outcome: importOutcome.optional(),
  offset: wholeNumber(0, 10_000_000).default(0),
  limit: wholeNumber(1, 500).default(100),
});
const importRow = z.object({
  line: z.number(),
  outcome: importOutcome,
  employee: z.string().nullable().describe('Our own id'),
  employeeId: z.string().nullable(),
  name: z.string().nullable(),
  changes: list(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  faults: list(z.object({ field: z.string(), reason: z.string() })),
});
export const importRows = z.object({ total: z.number(), rows: list(importRow) });

export const importApplied = z.object({
  importId: z.string(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  linked: z.number(),
  withoutEmployeeId: z.number(),
});
export const importUndone = z.object({ removed: z.number(), restored: z.number() });

export type ImportSummary = z.infer<typeof importSummary>;
export type ImportDetails = z.infer<typeof importDetails>;
export type ImportRow = z.infer<typeof importRow>;
