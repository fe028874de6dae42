import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../start-sandbox.ts';
import { ask, askToken, records, signIn } from '../testing/ask-sandbox.ts';
import { sandboxPerTest } from '../testing/sandbox-per-test.ts';
import { guid, profile, record, smallScenario } from '../testing/small-scenario.ts';

const start = sandboxPerTest();

async function steer(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const response = await fetch(`${sandbox.origin}/__sandbox${path}`, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

describe('the control interface over HTTP', () => {
  it('describes the sandbox without its secrets', async () => {
    const sandbox = await start(smallScenario(3, ['2026-03-11']));
    const { status, body } = await steer(sandbox, 'GET', '/');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      now: '2026-03-12T05:30:00.000Z',
      today: '2026-03-12',
      subdomains: ['acme'],
      employees: 3,
      attendance: 3,
      keys: [{ name: 'main', privileges: ['employees', 'attendance'], expiresAt: null, revoked: false }],
      switches: { links: 'absolute' },
      rateLimit: { requests: null },
      faults: [],
    });
    expect(JSON.stringify(body)).not.toContain('p&q=r');
  });

  it('moves the clock', async () => {
    const sandbox = await start(smallScenario(1, []));
    expect((await steer(sandbox, 'POST', '/clock/advance', { by: 'P1DT1H' })).status).toBe(204);
    expect(sandbox.control.now().toString()).toBe('2026-03-13T06:30:00Z');
    await steer(sandbox, 'PUT', '/clock', { now: '2026-04-01T20:00:00Z' });
    expect(sandbox.control.today().toString()).toBe('2026-04-02');
  });

  it('changes attendance and employees', async () => {
    const sandbox = await start(smallScenario(2, ['2026-03-11']));
    const token = await signIn(sandbox);
    const changed = await steer(sandbox, 'POST', '/attendance', {
      upsert: [record(2, '2026-03-11', { dayType: 1 }), record(3, '2026-03-11')],
      remove: [{ employeeIdentifier: guid(1).toUpperCase(), date: '2026-03-11' }],
    });
    expect(changed).toEqual({ status: 200, body: { upserted: 2, removed: 1 } });
    const rows = records(await ask(sandbox, '/time/attendance', { token }));
    expect(rows.map((row) => [row['employeeNumber'], row['dayType']])).toEqual([
      ['E2', 1],
      ['E3', 0],
    ]);
    await steer(sandbox, 'POST', '/employees', { upsert: [profile(9)], remove: [guid(1)] });
    const people = records(await ask(sandbox, '/hris/employees', { token }));
    expect(people.map((row) => row['employeeNumber'])).toEqual(['E2', 'E9']);
  });

  it('changes keys, tokens, switches, limits and faults', async () => {
    const sandbox = await start(smallScenario(1, ['2026-03-11']));
    const token = await signIn(sandbox);
    const status = async (): Promise<number> => (await ask(sandbox, '/time/attendance', { token })).status;
    await steer(sandbox, 'POST', '/faults', { name: 'x', answer: { kind: 'respond', status: 502 } });
    expect(await status()).toBe(502);
    expect((await steer(sandbox, 'GET', '/faults')).body).toMatchObject([{ name: 'x' }]);
    expect((await steer(sandbox, 'DELETE', '/faults?name=x')).body).toEqual({ cleared: 1 });
    expect(await status()).toBe(200);
    await steer(sandbox, 'PATCH', '/keys?name=main', { privileges: [] });
    expect(await status()).toBe(403);
    await steer(sandbox, 'PATCH', '/keys?name=main', { privileges: ['attendance'], revoked: true });
    expect((await askToken(sandbox)).status).toBe(400);
    expect((await steer(sandbox, 'POST', '/tokens/revoke')).body).toEqual({ revoked: 1 });
    expect(await status()).toBe(401);
    await steer(sandbox, 'PATCH', '/switches', { unauthorisedBody: 'html' });
    expect((await ask(sandbox, '/time/attendance')).text).toContain('<html>');
    await steer(sandbox, 'PATCH', '/rate-limit', { requests: 0 });
    expect(await status()).toBe(429);
  });

  it('reads and resets the log, in which it does not stand itself', async () => {
    const sandbox = await start(smallScenario(1, []));
    await signIn(sandbox);
    expect((await steer(sandbox, 'GET', '/requests')).body).toMatchObject([
      { number: 1, path: '/connect/token' },
    ]);
    await steer(sandbox, 'POST', '/reset');
    expect((await steer(sandbox, 'GET', '/requests')).body).toEqual([]);
  });

  it.each([
    ['PATCH', '/switches', { linkz: 'absolute' }, 'switches'],
    ['PATCH', '/switches', { links: 'sideways' }, 'switches links'],
    ['PATCH', '/rate-limit', { requests: -1 }, 'rateLimit requests'],
    ['PATCH', '/keys?name=other', {}, 'name'],
    ['PATCH', '/keys?name=main', { expiresAt: 'soon' }, 'key expiresAt'],
    ['POST', '/faults', { answer: { kind: 'respond', status: 99 } }, 'fault answer.status'],
    ['POST', '/attendance', { upsert: [{ attendanceDate: 'x' }] }, 'upsert [0].attendanceDate'],
    ['POST', '/employees', { upsert: [{}] }, 'upsert [0].id'],
    ['PUT', '/clock', { now: 'noon' }, 'now'],
    ['POST', '/clock/advance', { by: 'a while' }, 'by'],
    ['POST', '/faults', '{', 'body'],
  ])('names the fault in %s %s %j', async (method, path, body, field) => {
    const sandbox = await start(smallScenario(1, []));
    const reply = await steer(sandbox, method, path, body);
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ faults: [{ field, reason: expect.any(String) as string }] });
  });

  it('lists its verbs when one is unknown', async () => {
    const sandbox = await start(smallScenario(1, []));
    const reply = await steer(sandbox, 'GET', '/clock');
    expect(reply.status).toBe(404);
    expect(reply.body).toMatchObject({ verbs: expect.arrayContaining(['PUT /clock']) as string[] });
  });

  it('is closed to other host names', async () => {
    const sandbox = await start(smallScenario(1, []));
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    request(`${sandbox.origin}/__sandbox/`, { headers: { host: 'attacker.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
    expect(await promise).toBe(403);
  });
});

describe('the control interface in process', () => {
  it('throws on bad input and changes nothing', async () => {
    const sandbox = await start(smallScenario(1, ['2026-03-11']));
    expect(() =>
      sandbox.control.upsertAttendance([record(2, '2026-03-11'), { attendanceDate: null }]),
    ).toThrow('upsert [1].attendanceDate');
    expect(sandbox.control.describe().attendance).toBe(1);
    expect(() => sandbox.control.changeKey('nobody', {})).toThrow('no key has this name');
  });

  it('takes durations as Temporal does', async () => {
    const sandbox = await start(smallScenario(1, []));
    sandbox.control.advanceClock({ days: 2 });
    sandbox.control.setClock(sandbox.control.now().add({ seconds: 5 }));
    expect(sandbox.control.now().toString()).toBe('2026-03-14T05:30:05Z');
  });
});
