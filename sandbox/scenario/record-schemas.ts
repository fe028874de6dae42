import { z } from 'zod';
import { daySchema, instantSchema, isDay, wireRecordSchema } from './field-schemas.ts';

/** One attendance record as the sandbox keeps it: filed under a day and a person, served as `text`. */
export type AttendanceEntry = {
  /** `YYYY-MM-DD`: the day under which a query finds the record, whatever the record itself says. */
  readonly day: string;
  /** The employee's GUID in lower case; empty when the record names none. */
  readonly person: string;
  /** The JSON of the record. */
  readonly text: string;
};

/**
 * A record of `attendance.json`. Normally the wire record itself, filed under the first ten characters of its
 * attendanceDate. A record whose date is missing, damaged or deliberately wrong is wrapped:
 * `{ "$day": "2026-03-10", "$record": … }`, or `"$text"` for exact bytes, which need not even be JSON.
 */
export const attendanceRecordSchema = z.unknown().transform((value, context): AttendanceEntry => {
  const wrapped = wrapperSchema.safeParse(value);
  if (wrapped.success) {
    const { $day, $person, $record, $text } = wrapped.data;
    return {
      day: $day,
      person: ($person ?? personOf($record)).toLowerCase(),
      text: $text ?? JSON.stringify($record ?? null),
    };
  }
  const plain = wireRecordSchema.safeParse(value);
  if (!plain.success || '$day' in plain.data) {
    context.addIssue({
      code: 'custom',
      message: plain.success
        ? 'a wrapped record has $day (YYYY-MM-DD), then $record or $text, and perhaps $person'
        : 'not a JSON object; wrap it as { "$day": …, "$record": … } to serve it all the same',
    });
    return z.NEVER;
  }
  const date = plain.data['attendanceDate'];
  const day = typeof date === 'string' ? date.slice(0, 10) : '';
  if (!isDay(day)) {
    context.addIssue({
      code: 'custom',
      path: ['attendanceDate'],
      message: 'does not begin with a date; wrap the record as { "$day": …, "$record": … } to serve it',
    });
    return z.NEVER;
  }
  return { day, person: personOf(plain.data).toLowerCase(), text: JSON.stringify(plain.data) };
});

const wrapperSchema = z
  .strictObject({
    $day: daySchema,
    $record: z.unknown().optional(),
    $text: z.string().optional(),
    $person: z.string().optional(),
  })
  .refine((wrapper) => '$record' in wrapper !== '$text' in wrapper);

/** Names one record: a person's GUID and the day. */
export const attendanceKeySchema = z.strictObject({ employeeIdentifier: z.string().min(1), date: daySchema });
export type AttendanceKey = z.infer<typeof attendanceKeySchema>;

/**
 * `corrections.json`: what a record becomes later. `from` is an instant; `daysAfter` counts from the record's own
 * day and takes effect at `at` (company time).
 */
const timing = {
  from: instantSchema.optional(),
  daysAfter: z.int().min(0).optional(),
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'not a time of day in the form HH:MM')
    .default('00:00'),
};
export const correctionSchema = z
  .union([
    z.strictObject({ record: attendanceRecordSchema, ...timing }),
    z.strictObject({ remove: attendanceKeySchema, ...timing }),
  ])
  .refine(({ from, daysAfter }) => (from === undefined) !== (daysAfter === undefined), {
    message: 'needs either "from" (an instant) or "daysAfter" (a number of days)',
  });
export type CorrectionInput = z.infer<typeof correctionSchema>;

/** A change of the stored attendance that becomes visible at an instant of the sandbox's clock. */
export type Correction = {
  readonly from: Temporal.Instant;
  readonly change:
    | { readonly kind: 'put'; readonly entry: AttendanceEntry }
    | { readonly kind: 'remove'; readonly day: string; readonly person: string };
};

export function placeCorrection(input: CorrectionInput, zone: string): Correction {
  const change: Correction['change'] =
    'record' in input
      ? { kind: 'put', entry: input.record }
      : {
          kind: 'remove',
          day: input.remove.date,
          person: input.remove.employeeIdentifier.toLowerCase(),
        };
  const day = change.kind === 'put' ? change.entry.day : change.day;
  const from =
    input.from ??
    Temporal.PlainDate.from(day)
      .add({ days: input.daysAfter ?? 0 })
      .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(input.at) })
      .toInstant();
  return { from, change };
}

function personOf(record: unknown): string {
  const parsed = z.looseObject({ employeeIdentifier: z.string() }).safeParse(record);
  return parsed.success ? parsed.data.employeeIdentifier.trim() : '';
}
