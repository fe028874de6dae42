import { z } from 'zod';
import { instant, list } from './answer-schemas.ts';
import { dateText, formatName, organisationName, wholeNumber } from './query-schemas.ts';

const auditEntry = z.object({
  at: instant,
  actor: z.object({ kind: z.string(), name: z.string() }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
});

export const auditTrail = list(auditEntry);

export const auditTrailQuery = z
  .strictObject({
    organisation: organisationName,
    search: z.string('must be given once').min(1, 'must not be empty').max(200, 'is too long').optional(),
    limit: wholeNumber(1, 10_000).default(100),
    format: formatName,
    from: dateText.optional(),
    to: dateText.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before from',
  });

export type AuditTrailEntry = z.infer<typeof auditEntry>;
