import { z } from 'zod';

/**
 * Everything that nobody outside Keka knows for sure, one named switch each. `docs/sandbox.md` says how certain
 * each default is; a test keeps that table and this one equal.
 */
const allSwitchesSchema = z.strictObject({
  /** How firstPage, lastPage, nextPage and previousPage are written. */
  links: z.enum(['absolute', 'null', 'missing', 'relative', 'other-host']),
  /** Whether the links repeat the filters of the request. */
  linkFilters: z.enum(['kept', 'dropped']),
  emptyData: z.enum(['array', 'null']),
  emptyTotalPages: z.union([z.literal(0), z.literal(1)]),
  pageSizeAboveMaximum: z.enum(['clamp', 'refuse']),
  /** `refuse` is a strict mode for tests: a misspelt parameter is then a 400 instead of a silent default. */
  unknownParameters: z.enum(['ignore', 'refuse']),
  unknownEmployeeIds: z.enum(['no-rows', 'refuse']),
  singleDayRange: z.enum(['allowed', 'refused']),
  /** Greatest difference between `to` and `from`, in days. */
  maximumRangeDays: z.int().min(1),
  /** The oldest `from` that is served, counted back from today in the company's zone. */
  ageLimit: z.enum(['three-months', 'ninety-days', 'none']),
  recordOrder: z.enum(['by-date', 'by-person']),
  errorsShape: z.enum(['list', 'map', 'null', 'missing']),
  unauthorisedBody: z.enum(['empty', 'envelope', 'html']),
  forbiddenBody: z.enum(['json-string', 'text']),
  credentialErrorStatus: z.union([z.literal(400), z.literal(401)]),
  credentialErrorDescription: z.enum(['absent', 'present']),
  apiKeyField: z.enum(['api_key', 'api_key-or-apikey']),
  /** Life of an access token, told as `expires_in`. */
  tokenSeconds: z.int().min(1),
  tokensOfDeadKeys: z.enum(['stay-valid', 'die']),
  userAgent: z.enum(['required', 'not-python', 'any']),
  numbers: z.enum(['as-written', 'strings']),
  leaveDayStatus: z.enum(['as-written', 'removed', 'zero']),
  overtimeFields: z.enum(['as-written', 'removed']),
  premiseName: z.enum(['as-written', 'removed', 'null']),
  locationAddress: z.enum(['as-written', 'removed', 'null']),
  /** Whether `inProbation=false` and `inNoticePeriod=false` leave anybody out. */
  falseFilters: z.enum(['ignored', 'exclude']),
});
export const switchesSchema = allSwitchesSchema.partial();

export type Switches = z.infer<typeof allSwitchesSchema>;
export type SwitchChanges = { readonly [Name in keyof Switches]?: Switches[Name] | undefined };

export const defaultSwitches: Switches = {
  links: 'absolute',
  linkFilters: 'kept',
  emptyData: 'array',
  emptyTotalPages: 0,
  pageSizeAboveMaximum: 'clamp',
  unknownParameters: 'ignore',
  unknownEmployeeIds: 'no-rows',
  singleDayRange: 'allowed',
  maximumRangeDays: 90,
  ageLimit: 'three-months',
  recordOrder: 'by-date',
  errorsShape: 'list',
  unauthorisedBody: 'empty',
  forbiddenBody: 'json-string',
  credentialErrorStatus: 400,
  credentialErrorDescription: 'absent',
  apiKeyField: 'api_key',
  tokenSeconds: 86_400,
  tokensOfDeadKeys: 'stay-valid',
  userAgent: 'required',
  numbers: 'as-written',
  leaveDayStatus: 'as-written',
  overtimeFields: 'as-written',
  premiseName: 'as-written',
  locationAddress: 'as-written',
  falseFilters: 'ignored',
};

const wholeRateLimitSchema = z.strictObject({
  /** null: no limit at all. */
  requests: z.int().min(0).nullable(),
  seconds: z.int().min(1),
  window: z.enum(['fixed', 'sliding']),
  /** What one bucket of requests belongs to. */
  scope: z.enum(['company', 'key', 'endpoint']),
  body: z.enum(['json', 'empty', 'text']),
  retryAfter: z.enum(['none', 'seconds', 'http-date', 'absurd']),
});
export const rateLimitSchema = wholeRateLimitSchema.partial();

export type RateLimit = z.infer<typeof wholeRateLimitSchema>;
export type RateLimitChanges = { readonly [Name in keyof RateLimit]?: RateLimit[Name] | undefined };

export const defaultRateLimit: RateLimit = {
  requests: 50,
  seconds: 60,
  window: 'fixed',
  scope: 'company',
  body: 'json',
  retryAfter: 'none',
};

/** `changes` over `current`; a member that is undefined changes nothing. */
export function mergeChanges<Settings extends object>(
  current: Settings,
  changes: { readonly [Name in keyof Settings]?: Settings[Name] | undefined },
): Settings {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...current, ...Object.fromEntries(given) };
}
