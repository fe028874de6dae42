import { z } from 'zod';
import { fileFormats } from '../reports/files/format-names.ts';

const notADate = 'must be a date that exists, written YYYY-MM-DD';

/** A calendar date in a query string: `YYYY-MM-DD`, and a day that exists. */
export const dateText = z.string(notADate).refine((text) => {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}, notADate);

export const organisationName = z
  .string('must be given once')
  .min(1, 'must not be empty')
  .optional()
  .describe('Needed when there are several.');
export const formatName = z.enum(['json', 'csv'], 'must be json or csv').default('json');
const reportFormats = ['json', ...fileFormats] as const;
/** Every report can be had as JSON and as a file of each kind. */
export const reportFormat = z
  .enum(reportFormats, `must be ${reportFormats.slice(0, -1).join(', ')} or ${reportFormats.at(-1)}`)
  .default('json');

export const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number('must be a whole number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

/** A parameter that may be given several times: any of its values will do. */
export const anyOf = <Value extends z.ZodType<string>>(value: Value, reason: string) =>
  z
    .union([value, z.array(value).max(200)], reason)
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .optional();

export function toDate(text: string | undefined): Temporal.PlainDate | undefined {
  return text === undefined ? undefined : Temporal.PlainDate.from(text);
}
