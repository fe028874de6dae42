import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isHajiriError } from '../errors/hajiri-error.ts';
import { describeProblem, problemPage } from '../errors/problem-codes.ts';

export type StreamEvent = { readonly event: string; readonly data: unknown };

declare module 'fastify' {
  interface FastifyInstance {
    /** Aborted when the server begins to close. */
    readonly closing: AbortSignal;
  }
}

export function announceClosing(app: FastifyInstance): void {
  const closing = new AbortController();
  app.decorate('closing', closing.signal);
  app.addHook('preClose', async () => closing.abort(new Error('the server closes')));
}

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
  // A server that is told to stop does not wait for events that may take an hour to come.
  const signal = AbortSignal.any([gone.signal, reply.server.closing]);
  return (
    reply
      .type(eventStreamType)
      .header('cache-control', 'no-store')
      // Used for nothing else: a server that stops would wait for it otherwise.
      .header('connection', 'close')
      // A proxy in between must pass each event on at once.
      .header('x-accel-buffering', 'no')
      .send(Readable.from(encode(source(signal), signal)))
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
