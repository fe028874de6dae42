import { z } from 'zod';
import { policyScopes } from '../attendance/choose-policy.ts';
import { instant, list, plainDate } from './answer-schemas.ts';
import { dateText } from './query-schemas.ts';

const minutes = z.number('must be a whole number of minutes');

/** Whole minutes. What is not valid is told by the use case. */
const rules = {
  lateGraceMinutes: minutes.optional().describe('In so late is still on time'),
  earlyOutGraceMinutes: minutes.optional().describe('Out so early is still not early'),
  fullDayMinutes: minutes
    .nullable()
    .optional()
    .describe('Effective time that makes a full day; null asks for none'),
  halfDayMinutes: minutes
    .nullable()
    .optional()
    .describe('Effective time that makes half a day; null asks for none'),
  shortSpanMinutes: minutes.optional().describe('In and out no further apart are told; 0 tells none'),
  overtimeAfterMinutes: minutes
    .nullable()
    .optional()
    .describe(
      'So much effective time beyond the expected one is overtime; null for what Keka calls overtime',
    ),
};
const dates = { from: dateText.optional(), to: dateText.nullable().optional() };
const scope = z.enum(policyScopes, 'must be organisation, location, team or shift').optional();
const subject = z
  .string('must be text')
  .nullable()
  .optional()
  .describe('A place, the name or id of a team, or a shift as HH:MM-HH:MM');

export const attendancePolicyInput = z.strictObject({ scope, subject, ...dates, ...rules });
export const attendancePolicyChange = z.strictObject({ ...dates, ...rules });

export const attendancePolicyParams = z.object({
  number: z.coerce.number('must be the number of a policy').int('must be the number of a policy').positive(),
});

export const attendancePolicy = z.object({
  number: z.number(),
  scope: z.enum(policyScopes),
  subject: z.string().nullable(),
  name: z.string().nullable().describe('The subject as people call it'),
  from: plainDate,
  to: plainDate.nullable(),
  lateGraceMinutes: z.number(),
  earlyOutGraceMinutes: z.number(),
  fullDayMinutes: z.number().nullable(),
  halfDayMinutes: z.number().nullable(),
  shortSpanMinutes: z.number(),
  overtimeAfterMinutes: z.number().nullable(),
  madeAt: instant,
  madeBy: z.string(),
});
export const attendancePolicyList = list(attendancePolicy);

export const policyPreviewInput = z.strictObject({
  policy: attendancePolicyInput,
  replaces: z
    .number()
    .nullable()
    .optional()
    .describe('The number of the policy that it would take the place of'),
  from: dateText.optional(),
  to: dateText.optional(),
});

const counts = z.object({
  statuses: z.record(z.string(), z.number()).readonly(),
  flags: z.record(z.string(), z.number()).readonly(),
});
export const policyPreview = z.object({
  from: plainDate,
  to: plainDate,
  days: z.number().describe('Stored days of people'),
  changed: z.number().describe('Days that would have another status or other flags'),
  before: counts,
  after: counts,
});

export const reevaluation = z.object({
  id: z.string(),
  reason: z.enum(['policy', 'rules', 'directory', 'requests']),
  from: plainDate,
  to: plainDate,
  state: z.enum(['waiting', 'finished']),
  judged: z.number(),
  changed: z.number(),
  requestedAt: instant,
  endedAt: instant.nullable(),
});
export const reevaluationList = list(reevaluation);

export type AttendancePolicy = z.infer<typeof attendancePolicy>;
export type PolicyPreview = z.infer<typeof policyPreview>;
export type Reevaluation = z.infer<typeof reevaluation>;
