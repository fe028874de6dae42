import { z } from 'zod';
import { instant } from './answer-schemas.ts';
import { dateText, organisationName } from './query-schemas.ts';

export const notedStatuses = ['present', 'half_day', 'absent', 'on_leave', 'weekly_off', 'holiday'] as const;

const whose = {
  date: dateText,
  employee: z.string('must be text').optional().describe('Employee ID, or id of the employee'),
  connectionId: z
    .string('must be text')
    .optional()
    .describe('With sourceGuid: somebody in Keka without a link'),
  sourceGuid: z.string('must be text').optional(),
};

export const dayNoteInput = z.strictObject({
  ...whose,
  status: z
    .enum(notedStatuses, `must be one of ${notedStatuses.join(', ')}`)
    .nullable()
    .optional()
    .describe('What the day counts as; null for a note alone'),
  note: z.string('must say why').describe('Why'),
});
export const dayNoteQuery = z.strictObject({ organisation: organisationName, ...whose });

export const dayNote = z.object({
  status: z.enum(notedStatuses).nullable(),
  note: z.string(),
  madeBy: z.string(),
  madeAt: instant,
});

export type DayNote = z.infer<typeof dayNote>;
