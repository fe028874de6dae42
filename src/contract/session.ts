import { z } from 'zod';
import { instant, list } from './answer-schemas.ts';

// Who somebody is, and how they come in.

export const roleName = z.enum(['owner', 'admin', 'manager', 'employee', 'auditor']);

export const emailAddress = z
  .string('must be an e-mail address')
  .trim()
  .max(254, 'must have at most 254 characters')
  .pipe(z.email('must be an e-mail address'))
  .transform((text) => text.toLowerCase());
/** As it is typed: blanks may belong to it. Nothing is checked here that a refusal would tell of. */
export const givenPassword = z
  .string('is needed')
  .min(1, 'is needed')
  .max(128, 'must have at most 128 characters');
export const newPassword = z
  .string('is needed')
  .min(12, 'must have at least 12 characters')
  .max(128, 'must have at most 128 characters');
export const personName = z
  .string('is needed')
  .trim()
  .min(1, 'must not be empty')
  .max(200, 'must have at most 200 characters')
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');
export const linkToken = z.string('is needed').min(1, 'is needed').max(100, 'is not what a link holds');

export const session = z.object({
  person: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    /** Whether an authenticator app is asked for at sign-in. */
    secondFactor: z.boolean(),
  }),
  /** Where the person is at the moment; null when they belong nowhere yet. */
  organisation: z.object({ id: z.string(), name: z.string(), zone: z.string() }).nullable(),
  role: roleName.nullable(),
  /** Of a manager. */
  teams: list(z.string()),
  /** What the role may do here, in the words of src/accounts/permissions.ts. */
  permissions: list(z.string()),
  organisations: list(z.object({ id: z.string(), name: z.string(), role: roleName })),
  expiresAt: instant,
});

export const signInBody = z.strictObject({ email: emailAddress, password: givenPassword });
/** After `second_factor_needed`, `POST /api/v1/session/second-factor` is the next step. */
export const signInAnswer = z.object({ state: z.enum(['signed_in', 'second_factor_needed']) });

export const secondFactorBody = z.union([
  z.strictObject({
    code: z
      .string('is needed')
      .trim()
      .regex(/^\d{6}$/, 'must be 6 digits'),
  }),
  z.strictObject({ recoveryCode: z.string('is needed').trim().min(1, 'is needed').max(50, 'is too long') }),
]);

/** Where the browser goes to sign in at the provider; it comes back by itself. */
export const providerAnswer = z.object({ url: z.string() });

export const done = z.object({ done: z.boolean() });
export const switchBody = z.strictObject({ organisation: z.uuid('must be the id of an organisation') });

/** What the page for signing in has to know, for everybody. */
export const signInOptions = z.object({
  /** The name of the OIDC provider, when there is one. */
  provider: z.string().nullable(),
  /** Whether a forgotten password can be mended by e-mail. */
  passwordReset: z.boolean(),
  /** Whether anybody is an owner: until then, the way in is the link that `hajiri serve` printed. */
  hasOwner: z.boolean(),
});

export type Session = z.infer<typeof session>;
