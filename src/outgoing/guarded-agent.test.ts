import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Agent, request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type AddressRange, parseRange } from './address-rules.ts';
import { createGuardedAgent, type Resolve, refusalOf } from './guarded-agent.ts';
import { parseOutgoingAddress } from './parse-address.ts';

const loopback = ['127.0.0.0/8', '::1'].map(parseRange).filter((range) => range !== null);

describe('a client for addresses that people entered', () => {
  let server: Server;
  let port: number;
  let seen: string[] = [];
  beforeAll(async () => {
    server = createServer(({ url = '' }, answer) => {
      seen.push(url);
      if (url === '/redirect') answer.writeHead(302, { location: `http://127.0.0.1:${port}/inside` });
      answer.end('inside');
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', resolve);
    await promise;
    ({ port } = server.address() as AddressInfo); // it listens on a port
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    seen = [];
  });

  function agentFor(resolve: Resolve, allowed: readonly AddressRange[] = []): Agent {
    const agent = createGuardedAgent({ allowed, resolve });
    onTestFinished(() => agent.destroy());
    return agent;
  }
  const leadsTo =
    (...answers: readonly (readonly string[])[]): Resolve =>
    async () => {
      const [now = [], ...later] = answers;
      if (later.length > 0) answers = later;
      return now.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    };
  async function ask(agent: Agent, url: string): Promise<string> {
    try {
      const { statusCode, body } = await request(url, { dispatcher: agent });
      await body.dump();
      return String(statusCode);
    } catch (error) {
      return refusalOf(error)?.code ?? 'another failure';
    }
  }

  it('does not reach this machine by a name that leads there', async () => {
    const agent = agentFor(leadsTo(['127.0.0.1']));
    expect(await ask(agent, `http://hooks.example:${port}/`)).toBe('address_refused');
    expect(seen).toEqual([]);
  });

  it.each(['127.0.0.1', '[::1]', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'does not reach it by its address %s',
    async (host) => {
      const url = new URL(`http://${host}:${port}/`);
      expect(await ask(agentFor(leadsTo(['8.8.8.8'])), url.href)).toBe('address_refused');
      expect(seen).toEqual([]);
    },
  );

  it('judges every address of a name', async () => {
    const agent = agentFor(leadsTo(['8.8.8.8', '127.0.0.1']));
    expect(await ask(agent, `http://hooks.example:${port}/`)).toBe('address_refused');
    expect(await ask(agentFor(leadsTo([])), `http://hooks.example:${port}/`)).toBe('address_refused');
    expect(seen).toEqual([]);
  });

  it('is not led inside by a name that was elsewhere when it was checked', async () => {
    const resolve = leadsTo(['8.8.8.8'], ['127.0.0.1']);
    expect(await resolve('hooks.example')).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(await ask(agentFor(resolve), `http://hooks.example:${port}/`)).toBe('address_refused');
    expect(seen).toEqual([]);
  });

  it('connects to the addresses that it judged, and asks for no others', async () => {
    let asked = 0;
    const resolve: Resolve = async () => {
      asked += 1;
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const agent = agentFor(resolve, loopback);
    expect(await ask(agent, `http://hooks.example:${port}/hook`)).toBe('200');
    expect(asked).toBe(1);
    expect(seen).toEqual(['/hook']);
  });

  it('follows no redirect', async () => {
    const agent = agentFor(leadsTo(['127.0.0.1']), loopback);
    expect(await ask(agent, `http://hooks.example:${port}/redirect`)).toBe('302');
    expect(seen).toEqual(['/redirect']);
  });

  it('tells another failure from a refusal', async () => {
    const agent = agentFor(async () => Promise.reject(new Error('ENOTFOUND')));
    expect(await ask(agent, 'http://nobody.example/')).toBe('another failure');
  });
});

describe('an address that is entered', () => {
  const parse = (text: string, allowed: readonly AddressRange[] = []) =>
    parseOutgoingAddress(text, { allowed });

  it('may be one of https, with a path and a query', () => {
    expect(parse('https://hooks.example.com:8443/a?b=c')).toEqual({
      ok: true,
      url: new URL('https://hooks.example.com:8443/a?b=c'),
    });
  });

  it.each([
    '',
    'hooks.example.com',
    'ftp://hooks.example.com/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'https:///path',
    'https:hooks.example.com',
    'http://hooks.example.com/',
    'https://user@hooks.example.com/',
    'https://user:secret@hooks.example.com/',
    'https://hooks.example.com/#part',
    ' https://hooks.example.com/',
    'https://hooks.example.com/\n',
    'https://hooks.example.com/\r\nx: y',
    'https://hooks.exa\tmple.com/',
    'https://hooks.exa\u200bmple.com/',
    'https:\\\\hooks.example.com\\',
    'https://hooks.example.com\\@evil.example/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data',
    `https://hooks.example.com/${'x'.repeat(2000)}`,
  ])('may not be %j', (text) => {
    expect(parse(text)).toEqual({ ok: false, reason: expect.any(String) });
  });

  it('may be a private one, by http as well, where the settings allow it', () => {
    expect(parse('http://127.0.0.1:9000/hook', loopback)).toMatchObject({ ok: true });
    expect(parse('https://[::1]/hook', loopback)).toMatchObject({ ok: true });
    expect(parse('http://10.0.0.1/hook', loopback)).toMatchObject({ ok: false });
    expect(parse('http://8.8.8.8/hook', loopback)).toMatchObject({ ok: false });
  });
});
