import { createServer, type RequestListener } from 'node:http';
import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { type ExchangeRequest, exchange } from './exchange.ts';

type Site = AsyncDisposable & {
  readonly url: URL;
  ask(more?: Partial<ExchangeRequest>): ReturnType<typeof exchange>;
};

async function serve(listener: RequestListener): Promise<Site> {
  const server = createServer(listener);
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const url = new URL(`http://127.0.0.1:${address.port}/list?page=1`);
  const agent = new Agent();
  return {
    url,
    ask: (more = {}) =>
      exchange(agent, {
        url,
        method: 'GET',
        headers: {},
        timeoutMilliseconds: 20_000,
        maximumBytes: 1000,
        signal: new AbortController().signal,
        ...more,
      }),
    async [Symbol.asyncDispose]() {
      await agent.destroy();
      server.closeAllConnections();
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      await closed;
    },
  };
}

describe('an exchange', () => {
  it('gives status, text and the headers that matter', async () => {
    await using site = await serve((_, response) => {
      response.writeHead(429, { 'content-type': 'Text/Plain; charset=utf-8', 'retry-after': '7' });
      response.end('slow down, Zoë');
    });
    expect(await site.ask()).toEqual({
      kind: 'answer',
      status: 429,
      headers: { contentType: 'text/plain; charset=utf-8', retryAfter: '7' },
      text: 'slow down, Zoë',
    });
  });

  it('tells when it was sent and when the answer began, in this order', async () => {
    const events: string[] = [];
    await using site = await serve((_, response) => {
      events.push('arrived');
      response.end('{}');
    });
    await site.ask({ onSent: () => events.push('sent'), onAnswered: () => events.push('answered') });
    expect(events).toEqual(['sent', 'arrived', 'answered']);
  });

  it('does not follow a redirect', async () => {
    let requests = 0;
    await using site = await serve((request, response) => {
      requests += 1;
      response.writeHead(302, { location: `http://${request.headers.host}/elsewhere` });
      response.end();
    });
    expect(await site.ask()).toMatchObject({ kind: 'answer', status: 302 });
    expect(requests).toBe(1);
  });

  it.each(['announced', 'unannounced'])(
    'ends an answer that is too large, when its size is %s',
    async (how) => {
      await using site = await serve((_, response) => {
        if (how === 'announced') response.setHeader('content-length', 1001);
        response.write('x'.repeat(how === 'announced' ? 1 : 1001));
        // Never ended: the answer must be given up for its size alone.
      });
      expect(await site.ask({ maximumBytes: 1000 })).toEqual({ kind: 'too_large', status: 200 });
    },
  );

  it('accepts an answer of exactly the largest size', async () => {
    await using site = await serve((_, response) => response.end('x'.repeat(1000)));
    expect(await site.ask({ maximumBytes: 1000 })).toMatchObject({ kind: 'answer', text: 'x'.repeat(1000) });
  });

  it('ends when no answer begins in time', async () => {
    await using site = await serve(() => undefined);
    expect(await site.ask({ timeoutMilliseconds: 30 })).toEqual({
      kind: 'network',
      code: 'network_timeout',
      systemCode: 'deadline',
    });
  });

  it('ends when the answer drips without an end', async () => {
    await using site = await serve((_, response) => {
      const drip = (): void => {
        if (response.write(' ')) setImmediate(drip);
        else response.once('drain', drip);
      };
      drip();
    });
    const result = await site.ask({ timeoutMilliseconds: 60, maximumBytes: Number.MAX_SAFE_INTEGER });
    expect(result).toMatchObject({ kind: 'network', code: 'network_timeout' });
  });

  it('reports a connection that breaks in the middle of an answer', async () => {
    await using site = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"data":[', () => response.destroy());
    });
    expect(await site.ask()).toMatchObject({ kind: 'network', code: 'network_refused' });
  });

  it('reports a port that nobody listens on', async () => {
    const site = await serve(() => undefined);
    await site[Symbol.asyncDispose]();
    const agent = new Agent();
    const result = await exchange(agent, {
      url: site.url,
      method: 'GET',
      headers: {},
      timeoutMilliseconds: 20_000,
      maximumBytes: 1000,
      signal: new AbortController().signal,
    });
    await agent.destroy();
    expect(result).toEqual({ kind: 'network', code: 'network_refused', systemCode: 'ECONNREFUSED' });
  });

  it('reports what is no HTTP at all', async () => {
    await using site = await serve((request) => request.socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
    expect(await site.ask()).toMatchObject({ kind: 'network', code: 'network_refused' });
  });

  it('rejects with the reason of the abort, and closes the connection', async () => {
    let closed = false;
    let arrived = false;
    await using site = await serve((request) => {
      arrived = true;
      request.socket.once('close', () => {
        closed = true;
      });
    });
    const stop = new AbortController();
    const asking = site.ask({ signal: stop.signal });
    await until(() => arrived);
    stop.abort(new Error('the run was cancelled'));
    await expect(asking).rejects.toThrow('the run was cancelled');
    await until(() => closed);
  });

  it('never writes a request that was aborted while it waited for its connection', async () => {
    const paths: (string | undefined)[] = [];
    await using site = await serve((request, response) => {
      paths.push(request.url);
      response.end('{}');
    });
    const stop = new AbortController();
    let sent = false;
    const asking = site.ask({ signal: stop.signal, onSent: () => (sent = true) });
    stop.abort(new Error('too late'));
    await expect(asking).rejects.toThrow('too late');
    await site.ask({ url: new URL('/after', site.url) });
    expect(paths).toEqual(['/after']);
    expect(sent).toBe(false);
  });
});
