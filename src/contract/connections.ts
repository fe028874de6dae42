import { z } from 'zod';
import { identificationKeyHint, identificationKeys } from '../attendance/identification-keys.ts';
import { instant, list, plainDate, safeDetails } from './answer-schemas.ts';
import { organisationName } from './query-schemas.ts';

const environment = z.enum(['keka', 'kekademo'], 'must be keka or kekademo');
const identificationKey = z.enum(identificationKeys, identificationKeyHint);
const basis = z.enum(['utc', 'local'], 'must be utc or local');

/** A connection as it may be shown: of its secrets, that they are there and how the API Key ends. */
const connection = z.object({
  id: z.string(),
  name: z.string(),
  subdomain: z.string(),
  host: z.string(),
  environment,
  identificationKey,
  requestsPerMinute: z.number(),
  punchBasis: basis,
  shiftBasis: basis,
  keyExpiresOn: plainDate
    .nullable()
    .describe('The day from which Keka refuses the API key, when it is known'),
  readRequests: z.boolean().describe('Whether requests for leave, to work from home and on duty are read'),
  secrets: z.object({
    state: z.enum(['set', 'needed_again']),
    ending: z.string().nullable().describe('The last characters of the API Key, where it is long enough'),
  }),
  peopleReadAt: instant.nullable(),
});

// What is not valid in these is told by the use case, field by field.
const credentials = z.strictObject({
  clientId: z.string('must be given'),
  clientSecret: z.string('must be given'),
  apiKey: z.string('must be given'),
});
const settings = {
  subdomain: z.string('must be given'),
  environment: environment.optional(),
  identificationKey: identificationKey.optional(),
  requestsPerMinute: z.number('must be a whole number').optional(),
  punchBasis: basis.optional(),
  shiftBasis: basis.optional(),
  keyExpiresOn: z.string('must be a date, or null').nullable().optional(),
  readRequests: z.boolean('must be true or false').optional(),
};

export const connectionQuery = z.strictObject({ organisation: organisationName });
export const connectionIdParams = z.object({ id: z.uuid('must be the id of a connection') });
export const newConnectionInput = z.strictObject({
  name: z.string('must be given'),
  ...settings,
  credentials,
});
export const connectionChangeInput = z.strictObject({
  ...settings,
  subdomain: settings.subdomain.optional(),
  credentials: credentials.optional(),
});
/** Settings to try without saving them; of a stored connection, what was changed. */
export const connectionTestInput = z.strictObject({
  ...settings,
  subdomain: settings.subdomain.optional(),
  connection: z.uuid('must be the id of a connection').optional(),
  credentials: credentials.optional(),
});

export const connectionAnswer = connection;
export const connectionList = list(connection);

const keySample = z.object({
  key: identificationKey,
  example: z.string().nullable().describe('What it looks like in this company'),
  matched: z.number(),
  of: z.number().describe('The first people that Keka tells'),
  misses: list(z.string()),
});

const testStep = z.object({
  name: z.enum(['name', 'sign_in', 'attendance', 'employees', 'matching']),
  title: z.string(),
  outcome: z.enum(['passed', 'failed', 'warned', 'skipped']),
  message: z.string(),
  facts: safeDetails.describe('The figures of the message'),
  keys: list(keySample).nullable().describe('Of matching: how it would go by each key'),
  code: z.string().nullable(),
  whatToDo: z.string().nullable(),
  page: z.string().nullable(),
});

/** What a live test sends, one after the other: its host, each step as it ends, and the outcome. */
export const connectionTestEvents = {
  begun: z.object({ host: z.string() }),
  step: testStep,
  ended: z.object({ passed: z.boolean() }),
};

export type Connection = z.infer<typeof connection>;
export type IdentificationKey = Connection['identificationKey'];
export type KeySample = z.infer<typeof keySample>;
export type ConnectionTestStep = z.infer<typeof testStep>;
