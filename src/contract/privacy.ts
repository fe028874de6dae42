import { z } from 'zod';
import { list } from './answer-schemas.ts';
import { organisationName } from './query-schemas.ts';

const rows = list(z.record(z.string(), z.unknown()).readonly());

const person = z
  .string('must be given once')
  .min(1, 'must not be empty')
  .max(300, 'must have at most 300 characters')
  .describe('Employee ID, e-mail address, or id in Keka');

export const personExportQuery = z.strictObject({ organisation: organisationName, person });
/** Everything that is stored about one person, table by table. */
export const personExport = z.object({
  exportedAt: z.string(),
  organisation: z.string(),
  directory: rows,
  keka: rows,
  links: rows,
  linkDecisions: rows,
  imports: rows,
  teams: rows,
  days: rows,
  revisions: rows,
  drift: rows,
  notes: rows,
  requests: rows,
  problems: rows,
  memberships: rows,
  invitations: rows,
  account: rows,
  sessions: rows,
  auditTrail: rows,
});

export const erasureQuery = z.strictObject({ organisation: organisationName });
export const erasureInput = z
  .strictObject({ person, confirm: z.string('must be given').describe('The same once more') })
  .refine(({ person, confirm }) => person === confirm, {
    path: ['confirm'],
    message: 'must be the same as person: an erasure cannot be undone',
  });
export const erasure = z.object({
  days: z.number().describe('Kept without a person, so that totals stay as they were'),
  revisions: z.number(),
  accounts: z.number(),
});

export const retentionQuery = z.strictObject({ organisation: organisationName });
export const retention = z.object({
  rawRecordDays: z.number().describe('The records as Keka sent them'),
  revisionDays: z.number().describe('The earlier values of days that were corrected'),
  runDays: z.number(),
  auditDays: z.number(),
});
// What is not valid is told by the use case.
export const retentionInput = z.strictObject({
  rawRecordDays: z.number('must be a whole number').optional(),
  revisionDays: z.number('must be a whole number').optional(),
  runDays: z.number('must be a whole number').optional(),
  auditDays: z.number('must be a whole number').optional(),
});

export type Retention = z.infer<typeof retention>;
