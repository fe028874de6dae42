import { z } from 'zod';

// Every setting of the installation. `.env.example` lists the same names (a test compares them), and
// read-settings.ts reads each `NAME` also from the file that `NAME_FILE` names when it is marked as a secret.

const emptyIsUnset = (value: unknown): unknown => (value === '' ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(emptyIsUnset, schema.optional());
const withDefault = <Schema extends z.ZodType<number>>(schema: Schema, value: number) =>
  z.preprocess((given) => emptyIsUnset(given) ?? value, schema);

const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number('must be a whole number')
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

const share = z.coerce.number('must be a number').min(0, 'must be at least 0').max(1, 'must be at most 1');

/** 32 bytes in base64, as `openssl rand -base64 32` makes them. */
const encryptionKey = z
  .string()
  .trim()
  .refine(
    (text) => /^[A-Za-z0-9+/]{43}=$/.test(text),
    'must be 32 bytes in base64 (openssl rand -base64 32)',
  );

const postgresUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^postgres(?:ql)?:$/.test(new URL(text).protocol),
    'must be an address such as postgres://user:password@host:5432/database',
  );

const address = (hint: string) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text.replace('{subdomain}', 'company')),
      `must be an address such as ${hint}`,
    );

export const settingsSchema = z.object({
  HAJIRI_DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(postgresUrl),
  HAJIRI_POSTGRES_BIN_DIR: optional(z.string()),
  HAJIRI_PORT: withDefault(wholeNumber(0, 65_535), 4280),
  HAJIRI_ACCESS_TOKEN: optional(z.string().min(20, 'must have at least 20 characters')),
  HAJIRI_ENCRYPTION_KEY: optional(encryptionKey),
  HAJIRI_LOG_LEVEL: z.preprocess(
    (given) => emptyIsUnset(given) ?? 'info',
    z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
  ),
  HAJIRI_KEKA_LOGIN_URL: optional(address('http://127.0.0.1:4290/login')),
  HAJIRI_KEKA_TENANT_URL: optional(
    address('http://127.0.0.1:4290/tenant/{subdomain}').refine(
      (text) => text.includes('{subdomain}'),
      'must contain {subdomain}',
    ),
  ),
  HAJIRI_KEKA_PAGE_LIMIT: withDefault(wholeNumber(1, 1_000_000), 5000),
  HAJIRI_KEKA_CONCURRENCY: withDefault(wholeNumber(1, 16), 4),
  HAJIRI_KEKA_TIMEOUT_SECONDS: withDefault(wholeNumber(1, 600), 60),
  HAJIRI_GRACE_AFTER_SHIFT_MINUTES: withDefault(wholeNumber(0, 1440), 120),
  HAJIRI_UNUSUAL_COUNT_SHARE: withDefault(share, 0.6),
  HAJIRI_PEOPLE_READ_HOURS: withDefault(wholeNumber(0, 8760), 20),
});

export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** May also be given as the path of a file, in NAME_FILE: container secrets arrive so. */
export const secretSettings = ['DATABASE_URL', 'HAJIRI_ACCESS_TOKEN', 'HAJIRI_ENCRYPTION_KEY'] as const;
