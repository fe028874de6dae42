import type { z } from 'zod';
import type { Streams } from '../../../src/contract/endpoints.ts';
import { ApiProblem } from './api-problem.ts';
import { type Asked, addressIn, problemOf, send } from './ask.ts';

/** `POST /api/v1/connections/test` and so on: what answers with events as they happen. */
export type StreamName = keyof Streams;

type Events<Name extends StreamName> = Streams[Name]['events'];

export type StreamEvent<Name extends StreamName> = {
  [Event in keyof Events<Name>]: Events<Name>[Event] extends z.ZodType
    ? { readonly event: Event; readonly data: z.output<Events<Name>[Event]> }
    : never;
}[keyof Events<Name>];

/**
 * Asks, and gives each event as it comes. Throws ApiProblem for a refusal, for a problem that ends the events, and one of
 * code `unreachable` when they break off.
 */
export async function* listen<Name extends StreamName>(
  name: Name,
  question: Asked<Streams[Name]>,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent<Name>> {
  const { body } = question;
  const response = await send(addressIn(name, question), {
    method: name.slice(0, name.indexOf(' ')),
    headers: {
      accept: 'text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal,
  });
  if (!response.ok || response.body === null) throw await problemOf(response);
  for await (const { event, data } of readEvents(response.body, signal)) {
    const value: unknown = JSON.parse(data);
    if (event === 'problem') throw new ApiProblem(value as ConstructorParameters<typeof ApiProblem>[0]); // as its name says
    // The server has checked it against the schema that this type is made from.
    yield { event, data: value } as StreamEvent<Name>;
  }
}

async function* readEvents(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly event: string; readonly data: string }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const one of whole) {
        const found = parseEvent(one);
        if (found !== null) yield found;
      }
    }
  } catch (error) {
    if (signal.aborted || error instanceof ApiProblem) throw error;
    throw ApiProblem.unreachable();
  } finally {
    // Whoever stops listening early wants nothing more to be done for it.
    await reader.cancel().catch(() => {});
  }
}

/** Null for a comment, which only keeps the connection open. */
function parseEvent(text: string): { readonly event: string; readonly data: string } | null {
  const valueOf = (name: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const [event, data] = [valueOf('event'), valueOf('data')];
  return event === undefined || data === undefined ? null : { event, data };
}
