import { z } from 'zod';

/** `YYYY-MM-DD`, checked against the calendar and kept as text: days are only compared and used as keys. */
export const daySchema = z.string().refine(isDay, 'not a date in the form YYYY-MM-DD');

/** An instant with its zone, e.g. `2026-03-12T06:00:00Z`. */
export const instantSchema = z.string().transform((text, context): Temporal.Instant => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not an instant such as 2026-03-12T06:00:00Z' });
    return z.NEVER;
  }
});

export const zoneSchema = z.string().refine(isZone, 'not an IANA time zone such as Asia/Kolkata');

/** Any JSON object: records are served as they were written, so nothing more is asked of them. */
export const wireRecordSchema = z.record(z.string(), z.unknown());
export type WireRecord = z.infer<typeof wireRecordSchema>;

export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

function isZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return /^[A-Za-z]/u.test(text); // an offset such as +05:30 is valid to Temporal, but no zone
  } catch {
    return false;
  }
}
