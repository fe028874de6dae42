import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';

/**
 * Sends what `work` writes, piece by piece, no faster than it is taken. A failure before the first piece is answered
 * like any other; one after it breaks the answer off, so that a part is never taken for the whole. When the reader goes
 * away, the next write fails.
 */
export async function sendPieces(
  reply: FastifyReply,
  work: (write: (piece: string | Uint8Array) => Promise<void>) => Promise<void>,
): Promise<FastifyReply> {
  const pieces = new PassThrough();
  const gone = new AbortController();
  pieces.once('close', () => gone.abort(new Error('the reader went away')));
  const begun = Promise.withResolvers<void>();
  const write = async (piece: string | Uint8Array): Promise<void> => {
    gone.signal.throwIfAborted();
    begun.resolve();
    if (!pieces.write(piece)) await once(pieces, 'drain', { signal: gone.signal });
  };
  const toError = (error: unknown) => (error instanceof Error ? error : new Error('the work failed'));
  work(write).then(
    () => {
      begun.resolve();
      pieces.end();
    },
    (error: unknown) => {
      begun.reject(toError(error));
      pieces.destroy(toError(error));
    },
  );
  await begun.promise;
  return reply.send(pieces);
}
