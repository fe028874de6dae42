import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import type { FaultInput } from '../scenario/fault-schema.ts';
import { ask, askToken, envelope, type Reply, records, signIn } from '../testing/ask-sandbox.ts';
import { sandboxPerTest } from '../testing/sandbox-per-test.ts';
import { guid, record, smallScenario, smallScenarioStart } from '../testing/small-scenario.ts';

const start = sandboxPerTest();

async function open(faults: FaultInput[], people = 5) {
  const clock = new FakeClock(smallScenarioStart);
  const sandbox = await start(smallScenario(people, ['2026-03-11'], { faults }), clock);
  const token = await signIn(sandbox);
  const read = (query = ''): Promise<Reply> =>
    ask(sandbox, `/time/attendance?from=2026-03-11&to=2026-03-11${query}`, { token });
  return { clock, sandbox, token, read };
}

const attendance = '/api/v1/time/attendance';

describe('a fault meets', () => {
  const broken: FaultInput['answer'] = { kind: 'respond', status: 500, body: 'broken' };

  it('only the page that it names', async () => {
    const { read } = await open([{ match: { path: attendance, page: 2 }, answer: broken }], 250);
    expect((await read('&pageNumber=1')).status).toBe(200);
    expect((await read('&pageNumber=2')).status).toBe(500);
    expect((await read('&pageNumber=3')).status).toBe(200);
    expect((await read('&pageNumber=2')).status).toBe(500);
  });

  it('page 1 when no page is asked for', async () => {
    const { read } = await open([{ match: { page: 1 }, answer: broken }]);
    expect((await read()).status).toBe(500);
  });

  it('only the n-th request, or a stretch of them', async () => {
    const nth = await open([{ match: { nth: 2 }, answer: broken }]);
    const statuses = async (times: number, read: () => Promise<Reply>): Promise<number[]> => {
      const found: number[] = [];
      for (let call = 0; call < times; call += 1) found.push((await read()).status);
      return found;
    };
    // The token call was the first that fitted: this fault names no host.
    nth.sandbox.control.reset();
    expect(await statuses(3, nth.read)).toEqual([200, 500, 200]);
    const stretch = await open([{ match: { host: 'tenant', nth: [2, 3] }, answer: broken }]);
    expect(await statuses(4, stretch.read)).toEqual([200, 500, 500, 200]);
    const times = await open([{ match: { host: 'tenant' }, times: 2, answer: broken }]);
    expect(await statuses(3, times.read)).toEqual([500, 500, 200]);
  });

  it('what its query, method, path pattern and host say', async () => {
    const match = { query: { from: '2026-03-11' }, method: 'get', path: '/api/*/attendance' };
    const { sandbox, token, read } = await open([{ match, answer: broken }]);
    expect((await read()).status).toBe(500);
    expect((await ask(sandbox, '/time/attendance?from=2026-03-10', { token })).status).toBe(200);
    expect((await ask(sandbox, '/hris/employees?from=2026-03-11', { token })).status).toBe(200);
    sandbox.control.addFault({ match: { host: 'login' }, answer: { kind: 'respond', status: 503 } });
    expect((await askToken(sandbox)).status).toBe(503);
  });

  it('and is named in the request log', async () => {
    const { sandbox, read } = await open([{ name: 'down', match: { host: 'tenant' }, answer: broken }]);
    await read();
    expect(sandbox.control.requests().at(-1)).toMatchObject({ fault: 'down', status: 500 });
  });
});

describe('a fault answers', () => {
  const only = (answer: FaultInput['answer']): FaultInput[] => [{ match: { host: 'tenant' }, answer }];

  it('with a fixed body of the fitting type', async () => {
    const html = await (await open(only({ kind: 'respond', status: 200, body: '<html>down</html>' }))).read();
    expect([html.headers.get('content-type'), html.text]).toEqual([
      'text/html; charset=utf-8',
      '<html>down</html>',
    ]);
    const json = await (
      await open(
        only({ kind: 'respond', status: 400, body: { errors: ['x'] }, headers: { 'Retry-After': '7' } }),
      )
    ).read();
    expect(JSON.parse(json.text)).toEqual({ errors: ['x'] });
    expect(json.headers.get('retry-after')).toBe('7');
    const typed = await (
      await open(only({ kind: 'respond', status: 200, body: 'x', headers: { 'Content-Type': 'image/png' } }))
    ).read();
    expect(typed.headers.get('content-type')).toBe('image/png');
    const none = await (await open(only({ kind: 'respond', status: 204 }))).read();
    expect([none.status, none.text]).toEqual([204, '']);
  });

  it('with broken JSON when cut short, and a broken transfer when the full length was announced', async () => {
    const cut = await (await open(only({ kind: 'truncate', bytes: 40 }))).read();
    expect(cut.status).toBe(200);
    expect(cut.text).toBe('{"succeeded":true,"message":null,"errors');
    const { read } = await open(only({ kind: 'truncate', bytes: 40, announced: 'full' }));
    await expect(read()).rejects.toThrow(/terminated|fetch failed/u);
  });

  it('by breaking the connection', async () => {
    const { sandbox, read } = await open(only({ kind: 'reset' }));
    await expect(read()).rejects.toThrow('fetch failed');
    expect(sandbox.control.requests().at(-1)).toMatchObject({ fault: 'reset', status: null });
  });

  it('never, and lets the client give up', async () => {
    const { sandbox, token } = await open(only({ kind: 'hang' }));
    const giveUp = new AbortController();
    const pending = fetch(`${sandbox.tenantOrigin('acme')}${attendance}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: giveUp.signal,
    });
    await expect.poll(() => sandbox.control.requests().at(-1)?.fault).toBe('hang');
    giveUp.abort();
    await expect(pending).rejects.toThrow('aborted');
  });

  it('late, in the time of the clock', async () => {
    const { clock, read } = await open([
      { match: { host: 'tenant' }, delayMilliseconds: 30_000, answer: { kind: 'normal' } },
    ]);
    let answered = false;
    const pending = read().then((reply) => {
      answered = true;
      return reply;
    });
    await expect.poll(() => clock.sleeping).toBe(1);
    expect(answered).toBe(false);
    clock.advance({ seconds: 30 });
    expect((await pending).status).toBe(200);
  });

  it('a few bytes at a time', async () => {
    const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
    const faults = only({ kind: 'drip', chunkBytes: 500, pauseMilliseconds: 1_000 });
    const sandbox = await start(smallScenario(2, ['2026-03-11'], { faults }), clock);
    const before = clock.now();
    const reply = await ask(sandbox, '/time/attendance', { token: await signIn(sandbox) });
    expect(records(reply)).toHaveLength(2);
    expect(before.until(clock.now()).total('seconds')).toBeGreaterThan(3);
  });

  it('with more bytes than anybody wants', async () => {
    const { read } = await open(only({ kind: 'flood', bytes: 3_000_000 }));
    const reply = await read();
    expect(reply.text.length).toBeGreaterThan(3_000_000);
    expect(records(reply)).toHaveLength(5);
  });

  it('with a redirect to another host or any address', async () => {
    const { sandbox, read } = await open([
      { match: { host: 'tenant', nth: 1 }, answer: { kind: 'redirect' } },
      {
        match: { host: 'tenant' },
        answer: { kind: 'redirect', status: 307, location: 'https://evil.example/' },
      },
    ]);
    const first = await read();
    expect(first.status).toBe(302);
    const port = new URL(sandbox.origin).port;
    expect(first.headers.get('location')).toBe(`http://localhost:${port}/elsewhere${attendance}`);
    const second = await read();
    expect([second.status, second.headers.get('location')]).toEqual([307, 'https://evil.example/']);
  });

  it('with an edited envelope', async () => {
    const set = await (await open(only({ kind: 'edit', set: { data: null, totalRecords: 80 } }))).read();
    expect(envelope(set)).toMatchObject({ succeeded: true, data: null, totalRecords: 80 });
    const changed = await (
      await open(only({ kind: 'edit', dropRecords: [0, 4], repeatRecords: [1] }))
    ).read();
    expect(records(changed).map((row) => row['employeeNumber'])).toEqual(['E2', 'E2', 'E3', 'E4']);
    expect(envelope(changed)).toMatchObject({ totalRecords: 5 });
  });

  it('after somebody has edited attendance between two pages', async () => {
    const inserted: FaultInput['answer'] = {
      kind: 'change-attendance',
      upsert: [record(900, '2026-03-11')],
      remove: [{ employeeIdentifier: guid(250), date: '2026-03-11' }],
      position: 'first',
    };
    const { read } = await open([{ match: { page: 2 }, times: 1, answer: inserted }], 250);
    const numbers = [];
    for (const page of [1, 2, 3]) {
      numbers.push(...records(await read(`&pageNumber=${page}`)).map((row) => row['employeeNumber']));
    }
    expect(numbers).toHaveLength(250);
    expect(numbers.filter((number) => number === 'E100')).toHaveLength(2); // pushed to page 2
    expect(numbers).not.toContain('E900');
    expect(numbers).not.toContain('E250');
  });

  it('by taking the token away: the next one works', async () => {
    const { sandbox, token, read } = await open([
      { match: { page: 2 }, times: 1, answer: { kind: 'revoke-token' } },
    ]);
    expect((await read()).status).toBe(200);
    expect((await read('&pageNumber=2')).status).toBe(401);
    expect((await read()).status).toBe(401);
    const next = await signIn(sandbox);
    expect(next).not.toBe(token);
    expect((await ask(sandbox, '/time/attendance?pageNumber=2', { token: next })).status).toBe(200);
  });

  it('only after the budget: a fault does not hide 429', async () => {
    const { sandbox, read } = await open(only({ kind: 'respond', status: 500 }));
    sandbox.control.changeRateLimit({ requests: 1 });
    expect((await read()).status).toBe(500);
    expect((await read()).status).toBe(429);
  });
});
