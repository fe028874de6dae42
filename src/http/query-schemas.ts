import { z } from 'zod';

/** A calendar date in a query string: `YYYY-MM-DD`, and a day that exists. */
export const dateText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date that exists, written YYYY-MM-DD')
  .refine((text) => {
    try {
      return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
    } catch {
      return false;
    }
  }, 'must be a date that exists, written YYYY-MM-DD');

export const organisationName = z.string().min(1).optional().describe('Needed when there are several.');
export const formatName = z.enum(['json', 'csv'], 'must be json or csv').default('json');

export function toDate(text: string | undefined): Temporal.PlainDate | undefined {
  return text === undefined ? undefined : Temporal.PlainDate.from(text);
}
