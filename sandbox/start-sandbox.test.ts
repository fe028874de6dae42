import { describe, expect, it } from 'vitest';
import { startSandbox } from './start-sandbox.ts';
import { ask, askToken, envelope, goodForm, records, signIn } from './testing/ask-sandbox.ts';
import { sandboxPerTest } from './testing/sandbox-per-test.ts';
import { smallScenario } from './testing/small-scenario.ts';

const start = sandboxPerTest();

describe('a started sandbox', () => {
  it('gives a token and then a day of attendance', async () => {
    const sandbox = await start(smallScenario(3, ['2026-03-11']));
    const token = await signIn(sandbox);
    const reply = await ask(sandbox, '/time/attendance?from=2026-03-11&to=2026-03-11', { token });
    expect(reply.status).toBe(200);
    expect(envelope(reply)).toMatchObject({ succeeded: true, totalRecords: 3, totalPages: 1, pageNumber: 1 });
    expect(records(reply).map((row) => row['employeeNumber'])).toEqual(['E1', 'E2', 'E3']);
  });

  it('listens on loopback only and frees its port when closed', async () => {
    const first = await startSandbox({ scenario: smallScenario(1, []) });
    expect(first.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    const port = Number(new URL(first.origin).port);
    await first.close();
    const second = await startSandbox({ scenario: smallScenario(1, []), port });
    await second.close();
    expect(second.origin).toBe(first.origin);
  });

  it('names the port when it is taken', async () => {
    const first = await start(smallScenario(1, []));
    const port = Number(new URL(first.origin).port);
    await expect(startSandbox({ scenario: smallScenario(1, []), port })).rejects.toMatchObject({
      code: 'port_taken',
    });
  });

  it('answers 404 for a company that it does not know, and for tokens asked of a company', async () => {
    const sandbox = await start(smallScenario(1, []));
    const token = await signIn(sandbox);
    expect((await ask(sandbox, '/time/attendance', { token, company: 'other' })).status).toBe(404);
    const atCompany = await fetch(`${sandbox.tenantOrigin('acme')}/connect/token`, {
      method: 'POST',
      body: new URLSearchParams(goodForm),
    });
    expect(atCompany.status).toBe(404);
  });

  it('refuses everything but GET on a company', async () => {
    const sandbox = await start(smallScenario(1, []));
    const token = await signIn(sandbox);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
      expect((await ask(sandbox, '/time/attendance', { token, method })).status).toBe(405);
    }
  });

  it('turns away agents of scripts and requests without an agent', async () => {
    const sandbox = await start(smallScenario(1, []));
    const token = await signIn(sandbox);
    const python = { 'user-agent': 'python-requests/2.31' };
    const none = { 'user-agent': '' };
    expect((await ask(sandbox, '/time/attendance', { token, headers: python })).status).toBe(403);
    expect((await ask(sandbox, '/time/attendance', { token, headers: none })).status).toBe(403);
    sandbox.control.changeSwitches({ userAgent: 'not-python' });
    expect((await ask(sandbox, '/time/attendance', { token, headers: none })).status).toBe(200);
    expect((await ask(sandbox, '/time/attendance', { token, headers: python })).status).toBe(403);
  });

  it('keeps a log of requests that holds no secret', async () => {
    const sandbox = await start(smallScenario(2, ['2026-03-11']));
    const token = await signIn(sandbox);
    await ask(sandbox, '/time/attendance?from=2026-03-11&pageNumber=2&api_key=ab', { token });
    await askToken(sandbox, { ...goodForm, client_secret: 'wrong' });
    const log = sandbox.control.requests();
    expect(log).toMatchObject([
      {
        host: 'login',
        method: 'POST',
        path: '/connect/token',
        status: 200,
        authorization: 'absent',
        key: 'main',
      },
      {
        host: 'tenant',
        subdomain: 'acme',
        path: '/api/v1/time/attendance',
        query: { from: '2026-03-11', api_key: '[removed]' },
        page: 2,
        status: 200,
        userAgent: 'node',
        authorization: 'present',
        key: 'main',
      },
      { host: 'login', status: 400, key: null },
    ]);
    const text = JSON.stringify(log);
    for (const secret of [token, goodForm['client_secret'] ?? '', goodForm['api_key'] ?? '']) {
      expect(text).not.toContain(secret);
    }
    sandbox.control.reset();
    expect(sandbox.control.requests()).toEqual([]);
  });
});
