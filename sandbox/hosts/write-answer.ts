import type { ServerResponse } from 'node:http';
import type { SandboxClock } from '../sandbox-clock.ts';
import type { Answer } from './answers.ts';
import type { Delivery } from './play-fault.ts';

/** Writes one delivery. A connection that breaks on the way is the client's business, not an error here. */
export async function writeDelivery(
  response: ServerResponse,
  delivery: Delivery,
  clock: SandboxClock,
  gone: AbortSignal,
): Promise<void> {
  switch (delivery.kind) {
    case 'whole':
      return writeWhole(response, delivery.answer);
    case 'cut':
      return writeCut(response, delivery);
    case 'drip':
      return writeSlowly(response, delivery, clock, gone);
    case 'flood':
      return writeFlood(response, delivery);
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'hang':
      return;
  }
}

function writeWhole(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

type Cut = Extract<Delivery, { kind: 'cut' }>;

function writeCut(response: ServerResponse, { answer, bytes, announced }: Cut): void {
  const body = Buffer.from(answer.body);
  const part = body.subarray(0, bytes);
  const length = announced === 'full' ? body.length : part.length;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': length });
  if (part.length === length) return void response.end(part);
  // Only after the part has left, so that the client really receives it before the end.
  response.write(part, () => response.socket?.destroy());
}

type Drip = Extract<Delivery, { kind: 'drip' }>;

async function writeSlowly(
  response: ServerResponse,
  { answer, chunkBytes, pauseMilliseconds }: Drip,
  clock: SandboxClock,
  gone: AbortSignal,
): Promise<void> {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  for (let sent = 0; sent < body.length && !gone.aborted; sent += chunkBytes) {
    response.write(body.subarray(sent, sent + chunkBytes));
    await clock.sleep(pauseMilliseconds, gone);
  }
  response.end();
}

type Flood = Extract<Delivery, { kind: 'flood' }>;

/** JSON may begin with blanks, so the whole stays valid however long it is. */
async function writeFlood(response: ServerResponse, { answer, bytes }: Flood): Promise<void> {
  const blanks = Buffer.alloc(65_536, ' ');
  response.writeHead(answer.status, answer.headers);
  for (let sent = 0; sent < bytes && !response.destroyed; sent += blanks.length) {
    if (!response.write(blanks.subarray(0, bytes - sent))) await drained(response);
  }
  response.end(answer.body);
}

async function drained(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once('drain', resolve).once('close', resolve);
  await promise;
  response.off('drain', resolve).off('close', resolve);
}
