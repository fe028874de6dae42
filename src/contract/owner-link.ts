import { z } from 'zod';
import { isZoneName } from '../attendance/local-time.ts';
import { list } from './answer-schemas.ts';
import { emailAddress, linkToken, newPassword, personName } from './session.ts';

export const linkBody = z.strictObject({ token: linkToken });

export const ownerLink = z.object({
  /** What whoever uses the link will own; empty when the first organisation is still to be named. */
  organisations: list(z.object({ name: z.string(), zone: z.string() })),
});

export const organisationBody = z.strictObject({
  name: z
    .string('is needed')
    .trim()
    .min(1, 'must not be empty')
    .max(200, 'must have at most 200 characters')
    .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
  zone: z
    .string('is needed')
    .refine(isZoneName, 'must be an IANA time zone such as Asia/Kolkata, Asia/Dubai or America/New_York'),
});

/** `account` is left out by somebody who is signed in: that account becomes an owner then. */
export const ownerLinkAcceptBody = z.strictObject({
  token: linkToken,
  account: z.strictObject({ name: personName, email: emailAddress, password: newPassword }).optional(),
  organisation: organisationBody.optional(),
});
