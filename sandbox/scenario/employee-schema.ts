import { z } from 'zod';
import { instantSchema, wireRecordSchema } from './field-schemas.ts';

/** One employee profile as the sandbox keeps it: what the filters look at, and the JSON that is served. */
export type EmployeeEntry = {
  /** The GUID in lower case. */
  readonly id: string;
  readonly number: string | null;
  readonly relieved: boolean;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Details and text are functions, so that 100,000 profiles need not stand in memory. */
  details(): EmployeeDetails;
  text(): string;
};

export type EmployeeDetails = {
  /** Number, names and e-mail in lower case, for `searchKey`. */
  readonly searchText: string;
  /** `YYYY-MM-DD`, or null. */
  readonly probationEnds: string | null;
  /** The last day of somebody who has resigned, `YYYY-MM-DD`, or null. */
  readonly noticeEnds: string | null;
};

const longAgo = Temporal.Instant.from('2000-01-01T00:00:00Z');

const profileSchema = z.looseObject({
  id: z.string().min(1),
  employeeNumber: z.string().nullish(),
  displayName: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string().nullish(),
  employmentStatus: z.unknown().optional(),
  probationEndDate: z.string().nullish(),
  resignationSubmittedDate: z.string().nullish(),
  exitDate: z.string().nullish(),
});

/**
 * A record of `employees.json`: the profile as served, or
 * `{ "$lastModified": "2026-03-01T09:00:00Z", "$record": { … } }` where the filter `lastModified` matters.
 */
export const employeeRecordSchema = z
  .union([
    z.strictObject({ $lastModified: instantSchema, $record: wireRecordSchema }),
    wireRecordSchema
      .refine(
        (record) => !('$record' in record),
        'a wrapped profile has $lastModified (an instant) and $record',
      )
      .transform((record) => ({ $lastModified: longAgo, $record: record })),
  ])
  .transform(({ $lastModified, $record }, context): EmployeeEntry => {
    const profile = profileSchema.safeParse($record);
    if (!profile.success) {
      for (const { path, message } of profile.error.issues)
        context.addIssue({ code: 'custom', path, message });
      return z.NEVER;
    }
    const { id, employeeNumber, displayName, firstName, lastName, email, ...rest } = profile.data;
    const text = JSON.stringify($record);
    const details: EmployeeDetails = {
      searchText: [employeeNumber, displayName, firstName, lastName, email].join(' ').toLowerCase(),
      probationEnds: rest.probationEndDate?.slice(0, 10) ?? null,
      noticeEnds: rest.resignationSubmittedDate ? (rest.exitDate?.slice(0, 10) ?? null) : null,
    };
    return {
      id: id.toLowerCase(),
      number: employeeNumber ?? null,
      relieved: rest.employmentStatus === 1,
      modifiedAt: $lastModified.epochMilliseconds,
      details: () => details,
      text: () => text,
    };
  });
