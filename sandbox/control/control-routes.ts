import { z } from 'zod';
import { InvalidInputError } from '../../src/errors/hajiri-error.ts';
import { type Answer, emptyAnswer, jsonAnswer } from '../hosts/answers.ts';
import type { SandboxRequest } from '../hosts/sandbox-request.ts';
import type { SandboxControl } from './sandbox-control.ts';

type Verb = (control: SandboxControl, body: unknown, request: SandboxRequest) => unknown;

const changesSchema = z.strictObject({
  upsert: z.array(z.unknown()).default([]),
  remove: z.array(z.unknown()).default([]),
  position: z.enum(['first', 'last']).default('last'),
});

/** Every verb of SandboxControl by method and path. The verbs check what they are given. */
const verbs: Readonly<Record<string, Verb>> = {
  'GET /': (control) => control.describe(),
  'PUT /clock': (control, body) => control.setClock(member(body, 'now', z.string())),
  'POST /clock/advance': (control, body) => control.advanceClock(member(body, 'by', durationShape)),
  'POST /attendance': (control, body) => {
    const { upsert, remove, position } = read(changesSchema, body);
    const removed = control.removeAttendance(read(z.array(attendanceKeyShape), remove));
    control.upsertAttendance(upsert, position);
    return { upserted: upsert.length, removed };
  },
  'POST /employees': (control, body) => {
    const { upsert, remove } = read(changesSchema, body);
    const removed = control.removeEmployees(read(z.array(z.string()), remove));
    control.upsertEmployees(upsert);
    return { upserted: upsert.length, removed };
  },
  'GET /faults': (control) => control.describe().faults,
  'POST /faults': (control, body) => control.addFault(body as Parameters<SandboxControl['addFault']>[0]),
  'DELETE /faults': (control, _, { query }) => ({
    cleared: control.clearFaults(query.get('name') ?? undefined),
  }),
  'POST /tokens/revoke': (control) => ({ revoked: control.revokeTokens() }),
  'PATCH /keys': (control, body, { query }) =>
    control.changeKey(query.get('name') ?? '', body as Parameters<SandboxControl['changeKey']>[1]),
  'PATCH /switches': (control, body) =>
    control.changeSwitches(body as Parameters<SandboxControl['changeSwitches']>[0]),
  'PATCH /rate-limit': (control, body) =>
    control.changeRateLimit(body as Parameters<SandboxControl['changeRateLimit']>[0]),
  'GET /requests': (control) => control.requests(),
  'POST /reset': (control) => control.reset(),
};

const durationShape = z.union([z.string(), z.record(z.string(), z.number())]);
const attendanceKeyShape = z.strictObject({ employeeIdentifier: z.string(), date: z.string() });

/** Answers a request below `/__sandbox`. Bad input gets 422 with every fault; a verb without a result gets 204. */
export async function answerControl(request: SandboxRequest, control: SandboxControl): Promise<Answer> {
  // A page in a browser could reach a loopback port under a name of its own; only the real names may steer.
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/u.test(request.headers.host ?? '')) {
    return jsonAnswer(403, { error: 'the control interface answers to 127.0.0.1 and localhost only' });
  }
  const path = request.path.replace(/(?<=.)\/$/u, '');
  const verb = verbs[`${request.method} ${path}`];
  if (verb === undefined) {
    return jsonAnswer(404, { error: 'no such control verb', verbs: Object.keys(verbs) });
  }
  try {
    const result = verb(control, parseBody(await request.readBody()), request);
    return result === undefined ? emptyAnswer(204) : jsonAnswer(200, result);
  } catch (error) {
    if (error instanceof InvalidInputError) return jsonAnswer(422, { faults: error.faults });
    throw error;
  }
}

function parseBody(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown; // each verb checks it
  } catch {
    throw new InvalidInputError([{ field: 'body', reason: 'is not JSON' }]);
  }
}

function read<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    parsed.error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', reason: message })),
  );
}

function member<Output>(body: unknown, name: string, schema: z.ZodType<Output>): Output {
  return read(z.strictObject({ [name]: schema }), body)[name] as Output; // the schema has just this member
}
