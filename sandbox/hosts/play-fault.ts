import { z } from 'zod';
import type { SandboxState } from '../sandbox-state.ts';
import type { FaultAnswer, FaultRule } from '../scenario/fault-schema.ts';
import { type Answer, emptyAnswer, jsonAnswer, jsonType, unauthorised } from './answers.ts';
import { otherHost } from './paging.ts';
import { bearerToken, type SandboxRequest } from './sandbox-request.ts';

/** How an answer goes onto the wire. */
export type Delivery =
  | { readonly kind: 'whole'; readonly answer: Answer }
  | {
      readonly kind: 'cut';
      readonly answer: Answer;
      readonly bytes: number;
      readonly announced: 'full' | 'cut';
    }
  | {
      readonly kind: 'drip';
      readonly answer: Answer;
      readonly chunkBytes: number;
      readonly pauseMilliseconds: number;
    }
  | { readonly kind: 'flood'; readonly answer: Answer; readonly bytes: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

/** Spoils the normal answer as the rule says, or replaces it. */
export async function playFault(parts: {
  readonly rule: FaultRule;
  readonly request: SandboxRequest;
  readonly state: SandboxState;
  readonly normal: () => Answer | Promise<Answer>;
}): Promise<Delivery> {
  const { rule, request, state, normal } = parts;
  if (rule.delayMilliseconds > 0) await state.clock.sleep(rule.delayMilliseconds, request.gone);
  const fault = rule.answer;
  switch (fault.kind) {
    case 'normal':
      return { kind: 'whole', answer: await normal() };
    case 'respond':
      return { kind: 'whole', answer: fixedAnswer(fault) };
    case 'hang':
    case 'reset':
      return { kind: fault.kind };
    case 'truncate':
      return { kind: 'cut', answer: await normal(), bytes: fault.bytes, announced: fault.announced };
    case 'redirect':
      return {
        kind: 'whole',
        answer: emptyAnswer(fault.status, { location: target(fault, request, state) }),
      };
    case 'drip':
    case 'flood':
      return { ...fault, answer: await normal() };
    case 'edit':
      return { kind: 'whole', answer: editEnvelope(await normal(), fault) };
    case 'change-attendance':
      changeAttendance(fault, state);
      return { kind: 'whole', answer: await normal() };
    case 'revoke-token':
      state.tokens.revoke(bearerToken(request) ?? '');
      return { kind: 'whole', answer: unauthorised(state.switches()) };
  }
}

type Fault<Kind extends FaultAnswer['kind']> = Extract<FaultAnswer, { kind: Kind }>;

function fixedAnswer({ status, headers: given, body }: Fault<'respond'>): Answer {
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (body === undefined) return emptyAnswer(status, headers);
  if (typeof body !== 'string') return jsonAnswer(status, body, headers);
  return { status, headers: { 'content-type': guessType(body), ...headers }, body };
}

function guessType(body: string): string {
  const first = body.trimStart().charAt(0);
  if (first === '<') return 'text/html; charset=utf-8';
  return first === '{' || first === '[' || first === '"' ? jsonType : 'text/plain; charset=utf-8';
}

function target({ location }: Fault<'redirect'>, request: SandboxRequest, state: SandboxState): string {
  return location === 'other-host' ? `${otherHost(state.origin())}${request.path}` : location;
}

const envelopeSchema = z.looseObject({ data: z.array(z.unknown()).nullish() });

/** An answer that has no envelope, such as a refusal of another kind, stays as it is. */
function editEnvelope(answer: Answer, fault: Fault<'edit'>): Answer {
  const envelope = envelopeSchema.safeParse(parseJson(answer.body));
  if (!envelope.success) return answer;
  const records = envelope.data.data ?? [];
  const data = records.flatMap((record, index) => {
    if (fault.dropRecords.includes(index)) return [];
    return fault.repeatRecords.includes(index) ? [record, record] : [record];
  });
  const edited = { ...envelope.data, ...(envelope.data.data ? { data } : {}), ...fault.set };
  return { ...answer, body: JSON.stringify(edited) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown; // the schema above checks it
  } catch {
    return undefined;
  }
}

function changeAttendance(fault: Fault<'change-attendance'>, state: SandboxState): void {
  state.attendance.catchUp(state.clock.now());
  state.attendance.remove(
    fault.remove.map(({ date, employeeIdentifier }) => ({ day: date, person: employeeIdentifier })),
  );
  state.attendance.upsert(fault.upsert, fault.position);
}
