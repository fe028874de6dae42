import { z } from 'zod';
import { instantSchema, zoneSchema } from './field-schemas.ts';
import {
  defaultRateLimit,
  defaultSwitches,
  mergeChanges,
  rateLimitSchema,
  switchesSchema,
} from './switches.ts';

/** The modules that a key can be allowed to read, by the names under which Keka's key screen groups them. */
export const privilegeSchema = z.enum([
  'employees',
  'attendance',
  'leave',
  'payroll',
  'timesheet',
  'performance',
]);
export type Privilege = z.infer<typeof privilegeSchema>;

const subdomainSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/u,
    'not a subdomain: lower-case letters, digits and inner hyphens',
  );

const keySchema = z.strictObject({
  /** What the control interface and the request log call this key. */
  name: z.string().min(1),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  apiKey: z.string().min(1),
  privileges: z.array(privilegeSchema).default(['employees', 'attendance']),
  /** From this instant on the key gets no more tokens. */
  expiresAt: instantSchema.nullable().default(null),
  revoked: z.boolean().default(false),
});
export type KeySettings = z.infer<typeof keySchema>;

/** `tenant.json`: one company, its keys, and how this copy of Keka behaves. */
export const tenantSchema = z.strictObject({
  /** Several names lead to the same company. */
  subdomain: z
    .union([subdomainSchema, z.array(subdomainSchema).min(1)])
    .transform((names) => (typeof names === 'string' ? [names] : names)),
  zone: zoneSchema.default('Asia/Kolkata'),
  clock: z
    .strictObject({ start: instantSchema.nullable().default(null) })
    .default({ start: null })
    .describe('where the time of the sandbox starts; it then runs with the real clock'),
  keys: z.array(keySchema).min(1).superRefine(checkNames),
  switches: switchesSchema.default({}).transform((changes) => mergeChanges(defaultSwitches, changes)),
  rateLimit: rateLimitSchema.default({}).transform((changes) => mergeChanges(defaultRateLimit, changes)),
});

export type TenantInput = z.input<typeof tenantSchema>;
export type TenantSettings = z.output<typeof tenantSchema>;

function checkNames(keys: readonly KeySettings[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { name }] of keys.entries()) {
    if (seen.has(name)) {
      context.addIssue({ code: 'custom', path: [index, 'name'], message: 'used by another key' });
    }
    seen.add(name);
  }
}
