import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountsStage,
  openAccountsStage,
  owner,
  type TestBrowser,
} from '../../test/support/accounts-stage.ts';
import { joinerPassword } from '../../test/support/join.ts';
import { openStubProvider, type StubProvider, stubClient } from '../../test/support/stub-provider.ts';
import { madeInvitation } from '../contract/members.ts';
import { providerAnswer } from '../contract/session.ts';

const asha = { sub: 'p-1', email: owner.email, email_verified: true, name: 'Asha at the provider' };
const kavya = { sub: 'p-2', email: 'kavya@acme.example', email_verified: true, name: 'Kavya' };

describe('signing in through a provider', () => {
  let provider: StubProvider;
  let stage: AccountsStage;
  let own: TestBrowser;
  beforeAll(async () => {
    provider = await openStubProvider();
    stage = await openAccountsStage({
      environment: {
        HAJIRI_OIDC_ISSUER: provider.issuer,
        HAJIRI_OIDC_CLIENT_ID: stubClient.id,
        HAJIRI_OIDC_CLIENT_SECRET: stubClient.secret,
        HAJIRI_OIDC_NAME: 'Company login',
      },
    });
    own = await stage.signInOwner();
  });
  afterAll(async () => {
    await stage?.close();
    await provider?.close();
  });

  const begin = async (browser: TestBrowser) =>
    providerAnswer.parse(await browser.post('/api/v1/session/provider')).url;
  const comeBack = async (browser: TestBrowser, path: string) => {
    const { status, headers } = await browser.ask('GET', path);
    return { status, location: headers.get('location') };
  };
  const refused = { status: 302, location: expect.stringMatching(/^\/sign-in\?/) as unknown };

  it('leads to the account with the address that the provider verified', async () => {
    expect(await own.get('/api/v1/sign-in-options')).toMatchObject({ provider: 'Company login' });
    const browser = stage.browser();
    const url = await begin(browser);
    expect(url.startsWith(`${provider.issuer}/authorize?`)).toBe(true);
    expect(await comeBack(browser, provider.signIn(url, asha))).toEqual({ status: 302, location: '/' });
    expect(await browser.get('/api/v1/session')).toMatchObject({
      person: { email: owner.email },
      role: 'owner',
    });
    expect(await browser.get('/api/v1/account')).toMatchObject({ hasPassword: true, hasProvider: true });
    const { rows } = await stage.database.pool.query(
      'select actor_name, action, after from audit_entry order by id desc limit 1',
    );
    expect(rows[0]).toEqual({ actor_name: owner.name, action: 'signed in', after: { way: 'provider' } });
  });

  it('lets nobody in who is not invited, nor with an address that is not verified', async () => {
    const stranger = stage.browser();
    expect(await comeBack(stranger, provider.signIn(await begin(stranger), kavya))).toMatchObject(refused);
    expect(await stranger.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    const unverified = { ...asha, sub: 'p-9', email_verified: false };
    expect(await comeBack(stranger, provider.signIn(await begin(stranger), unverified))).toMatchObject(
      refused,
    );
    expect(await stranger.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
  });

  it('is accepting an invitation, for whoever has the invited address', async () => {
    await own.post('/api/v1/invitations', { email: kavya.email, membership: { role: 'auditor' } });
    const browser = stage.browser();
    expect(await comeBack(browser, provider.signIn(await begin(browser), kavya))).toMatchObject({
      location: '/',
    });
    expect(await browser.get('/api/v1/session')).toMatchObject({
      role: 'auditor',
      organisation: { name: 'Acme' },
    });
  });

  it('ends the password that somebody else may have set for an address that nobody had verified', async () => {
    const ravi = { sub: 'p-3', email: 'ravi@acme.example', email_verified: true, name: 'Ravi' };
    const membership = { role: 'auditor' };
    const invited = await own.post('/api/v1/invitations', { email: ravi.email, membership });
    const token = madeInvitation.parse(invited).link?.split('#')[1];
    // Whoever invited him was shown the link, and used it.
    const other = stage.browser();
    const account = { name: 'Ravi', password: joinerPassword };
    await other.post('/api/v1/invitation/accept', { token, account });
    expect(await other.get('/api/v1/session')).toMatchObject({ person: { email: ravi.email } });
    const browser = stage.browser();
    expect(await comeBack(browser, provider.signIn(await begin(browser), ravi))).toMatchObject({
      location: '/',
    });
    expect(await browser.get('/api/v1/account')).toMatchObject({ hasPassword: false, hasProvider: true });
    expect(await other.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    const again = await stage.browser().ask('POST', '/api/v1/session', {
      email: ravi.email,
      password: joinerPassword,
    });
    expect(again).toMatchObject({ status: 401, body: { code: 'sign_in_refused' } });
    const { rows } = await stage.database.pool.query(
      "select count(*)::int as entries from audit_entry where action like 'ended a password%'",
    );
    expect(rows).toEqual([{ entries: 1 }]);
  });

  it('is nothing for another browser, a second time, or with a token for somebody else', async () => {
    const browser = stage.browser();
    const path = provider.signIn(await begin(browser), asha);
    const victim = stage.browser();
    expect(await comeBack(victim, path)).toMatchObject(refused);
    expect(await victim.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    const again = stage.browser();
    const good = provider.signIn(await begin(again), asha);
    expect(await comeBack(again, good)).toMatchObject({ location: '/' });
    expect(await comeBack(again, good)).toMatchObject(refused);
    for (const change of [{ nonce: 'another' }, { audience: 'another-client' }]) {
      const fresh = stage.browser();
      expect(await comeBack(fresh, provider.signIn(await begin(fresh), asha, change))).toMatchObject(refused);
      expect(await fresh.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    }
  });

  it('goes to no other site, whatever comes back', async () => {
    const browser = stage.browser();
    for (const query of [
      'error=https://evil.example',
      'state=x&code=y&callbackURL=https://evil.example',
      'error=x&error_description=%0d%0alocation:%20https://evil.example',
    ]) {
      const { location } = await comeBack(browser, `/api/auth/callback/oidc?${query}`);
      expect(location, query).toMatch(/^\/sign-in(?:\?|$)/);
    }
    for (const path of ['/api/auth/sign-up/email', '/api/auth/sign-in/email', '/api/auth/get-session']) {
      expect((await browser.ask('POST', path, {})).status, path).toBe(404);
    }
  });

  it('keeps secrets out of the log', () => {
    expect(stage.logged.join('')).not.toMatch(new RegExp(`${stubClient.secret}|${owner.email}`));
  });
});
