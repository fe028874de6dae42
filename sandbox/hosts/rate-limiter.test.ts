import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import type { RateLimitChanges } from '../scenario/switches.ts';
import { ask, askToken, goodForm, type Reply, signIn } from '../testing/ask-sandbox.ts';
import { sandboxPerTest } from '../testing/sandbox-per-test.ts';
import { credentials, smallScenario, smallScenarioStart } from '../testing/small-scenario.ts';
import { httpDate } from './rate-limiter.ts';

const start = sandboxPerTest();

async function open(rateLimit: RateLimitChanges) {
  const clock = new FakeClock(smallScenarioStart);
  const sandbox = await start(smallScenario(1, ['2026-03-11'], { tenantChanges: { rateLimit } }), clock);
  const token = await signIn(sandbox);
  const read = (path = '/time/attendance'): Promise<Reply> => ask(sandbox, path, { token });
  const passed = async (times: number): Promise<number> => {
    const replies = await Promise.all(Array.from({ length: times }, () => read()));
    return replies.filter(({ status }) => status === 200).length;
  };
  return { clock, sandbox, read, passed };
}

describe('the request budget', () => {
  it('is 50 in a minute by default, and back at once when the fixed window has turned', async () => {
    const { clock, passed } = await open({});
    expect(await passed(20)).toBe(20);
    clock.advance({ seconds: 30 });
    expect(await passed(40)).toBe(30);
    clock.advance({ seconds: 29 });
    expect(await passed(1)).toBe(0);
    clock.advance({ seconds: 1 });
    expect(await passed(60)).toBe(50);
  });

  it('comes back piece by piece with a sliding window', async () => {
    const { clock, passed } = await open({ window: 'sliding' });
    expect(await passed(20)).toBe(20);
    clock.advance({ seconds: 30 });
    expect(await passed(40)).toBe(30);
    clock.advance({ seconds: 30 });
    expect(await passed(60)).toBe(20);
    clock.advance({ seconds: 30 });
    expect(await passed(60)).toBe(30);
  });

  it('can be switched off, changed and reset while it runs', async () => {
    const { sandbox, passed } = await open({ requests: 2 });
    expect(await passed(3)).toBe(2);
    sandbox.control.reset();
    expect(await passed(3)).toBe(2);
    sandbox.control.changeRateLimit({ requests: null });
    expect(await passed(70)).toBe(70);
  });

  it('does not count tokens', async () => {
    const { sandbox, passed } = await open({ requests: 1 });
    for (let call = 0; call < 5; call += 1) expect((await askToken(sandbox)).status).toBe(200);
    expect(await passed(2)).toBe(1);
  });

  it('is one for the company, or one for each endpoint', async () => {
    const { sandbox, read } = await open({ requests: 1 });
    expect((await read()).status).toBe(200);
    expect((await read('/hris/employees')).status).toBe(429);
    sandbox.control.changeRateLimit({ scope: 'endpoint' });
    sandbox.control.reset();
    expect((await read()).status).toBe(200);
    expect((await read('/hris/employees')).status).toBe(200);
    expect((await read()).status).toBe(429);
  });

  it('can be one for each key', async () => {
    const keys = [
      { name: 'one', ...credentials, apiKey: 'first' },
      { name: 'two', ...credentials, apiKey: 'second' },
    ];
    const rateLimit = { requests: 1, scope: 'key' as const };
    const sandbox = await start(smallScenario(1, [], { tenantChanges: { keys, rateLimit } }));
    const tokens = [
      await signIn(sandbox, { ...goodForm, api_key: 'first' }),
      await signIn(sandbox, { ...goodForm, api_key: 'second' }),
      await signIn(sandbox, { ...goodForm, api_key: 'first' }),
    ];
    const statuses = [];
    for (const token of tokens) statuses.push((await ask(sandbox, '/hris/employees', { token })).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it.each([
    ['json', 'application/json; charset=utf-8', /^\{.*rateLimitExceeded.*\}$/u],
    ['empty', null, /^$/u],
    ['text', 'text/plain; charset=utf-8', /^Too many requests/u],
  ] as const)('is refused with a body of kind %s', async (body, type, text) => {
    const { read } = await open({ requests: 0, body });
    const reply = await read();
    expect(reply.status).toBe(429);
    expect(reply.headers.get('content-type')).toBe(type);
    expect(reply.text).toMatch(text);
    expect(reply.headers.get('retry-after')).toBeNull();
  });

  it.each([
    ['seconds', '45'],
    ['http-date', 'Thu, 12 Mar 2026 05:31:00 GMT'],
    ['absurd', '31536000000'],
  ] as const)('tells when to come back as %s', async (retryAfter, header) => {
    const { clock, read } = await open({ requests: 1, retryAfter });
    await read();
    clock.advance({ seconds: 15 });
    expect((await read()).headers.get('retry-after')).toBe(header);
  });
});

describe('httpDate', () => {
  it('writes the fixed form of HTTP', () => {
    expect(httpDate(Temporal.Instant.from('2026-12-06T08:09:07Z'))).toBe('Sun, 06 Dec 2026 08:09:07 GMT');
  });
});
