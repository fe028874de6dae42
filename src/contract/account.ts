import { z } from 'zod';
import { instant, list } from './answer-schemas.ts';
import { givenPassword, newPassword, personName } from './session.ts';

// A person's own account. Everything here is about whoever is signed in, whatever their role.

export const account = z.object({
  name: z.string(),
  email: z.string(),
  /** False for somebody who only ever came through the provider: a link by e-mail sets one. */
  hasPassword: z.boolean(),
  /** Whether the person came through the OIDC provider at least once. */
  hasProvider: z.boolean(),
  secondFactor: z.boolean(),
  /** Null without a second factor. */
  recoveryCodesLeft: z.number().nullable(),
});
export const accountChange = z.strictObject({ name: personName });

/** `current` is the password until now. Every other session ends. */
export const passwordChange = z.strictObject({ current: givenPassword, password: newPassword });

export const ownPassword = z.strictObject({ password: givenPassword });
export const newSecondFactor = z.object({
  /** What the QR code holds: `otpauth://totp/…`. */
  uri: z.string(),
  /** The same in letters, for somebody who types it. */
  secret: z.string(),
  /** Shown once. Each is good for one sign-in. */
  recoveryCodes: list(z.string()),
});
export const secondFactorConfirmation = z.strictObject({
  code: z
    .string('is needed')
    .trim()
    .regex(/^\d{6}$/, 'must be 6 digits'),
});
export const recoveryCodes = z.object({ recoveryCodes: list(z.string()) });

export const ownSessions = list(
  z.object({
    id: z.string(),
    /** The one that asks. */
    current: z.boolean(),
    madeAt: instant,
    /** A session in use is renewed once a day, and ends a week after that. */
    renewedAt: instant,
    expiresAt: instant,
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
);
export const sessionParams = z.object({ id: z.uuid('must be the id of a session') });
