import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { mediaTypes } from '../reports/files/file-formats.ts';
import type { FileFormat } from '../reports/files/format-names.ts';
import type { Write } from '../reports/files/row-writer.ts';

/** The kinds of files of a report, for the schema of a route. */
export const fileContent = Object.fromEntries(
  Object.values(mediaTypes).map((type) => [type.split(';')[0] ?? type, { schema: z.any() }]),
);

/** Sends a file under its name, as `sendPieces` sends anything. */
export function sendFile(
  reply: FastifyReply,
  { name, format }: { readonly name: string; readonly format: FileFormat },
  work: (write: Write) => Promise<void>,
): Promise<FastifyReply> {
  nameFile(reply, `${name}.${format}`, format);
  return sendPieces(reply, work);
}

export function nameFile(reply: FastifyReply, name: string, format: FileFormat): void {
  reply.type(mediaTypes[format]).header('content-disposition', `attachment; filename="${name}"`);
}

/**
 * Sends what `work` writes, piece by piece, no faster than it is taken. A failure before the first piece is answered
 * like any other; one after it breaks the answer off, so that a part is never taken for the whole. When the reader goes
 * away, the next write fails.
 */
export async function sendPieces(
  reply: FastifyReply,
  work: (write: Write) => Promise<void>,
): Promise<FastifyReply> {
  const pieces = new PassThrough();
  // A failure is told where it is waited for; without a listener it would end the process.
  pieces.on('error', () => {});
  const gone = new AbortController();
  pieces.once('close', () => gone.abort(new Error('the reader went away')));
  const begun = Promise.withResolvers<void>();
  const write: Write = async (piece) => {
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
      // Whoever waits answers with the failure; the type of a file is not that of its answer.
      reply.removeHeader('content-disposition').removeHeader('content-type');
      begun.reject(toError(error));
      pieces.destroy(toError(error));
    },
  );
  await begun.promise;
  return reply.send(pieces);
}
