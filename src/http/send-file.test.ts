import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import type { Write } from '../reports/files/row-writer.ts';
import { sendFile } from './send-file.ts';

let server: FastifyInstance | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** The answer of a server that sends what `work` writes as a file. */
async function ask(work: (write: Write) => Promise<void>): Promise<IncomingMessage> {
  const app = Fastify();
  server = app;
  app.get('/', (_request, reply) => sendFile(reply, { name: 'days', format: 'csv' }, work));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo; // it listens on a port
  const request = get({ host: '127.0.0.1', port, path: '/', agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return answer;
}

it('sends a file under its name, piece by piece', async () => {
  const answer = await ask(async (write) => {
    await write('one\n');
    await write(Buffer.from('two\n'));
  });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="days.csv"',
  });
  expect(await text(answer)).toBe('one\ntwo\n');
});

it('answers a failure before the first piece like any other, not as a file', async () => {
  const answer = await ask(() => Promise.reject(new Error('no database')));
  expect(answer.statusCode).toBe(500);
  expect(answer.headers['content-disposition']).toBeUndefined();
  expect(JSON.parse(await text(answer))).toMatchObject({ message: 'no database' });
});

it('breaks an answer off when it fails on the way: a part is never taken for the whole', async () => {
  const failed = Promise.withResolvers<void>();
  const answer = await ask(async (write) => {
    await write('one\n');
    await failed.promise;
  });
  expect(answer.statusCode).toBe(200);
  failed.reject(new Error('no database any more'));
  await expect(text(answer)).rejects.toThrow(/aborted/);
});

it('writes no further when the reader goes away, and waits for a slow one', async () => {
  let [written, isOver] = [0, false];
  const answer = await ask(async (write) => {
    try {
      for (;;) {
        await write('x'.repeat(100_000));
        written += 1;
      }
    } finally {
      isOver = true;
    }
  });
  // Nobody reads: what fits on the way is written, and then nothing.
  let before = -1;
  let quiet = 0;
  await until(() => {
    quiet = written === before ? quiet + 1 : 0;
    before = written;
    return quiet > 20;
  });
  expect(isOver).toBe(false);
  answer.destroy();
  await until(() => isOver);
});
