import { z } from 'zod';
import { identificationKeyHint, identificationKeys } from '../attendance/identification-keys.ts';
import { parseSubdomain, type Subdomain } from '../keka/subdomain.ts';

const subdomain = z.string().transform((text, context): Subdomain => {
  const parsed = parseSubdomain(text);
  if (parsed.ok) return parsed.subdomain;
  context.addIssue({ code: 'custom', message: parsed.reason });
  return z.NEVER;
});

const secret = (name: string) =>
  z.string().trim().min(1, `must not be empty: enter the ${name} from Keka`).max(4000);

export const credentialsSchema = z.object({
  clientId: secret('Client ID'),
  clientSecret: secret('Client Secret'),
  apiKey: secret('API Key'),
});

const notADate = 'must be a date that exists, written YYYY-MM-DD';
const keyExpiresOn = z.string(notADate).transform((text, context): Temporal.PlainDate => {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text);
  } catch {
    // Told below.
  }
  context.addIssue({ code: 'custom', message: notADate });
  return z.NEVER;
});

const settings = {
  subdomain,
  environment: z.enum(['keka', 'kekademo'], 'must be keka or kekademo'),
  identificationKey: z.enum(identificationKeys, identificationKeyHint),
  requestsPerMinute: z
    .number('must be a whole number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(1000, 'must be at most 1000'),
  punchBasis: z.enum(['utc', 'local'], 'must be utc or local'),
  shiftBasis: z.enum(['utc', 'local'], 'must be utc or local'),
  /** Null: it never expires, as far as anybody knows. */
  keyExpiresOn: keyExpiresOn.nullable(),
  readRequests: z.boolean('must be true or false'),
};

export const newConnection = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(100, 'must have at most 100 characters')
    .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
  subdomain: settings.subdomain,
  environment: settings.environment.default('keka'),
  identificationKey: settings.identificationKey.default('employee_number'),
  requestsPerMinute: settings.requestsPerMinute.default(50),
  punchBasis: settings.punchBasis.default('utc'),
  shiftBasis: settings.shiftBasis.default('utc'),
  keyExpiresOn: settings.keyExpiresOn.default(null),
  readRequests: settings.readRequests.default(false),
  credentials: credentialsSchema,
});

/** Everything but the secrets: checked before anybody is asked for them. */
export const newConnectionSettings = newConnection.omit({ credentials: true });

export const connectionChange = z
  .object(settings)
  .partial()
  .extend({ credentials: credentialsSchema.optional() });
