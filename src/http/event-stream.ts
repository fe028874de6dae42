import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { isHajiriError } from '../errors/hajiri-error.ts';
import { describeProblem, problemPage } from '../errors/problem-codes.ts';

export type StreamEvent = { readonly event: string; readonly data: unknown };

/** The media type of a stream of events, for the schema of a route. */
export const eventStreamType = 'text/event-stream';

/**
 * Sends events as they come (`text/event-stream`). When the reader goes away, the signal is aborted and nothing more is
 * asked of the source. A failure is the last event, called `problem`: the answer has begun by then.
 */
export function sendEvents(
  reply: FastifyReply,
  source: (signal: AbortSignal) => AsyncIterable<StreamEvent>,
): FastifyReply {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new Error('the reader went away')));
  return (
    reply
      .type(eventStreamType)
      .header('cache-control', 'no-store')
      // A proxy in between must pass each event on at once.
      .header('x-accel-buffering', 'no')
      .send(Readable.from(encode(source(gone.signal), gone.signal)))
  );
}

async function* encode(events: AsyncIterable<StreamEvent>, signal: AbortSignal): AsyncGenerator<string> {
  try {
    for await (const { event, data } of events) yield textOf(event, data);
  } catch (error) {
    if (!signal.aborted) yield textOf('problem', toProblem(error));
  }
}

function textOf(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function toProblem(error: unknown) {
  const code = isHajiriError(error) ? error.code : 'internal';
  const { title, nextStep } = describeProblem(code);
  const detail = isHajiriError(error) ? error.message : 'Hajiri made a mistake while answering.';
  return { type: problemPage(code), title, code, detail, whatToDo: nextStep };
}
