import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { ask, askToken, goodForm, signIn } from '../testing/ask-sandbox.ts';
import { sandboxPerTest } from '../testing/sandbox-per-test.ts';
import { credentials, smallScenario, smallScenarioStart } from '../testing/small-scenario.ts';

const start = sandboxPerTest();
const day = '/time/attendance?from=2026-03-11&to=2026-03-11';

describe('the token call', () => {
  it('answers as Keka does', async () => {
    const sandbox = await start(smallScenario(1, []));
    const reply = await askToken(sandbox);
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/u) as string,
      expires_in: 86_400,
      token_type: 'Bearer',
      scope: 'kekaapi',
    });
  });

  it.each([
    ['an unknown grant', { grant_type: 'keka' }, 'unsupported_grant_type'],
    ['no grant', { grant_type: '' }, 'unsupported_grant_type'],
    ['a grant that the client may not use', { grant_type: 'client_credentials' }, 'unauthorized_client'],
    ['another scope', { scope: 'openid' }, 'invalid_scope'],
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
    ['a wrong secret', { client_secret: 'p' }, 'invalid_client'],
    ['a wrong key', { api_key: 'ab c/d==' }, 'invalid_grant'],
  ])('refuses %s', async (_, change, error) => {
    const sandbox = await start(smallScenario(1, []));
    const reply = await askToken(sandbox, { ...goodForm, ...change });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toEqual({ error });
  });

  it('refuses a good key of another client', async () => {
    const keys = [
      { name: 'main', ...credentials },
      { name: 'other', clientId: 'client-2', clientSecret: 'other', apiKey: 'second' },
    ];
    const sandbox = await start(smallScenario(1, [], { tenantChanges: { keys } }));
    const reply = await askToken(sandbox, { ...goodForm, api_key: 'second' });
    expect(JSON.parse(reply.text)).toEqual({ error: 'invalid_grant' });
  });

  it('finds out when the form was not percent-encoded', async () => {
    const sandbox = await start(smallScenario(1, []));
    const raw = Object.entries(goodForm)
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    const reply = await fetch(`${sandbox.loginOrigin}/connect/token`, {
      method: 'POST',
      body: raw,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(await reply.json()).toEqual({ error: 'invalid_client' });
  });

  it('refuses another method, another path and a body that is no form', async () => {
    const sandbox = await start(smallScenario(1, []));
    const url = `${sandbox.loginOrigin}/connect/token`;
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(`${sandbox.loginOrigin}/token`, { method: 'POST' })).status).toBe(404);
    const json = await fetch(url, { method: 'POST', body: JSON.stringify(goodForm) });
    expect(await json.json()).toEqual({ error: 'invalid_request' });
  });

  it('can answer bad credentials with 401 and a description', async () => {
    const sandbox = await start(smallScenario(1, []));
    sandbox.control.changeSwitches({ credentialErrorStatus: 401, credentialErrorDescription: 'present' });
    const reply = await askToken(sandbox, { ...goodForm, api_key: 'wrong' });
    expect(reply.status).toBe(401);
    expect(JSON.parse(reply.text)).toEqual({
      error: 'invalid_grant',
      error_description: expect.any(String) as string,
    });
    expect((await askToken(sandbox, { ...goodForm, grant_type: 'x' })).status).toBe(400);
  });

  it('takes the field apikey only when told so', async () => {
    const sandbox = await start(smallScenario(1, []));
    const { api_key: apikey = '', ...rest } = goodForm;
    expect((await askToken(sandbox, { ...rest, apikey })).status).toBe(400);
    sandbox.control.changeSwitches({ apiKeyField: 'api_key-or-apikey' });
    expect((await askToken(sandbox, { ...rest, apikey })).status).toBe(200);
  });
});

describe('a key', () => {
  it('gives no more tokens once it has expired or was revoked', async () => {
    const clock = new FakeClock(smallScenarioStart);
    const sandbox = await start(smallScenario(1, []), clock);
    sandbox.control.changeKey('main', { expiresAt: '2026-03-12T06:00:00Z' });
    expect((await askToken(sandbox)).status).toBe(200);
    clock.advance({ minutes: 30 });
    expect(JSON.parse((await askToken(sandbox)).text)).toEqual({ error: 'invalid_grant' });
    sandbox.control.changeKey('main', { expiresAt: null });
    expect((await askToken(sandbox)).status).toBe(200);
    sandbox.control.changeKey('main', { revoked: true });
    expect(JSON.parse((await askToken(sandbox)).text)).toEqual({ error: 'invalid_grant' });
  });

  it('leaves its tokens alive, or takes them along, as the switch says', async () => {
    const sandbox = await start(smallScenario(1, ['2026-03-11']));
    const token = await signIn(sandbox);
    sandbox.control.changeKey('main', { revoked: true });
    expect((await ask(sandbox, day, { token })).status).toBe(200);
    sandbox.control.changeSwitches({ tokensOfDeadKeys: 'die' });
    expect((await ask(sandbox, day, { token })).status).toBe(401);
  });

  it('opens only the modules that it has the privilege for', async () => {
    const keys = [
      { name: 'staff', ...credentials, privileges: ['employees' as const] },
      { name: 'times', ...credentials, apiKey: 'second', privileges: ['attendance' as const] },
    ];
    const sandbox = await start(smallScenario(2, ['2026-03-11'], { tenantChanges: { keys } }));
    const staff = await signIn(sandbox);
    const times = await signIn(sandbox, { ...goodForm, api_key: 'second' });
    expect((await ask(sandbox, '/hris/employees', { token: staff })).status).toBe(200);
    expect((await ask(sandbox, '/hris/employees', { token: times })).status).toBe(403);
    expect((await ask(sandbox, day, { token: times })).status).toBe(200);
    const refused = await ask(sandbox, day, { token: staff });
    expect(refused.status).toBe(403);
    expect(typeof JSON.parse(refused.text)).toBe('string');
    sandbox.control.changeSwitches({ forbiddenBody: 'text' });
    expect((await ask(sandbox, day, { token: staff })).headers.get('content-type')).toContain('text/plain');
    sandbox.control.changeKey('staff', { privileges: ['attendance'] });
    expect((await ask(sandbox, day, { token: staff })).status).toBe(200);
  });
});

describe('a token', () => {
  it('lives as long as it was told', async () => {
    const clock = new FakeClock(smallScenarioStart);
    const sandbox = await start(
      smallScenario(1, ['2026-03-11'], { tenantChanges: { switches: { tokenSeconds: 120 } } }),
      clock,
    );
    const token = await signIn(sandbox);
    clock.advance({ seconds: 119 });
    expect((await ask(sandbox, day, { token })).status).toBe(200);
    clock.advance({ seconds: 1 });
    const reply = await ask(sandbox, day, { token });
    expect([reply.status, reply.text]).toEqual([401, '']);
  });

  it('is needed, must be known, and can be revoked', async () => {
    const sandbox = await start(smallScenario(1, ['2026-03-11']));
    expect((await ask(sandbox, day)).status).toBe(401);
    expect((await ask(sandbox, day, { token: 'forged' })).status).toBe(401);
    const token = await signIn(sandbox);
    expect(sandbox.control.revokeTokens()).toBe(1);
    expect((await ask(sandbox, day, { token })).status).toBe(401);
    expect((await ask(sandbox, day, { token: await signIn(sandbox) })).status).toBe(200);
  });

  it.each([
    ['envelope' as const, /"succeeded":false/u],
    ['html' as const, /<html>/u],
  ])('is refused with a body of kind %s where the switch says so', async (unauthorisedBody, body) => {
    const sandbox = await start(smallScenario(1, []));
    sandbox.control.changeSwitches({ unauthorisedBody });
    const reply = await ask(sandbox, day);
    expect(reply.status).toBe(401);
    expect(reply.text).toMatch(body);
  });
});
