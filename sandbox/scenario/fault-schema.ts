import { z } from 'zod';
import { attendanceKeySchema, attendanceRecordSchema } from './record-schemas.ts';

/** Which requests a fault meets. Everything that is given must fit; nothing given fits every request. */
const matchSchema = z.strictObject({
  host: z.enum(['login', 'tenant']).optional(),
  method: z.string().optional(),
  /** Below the host, e.g. `/connect/token` or `/api/v1/time/attendance`; `*` stands for any characters. */
  path: z.string().startsWith('/').optional(),
  /** The page asked for; a request without pageNumber asks for page 1. */
  page: z.int().min(1).optional(),
  /** Query parameters with exactly these values. */
  query: z.record(z.string(), z.string()).optional(),
  /** Only the n-th request that fits the rest, counted from 1, or the first and last of a stretch. */
  nth: z.union([z.int().min(1), z.tuple([z.int().min(1), z.int().min(1)])]).optional(),
});

const answerSchema = z.discriminatedUnion('kind', [
  /** The normal answer; of use together with `delayMilliseconds`. */
  z.strictObject({ kind: z.literal('normal') }),
  /** A fixed answer. A body that is not a string is sent as JSON; `bodyFile` stands in the scenario folder. */
  z.strictObject({
    kind: z.literal('respond'),
    status: z.int().min(200).max(599),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.json().optional(),
    bodyFile: z.string().optional(),
  }),
  /** Never answers. */
  z.strictObject({ kind: z.literal('hang') }),
  /** Breaks the connection without an answer. */
  z.strictObject({ kind: z.literal('reset') }),
  /**
   * The normal answer cut after `bytes`. `announced: full` tells the full length first, so the client sees a
   * broken transfer; `cut` tells the short one, so the client sees broken JSON.
   */
  z.strictObject({
    kind: z.literal('truncate'),
    bytes: z.int().min(0),
    announced: z.enum(['full', 'cut']).default('cut'),
  }),
  z.strictObject({
    kind: z.literal('redirect'),
    status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).default(302),
    /** An address, or `other-host`: the sandbox itself under another host name, where the request log sees it. */
    location: z.string().default('other-host'),
  }),
  /** The normal answer, a few bytes at a time. */
  z.strictObject({
    kind: z.literal('drip'),
    chunkBytes: z.int().min(1),
    pauseMilliseconds: z.int().min(0),
  }),
  /** The normal answer, made at least `bytes` long with blanks before it. */
  z.strictObject({ kind: z.literal('flood'), bytes: z.int().min(1) }),
  /** The normal answer with other members in its envelope, or with records left out or repeated (by index). */
  z.strictObject({
    kind: z.literal('edit'),
    set: z.record(z.string(), z.json()).default({}),
    dropRecords: z.array(z.int().min(0)).default([]),
    repeatRecords: z.array(z.int().min(0)).default([]),
  }),
  /** Changes the stored attendance, then answers normally: somebody edits while the client pages. */
  z.strictObject({
    kind: z.literal('change-attendance'),
    upsert: z.array(attendanceRecordSchema).default([]),
    remove: z.array(attendanceKeySchema).default([]),
    position: z.enum(['first', 'last']).default('last'),
  }),
  /** The token of this request dies; the answer is 401. */
  z.strictObject({ kind: z.literal('revoke-token') }),
]);

export const faultSchema = z.strictObject({
  /** Shown in the request log. */
  name: z.string().min(1).optional(),
  match: matchSchema.default({}),
  /** How often the fault happens; without it, every time. */
  times: z.int().min(1).optional(),
  delayMilliseconds: z.int().min(0).default(0),
  answer: answerSchema,
});

export type FaultInput = z.input<typeof faultSchema>;
export type FaultRule = z.output<typeof faultSchema>;
export type FaultAnswer = FaultRule['answer'];
