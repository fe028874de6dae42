import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountsStage,
  openAccountsStage,
  owner,
  type TestBrowser,
} from '../../test/support/accounts-stage.ts';

const { email, password } = owner;

describe('requests that mean harm', () => {
  let stage: AccountsStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openAccountsStage();
    own = await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  const send = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${stage.origin}${path}`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...headers },
      body,
    });

  it.each([
    ['no JSON', '{"email":'],
    ['an array', '[]'],
    ['a text', '"text"'],
    ['null', 'null'],
    ['a name too many', JSON.stringify({ email, password, role: 'owner' })],
    ['a prototype', '{"__proto__":{"role":"owner"},"email":"a@b.example","password":"x"}'],
    ['a password that is no text', JSON.stringify({ email, password: { $ne: '' } })],
    ['an endless password', JSON.stringify({ email, password: 'x'.repeat(10_000) })],
    ['an address with a line break', JSON.stringify({ email: 'a@b.example\r\nbcc: c@d.example', password })],
    ['an address with a NUL', JSON.stringify({ email: 'a\u0000@b.example', password })],
    ['more than 64 KiB', JSON.stringify({ email, password: 'x'.repeat(70_000) })],
  ])('are refused as bad input with %s, and tell nothing of it back', async (_, body) => {
    const response = await send('/api/v1/session', body);
    expect(response.status).toBe(422);
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await response.text()).not.toMatch(/bcc|\$ne|xxxx/);
  });

  it.each(['second-factor', 'provider'])('are refused at /session/%s from another site', async (step) => {
    const response = await send(`/api/v1/session/${step}`, '{}', {
      'sec-fetch-site': 'cross-site',
      cookie: own.cookieHeader(),
    });
    expect(response.status).toBe(403);
  });

  it('cannot name another host for links, cookies or redirects', async () => {
    const response = await send('/api/v1/session', JSON.stringify({ email, password }), {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-hajiri-address': '203.0.113.9',
      'x-forwarded-for': '203.0.113.9',
    });
    expect(response.status).toBe(200);
    for (const line of response.headers.getSetCookie()) expect(line).not.toMatch(/evil|Domain=/i);
    // Nobody told this server to trust a proxy: the address is that of the connection.
    const { rows } = await stage.database.pool.query<{ address: string }>(
      'select address from audit_entry order by id desc limit 1',
    );
    expect(rows[0]?.address).toBe('127.0.0.1');
  });

  it('are stopped after ten wrong passwords, for a name that nobody has as well', async () => {
    const answers: Record<string, unknown[]> = {};
    for (const name of [email, 'nobody@acme.example']) {
      answers[name] = [];
      for (let tries = 0; tries < 11; tries += 1) {
        const { status, body } = await stage.browser().ask('POST', '/api/v1/session', {
          email: name,
          password: 'not-the-password',
        });
        answers[name].push({ status, body: { ...(body as object), requestId: '' } });
      }
    }
    expect(answers['nobody@acme.example']).toEqual(answers[email]);
    expect(answers[email]?.at(-1)).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    // The right one is refused as well, until the quarter of an hour is over: guessing on is of no use.
    const right = () => stage.browser().ask('POST', '/api/v1/session', { email, password });
    const stopped = await right();
    expect(stopped).toMatchObject({ status: 429 });
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    stage.clock.advance({ minutes: 16 });
    expect(await right()).toMatchObject({ status: 200 });
  });

  it('do not get around the limit by coming all at once', async () => {
    const guess = () =>
      stage.browser().ask('POST', '/api/v1/session', { email: 'many@acme.example', password: 'a guess' });
    const answers = await Promise.all(Array.from({ length: 15 }, guess));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  it('leave no session in a copy of the database', async () => {
    const { rows } = await stage.database.pool.query<{ token: string }>('select token from sign_in.session');
    expect(rows.length).toBeGreaterThan(0);
    for (const { token } of rows) {
      const thief = stage.browser();
      thief.cookies.set('hajiri.session_token', token);
      expect(await thief.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    }
  });
});

describe('behind a proxy with https', () => {
  let stage: AccountsStage;
  beforeAll(async () => {
    stage = await openAccountsStage({ environment: { HAJIRI_PUBLIC_URL: 'https://hajiri.example' } });
    await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  it('cookies are secure and named so, and sign-in works with them', async () => {
    const browser = stage.browser();
    const { headers } = await browser.ask('POST', '/api/v1/session', { email, password });
    const lines = headers.getSetCookie();
    expect(lines.some((line) => line.startsWith('__Secure-hajiri.session_token='))).toBe(true);
    for (const line of lines) {
      expect(line).toMatch(/; Secure/i);
      expect(line).toMatch(/; HttpOnly/i);
      expect(line).toMatch(/; SameSite=(?:Lax|Strict)/i);
    }
    expect(await browser.get('/api/v1/session')).toMatchObject({ person: { email } });
  });

  it('a page is of this Hajiri by its public address, and by no name of this machine', async () => {
    const from = async (origin: string) =>
      (
        await fetch(`${stage.origin}/api/v1/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin },
          body: JSON.stringify({ email, password }),
        })
      ).status;
    expect(await from('https://hajiri.example')).toBe(200);
    for (const origin of [stage.origin, 'http://hajiri.example', 'https://hajiri.example.evil.example']) {
      expect(await from(origin), origin).toBe(403);
    }
  });
});
