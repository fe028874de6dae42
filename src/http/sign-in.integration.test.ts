import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountsStage,
  openAccountsStage,
  owner,
  type TestBrowser,
} from '../../test/support/accounts-stage.ts';

const { email, password } = owner;

describe('signing in', () => {
  let stage: AccountsStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openAccountsStage();
    own = await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  const audited = async () => {
    const { rows } = await stage.database.pool.query<{ actor_name: string; action: string }>(
      'select actor_name, action from audit_entry order by id desc limit 1',
    );
    return rows.map(({ actor_name, action }) => `${actor_name} ${action}`).join();
  };

  it('tells who somebody is, where, and what they may do', async () => {
    expect(await own.get('/api/v1/session')).toMatchObject({
      person: { name: owner.name, email, secondFactor: false },
      organisation: { name: 'Acme', zone: 'Asia/Kolkata' },
      role: 'owner',
      permissions: expect.arrayContaining(['manage members', 'read attendance']) as unknown,
      organisations: [{ name: 'Acme', role: 'owner' }],
    });
    expect(await own.get('/api/v1/runs')).toEqual([]);
  });

  it('takes the right password, whatever the case of the address, and writes it down', async () => {
    const browser = stage.browser();
    expect(await browser.post('/api/v1/session', { email: ` ${email.toUpperCase()}`, password })).toEqual({
      state: 'signed_in',
    });
    expect(await browser.get('/api/v1/session')).toMatchObject({ person: { email } });
    expect(await audited()).toBe('Asha Rao signed in');
  });

  it('gives every sign-in a session of its own, which nobody chose beforehand', async () => {
    const browser = stage.browser();
    browser.cookies.set('hajiri.session_token', 'chosen-by-somebody-else');
    await browser.post('/api/v1/session', { email, password });
    const first = browser.cookies.get('hajiri.session_token');
    expect(first).not.toContain('chosen');
    await browser.post('/api/v1/session', { email, password });
    expect(browser.cookies.get('hajiri.session_token')).not.toBe(first);
  });

  it('sets cookies that no script reads and no other site sends along', async () => {
    const { headers } = await stage.browser().ask('POST', '/api/v1/session', { email, password });
    const lines = headers.getSetCookie();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/HttpOnly/i);
    for (const line of lines) expect(line).toMatch(/SameSite=Lax/i);
  });

  it('ends with the session, at once, in every browser that holds it', async () => {
    const browser = stage.browser();
    await browser.post('/api/v1/session', { email, password });
    const copy = stage.browser();
    copy.cookies.set('hajiri.session_token', browser.cookies.get('hajiri.session_token') ?? '');
    expect(await copy.get('/api/v1/session')).toMatchObject({ person: { email } });
    expect(await browser.ask('DELETE', '/api/v1/session')).toMatchObject({ status: 200 });
    expect(browser.cookies.size).toBe(0);
    expect(await audited()).toBe('Asha Rao signed out');
    expect(await copy.ask('GET', '/api/v1/session')).toMatchObject({
      status: 401,
      body: { code: 'session_ended' },
    });
    expect(await copy.ask('GET', '/api/v1/runs')).toMatchObject({ status: 401 });
  });

  it('answers the same for a wrong password and for an address that nobody has', async () => {
    const answers = [];
    for (const given of [
      { email, password: 'not-the-password' },
      { email: 'nobody@acme.example', password: 'not-the-password' },
    ]) {
      const { status, body } = await stage.browser().ask('POST', '/api/v1/session', given);
      answers.push({ status, body: { ...(body as object), requestId: '' } });
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'sign_in_refused' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(await audited()).toBe('Asha Rao failed to sign in');
  });

  it('is refused to a page of another site, and to anything but JSON', async () => {
    const cookie = own.cookieHeader();
    const send = (headers: Record<string, string>, body: string | null = '{"organisation":"x"}') =>
      fetch(`${stage.origin}/api/v1/session/organisation`, { method: 'POST', headers, body });
    const json = { 'content-type': 'application/json' };
    const own_ = { ...json, cookie };
    for (const proof of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${stage.origin}.evil.example` },
    ]) {
      const response = await send({ ...own_, ...proof });
      expect([response.status, await response.json()], JSON.stringify(proof)).toMatchObject([
        403,
        { code: 'cross_site_refused' },
      ]);
    }
    for (const proof of [
      { origin: stage.origin },
      { origin: stage.origin.replace('127.0.0.1', 'localhost'), host: new URL(stage.origin).host },
    ]) {
      expect((await send({ ...own_, ...proof })).status).not.toBe(proof.origin === stage.origin ? 403 : 422);
    }
    const text = await send({ cookie, origin: stage.origin, 'content-type': 'text/plain' });
    expect(text.status).toBe(422);
  });

  it('keeps what is told out of the log', () => {
    const log = stage.logged.join('');
    for (const secret of [password, 'not-the-password', email, own.cookieHeader()]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe('an owner link', () => {
  let stage: AccountsStage;
  beforeAll(async () => {
    stage = await openAccountsStage();
  });
  afterAll(() => stage?.close());

  it('makes the first owner once, and only with a decent password', async () => {
    const own = await stage.signInOwner();
    expect(await own.get('/api/v1/sign-in-options')).toMatchObject({ hasOwner: true });
    expect(await stage.browser().ask('POST', '/api/v1/owner-link', { token: 'made-up' })).toMatchObject({
      status: 410,
      body: { code: 'link_expired' },
    });
  });
});
