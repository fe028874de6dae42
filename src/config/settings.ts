import { z } from 'zod';
import { isAddress, parseRange } from '../outgoing/address-rules.ts';

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

const notRanges = 'must be addresses or ranges such as 10.1.0.0/16, with commas between';

const privateAddresses = z.string().transform((text, context) =>
  text.split(',').flatMap((part) => {
    const range = parseRange(part.trim());
    if (range !== null) return [range];
    context.addIssue({
      code: 'custom',
      message: notRanges,
    });
    return [];
  }),
);

const trustedProxies = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every((part) => parseRange(part) !== null), notRanges);

const publicUrl = z
  .string()
  .refine(isOrigin, 'must be an address without a path such as https://hajiri.example.com')
  .transform((text) => new URL(text).origin);

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === '/' && `${search}${hash}${username}${password}` === '';
}

/** Where the provider's name is `https://login.example.com/company`. Plain http is for tests on this machine. */
const issuerUrl = z
  .string()
  .refine(
    (text) =>
      URL.canParse(text) &&
      (text.startsWith('https://') || /^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/.test(text)),
    'must be an address such as https://login.example.com/company',
  );

const smtpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^smtps?:\/\/[^/]/.test(text) && new URL(text).hostname !== '',
    'must be an address such as smtp://user:password@mail.example.com:587',
  );

const mailSender = z
  .string()
  .max(300, 'must have at most 300 characters')
  .regex(
    /^(?:[^\p{Cc}<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u,
    'must be an address such as Hajiri <hajiri@example.com>',
  );

function isOpenToOthers(address: string | undefined): boolean {
  return address !== undefined && address !== '::1' && !address.startsWith('127.');
}

export const settingsSchema = z
  .object({
    HAJIRI_DATA_DIR: optional(z.string()),
    DATABASE_URL: optional(postgresUrl),
    HAJIRI_POSTGRES_BIN_DIR: optional(z.string()),
    HAJIRI_PORT: withDefault(wholeNumber(0, 65_535), 4280),
    HAJIRI_PUBLIC_URL: optional(publicUrl),
    HAJIRI_LISTEN_ADDRESS: optional(
      z.string().refine(isAddress, 'must be an address of this machine such as 10.1.0.5 or 0.0.0.0'),
    ),
    HAJIRI_TRUSTED_PROXIES: optional(trustedProxies),
    HAJIRI_ACCESS_TOKEN: optional(z.string().min(20, 'must have at least 20 characters')),
    HAJIRI_ENCRYPTION_KEY: optional(encryptionKey),
    HAJIRI_ENCRYPTION_KEY_PREVIOUS: optional(encryptionKey),
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
    HAJIRI_RUNS_AT_A_TIME: withDefault(wholeNumber(1, 64), 8),
    HAJIRI_PEOPLE_READ_HOURS: withDefault(wholeNumber(0, 8760), 20),
    HAJIRI_PRIVATE_ADDRESSES: optional(privateAddresses),
    HAJIRI_SMTP_URL: optional(smtpUrl),
    HAJIRI_MAIL_FROM: optional(mailSender),
    HAJIRI_OIDC_ISSUER: optional(issuerUrl),
    HAJIRI_OIDC_CLIENT_ID: optional(z.string()),
    HAJIRI_OIDC_CLIENT_SECRET: optional(z.string()),
    HAJIRI_OIDC_NAME: optional(z.string().max(60, 'must have at most 60 characters')),
  })
  .superRefine((settings, context) => {
    if (isOpenToOthers(settings.HAJIRI_LISTEN_ADDRESS) && settings.HAJIRI_PUBLIC_URL === undefined) {
      const message = 'is needed when others than this machine can reach HAJIRI_LISTEN_ADDRESS';
      context.addIssue({ code: 'custom', path: ['HAJIRI_PUBLIC_URL'], message });
    }
    const names = ['HAJIRI_OIDC_ISSUER', 'HAJIRI_OIDC_CLIENT_ID', 'HAJIRI_OIDC_CLIENT_SECRET'] as const;
    if (settings.HAJIRI_SMTP_URL !== undefined && settings.HAJIRI_MAIL_FROM === undefined) {
      context.addIssue({ code: 'custom', path: ['HAJIRI_MAIL_FROM'], message: 'is needed to send e-mail' });
    }
    const missing = names.filter((name) => settings[name] === undefined);
    if (missing.length === names.length) return;
    for (const name of missing) {
      context.addIssue({ code: 'custom', path: [name], message: 'is needed for sign-in by OIDC' });
    }
  });

export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** May also be given as the path of a file, in NAME_FILE: container secrets arrive so. */
export const secretSettings = [
  'DATABASE_URL',
  'HAJIRI_ACCESS_TOKEN',
  'HAJIRI_ENCRYPTION_KEY',
  'HAJIRI_ENCRYPTION_KEY_PREVIOUS',
  'HAJIRI_SMTP_URL',
  'HAJIRI_OIDC_CLIENT_SECRET',
] as const;
