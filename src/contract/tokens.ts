import { z } from 'zod';
import { instant, list } from './answer-schemas.ts';
import { organisationName } from './query-schemas.ts';

export const tokenScope = z.enum(['read_reports', 'start_runs', 'manage_directory', 'manage_connections']);

/** A token as it may be shown: never what it says. */
export const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  scopes: list(tokenScope),
  ending: z.string().describe('Its last four characters'),
  madeBy: z.string(),
  madeAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable().describe('To the minute'),
  revokedAt: instant.nullable(),
  state: z.enum(['good', 'expired', 'revoked']),
});

export const tokenQuery = z.strictObject({ organisation: organisationName });
export const tokenParams = z.object({ id: z.uuid('must be the id of an API token') });
export const tokenInput = z.strictObject({
  name: z.string('must be given'),
  scopes: list(tokenScope),
  days: z
    .number('must be a whole number')
    .optional()
    .describe('Until it expires; 365 when left out, 1095 at most'),
});
export const tokenList = list(apiToken);
export const createdToken = z.object({
  token: z.string().describe('What the token says: shown this once and stored nowhere'),
  made: apiToken,
});

export type ApiToken = z.infer<typeof apiToken>;
export type TokenScope = z.infer<typeof tokenScope>;
