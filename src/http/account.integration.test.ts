import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type AccountsStage,
  openAccountsStage,
  owner,
  type TestBrowser,
} from '../../test/support/accounts-stage.ts';
import { codeOf } from '../../test/support/authenticator-app.ts';
import { account, newSecondFactor, ownSessions, recoveryCodes } from '../contract/account.ts';

const { email, password } = owner;
const changed = 'another-Mango-tree-8';

async function signIn(stage: AccountsStage, given = password): Promise<TestBrowser> {
  const browser = stage.browser({ 'user-agent': 'Firefox of the test' });
  expect(await browser.post('/api/v1/session', { email, password: given })).toEqual({ state: 'signed_in' });
  return browser;
}
const auditedIn = async ({ database }: AccountsStage) => {
  const { rows } = await database.pool.query<{ action: string }>(
    'select action from audit_entry order by id desc limit 1',
  );
  return rows[0]?.action;
};
const sessionsOf = async (browser: TestBrowser) =>
  ownSessions.parse(await browser.get('/api/v1/account/sessions'));

describe("a person's own account", () => {
  let stage: AccountsStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openAccountsStage();
    own = await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  it('tells what there is, and takes another name', async () => {
    expect(await own.get('/api/v1/account')).toEqual({
      name: owner.name,
      email,
      hasPassword: true,
      hasProvider: false,
      secondFactor: false,
      recoveryCodesLeft: null,
    });
    expect(await own.ask('PATCH', '/api/v1/account', { name: ' Asha R. ' })).toMatchObject({ status: 200 });
    expect(await own.get('/api/v1/session')).toMatchObject({ person: { name: 'Asha R.' } });
    expect(await auditedIn(stage)).toBe('changed their name');
    for (const name of ['', '  ', 'x'.repeat(201), 'two\nlines']) {
      expect(await own.ask('PATCH', '/api/v1/account', { name })).toMatchObject({ status: 422 });
    }
  });

  it('lists where somebody is signed in, and ends one, at once', async () => {
    const other = await signIn(stage);
    const listed = await sessionsOf(own);
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    const found = listed.find(({ userAgent }) => userAgent === 'Firefox of the test');
    expect(found).toMatchObject({ current: false, address: '127.0.0.1' });
    expect(await own.ask('DELETE', `/api/v1/account/sessions/${found?.id}`)).toMatchObject({ status: 200 });
    expect(await other.ask('GET', '/api/v1/session')).toMatchObject({ body: { code: 'session_ended' } });
    expect(await own.ask('DELETE', `/api/v1/account/sessions/${found?.id}`)).toMatchObject({ status: 404 });
  });

  it('ends every other session with one request, and keeps this one', async () => {
    const others = [await signIn(stage), await signIn(stage)];
    expect(await own.ask('DELETE', '/api/v1/account/sessions')).toMatchObject({ status: 200 });
    expect(await sessionsOf(own)).toHaveLength(1);
    for (const other of others) {
      expect(await other.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    }
    expect(await auditedIn(stage)).toBe('ended sessions');
  });

  it('takes a new password only with the one until now, and ends the other sessions', async () => {
    const other = await signIn(stage);
    const change = (body: object) => own.ask('POST', '/api/v1/account/password', body);
    expect(await change({ current: 'not-the-password', password: changed })).toMatchObject({
      status: 422,
      body: { faults: [{ field: 'current', reason: 'is not your password' }] },
    });
    expect(await change({ current: password, password: email })).toMatchObject({ status: 422 });
    expect(await change({ current: password, password: 'aaaaaaaaaaaaa' })).toMatchObject({ status: 422 });
    expect(await other.ask('GET', '/api/v1/session')).toMatchObject({ status: 200 });
    expect(await change({ current: password, password: changed })).toMatchObject({ status: 200 });
    expect(await auditedIn(stage)).toBe('changed their password');
    expect(await own.ask('GET', '/api/v1/session')).toMatchObject({ status: 200 });
    expect(await other.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    const refused = await stage.browser().ask('POST', '/api/v1/session', { email, password });
    expect(refused).toMatchObject({ status: 401, body: { code: 'sign_in_refused' } });
    await signIn(stage, changed);
  });

  it('lets nobody guess at the password in a browser that was left open', async () => {
    const guess = () => own.ask('POST', '/api/v1/account/second-factor', { password: 'a guess' });
    const statuses: number[] = [];
    for (let guesses = 0; guesses < 11; guesses += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array(10).fill(422), 429]);
    stage.clock.advance({ minutes: 16 });
    expect((await guess()).status).toBe(422);
  });
});

describe('the second factor', () => {
  let stage: AccountsStage;
  let own: TestBrowser;
  let secret: string;
  let codes: readonly string[];
  beforeAll(async () => {
    stage = await openAccountsStage();
    own = await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  const begin = async () => {
    const browser = stage.browser();
    expect(await browser.post('/api/v1/session', { email, password })).toEqual({
      state: 'second_factor_needed',
    });
    return browser;
  };
  const finish = (browser: TestBrowser, body: object) =>
    browser.ask('POST', '/api/v1/session/second-factor', body);

  it('is on as soon as the app shows the right code, and not before', async () => {
    ({ secret, recoveryCodes: codes } = newSecondFactor.parse(
      await own.post('/api/v1/account/second-factor', { password }),
    ));
    expect(codes).toHaveLength(10);
    const other = await signIn(stage);
    const wrong = codeOf(secret, -100);
    const refused = await own.ask('POST', '/api/v1/account/second-factor/confirm', { code: wrong });
    expect(refused).toMatchObject({ status: 401, body: { code: 'second_factor_refused' } });
    expect(await other.ask('GET', '/api/v1/session')).toMatchObject({ status: 200 });
    await own.post('/api/v1/account/second-factor/confirm', { code: codeOf(secret, -1) });
    expect(await own.get('/api/v1/session')).toMatchObject({ person: { secondFactor: true } });
    expect(await other.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    expect(await auditedIn(stage)).toBe('turned on their second factor');
    expect(await own.get('/api/v1/account')).toMatchObject({ secondFactor: true, recoveryCodesLeft: 10 });
  });

  it('is asked for after the password, and nothing is open before', async () => {
    const browser = await begin();
    expect(await browser.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    expect(await browser.ask('GET', '/api/v1/runs')).toMatchObject({ status: 401 });
    expect(await finish(browser, { code: codeOf(secret, -100) })).toMatchObject({ status: 401 });
    expect(await finish(browser, { code: codeOf(secret) })).toMatchObject({
      status: 200,
      body: { state: 'signed_in' },
    });
    expect(await browser.get('/api/v1/session')).toMatchObject({ person: { email } });
  });

  it('takes a code once, also from whoever watched it being typed, and from two at the same time', async () => {
    const code = codeOf(secret, 1);
    const browsers = [await begin(), await begin()];
    const answers = await Promise.all(browsers.map((browser) => finish(browser, { code })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    const late = await begin();
    expect(await finish(late, { code })).toMatchObject({
      status: 401,
      body: { code: 'second_factor_refused' },
    });
    expect(await late.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
  });

  it('takes each recovery code once, in place of the app', async () => {
    const [recoveryCode] = codes;
    expect(await finish(await begin(), { recoveryCode })).toMatchObject({ status: 200 });
    expect(await finish(await begin(), { recoveryCode })).toMatchObject({ status: 401 });
    expect(await own.get('/api/v1/account')).toMatchObject({ recoveryCodesLeft: 9 });
    const renewed = recoveryCodes.parse(await own.post('/api/v1/account/recovery-codes', { password }));
    expect(await finish(await begin(), { recoveryCode: codes[1] })).toMatchObject({ status: 401 });
    expect(await finish(await begin(), { recoveryCode: renewed.recoveryCodes[0] })).toMatchObject({
      status: 200,
    });
  });

  it('is nothing without the password before it, nor with the first step of somebody else', async () => {
    expect(await finish(stage.browser(), { code: codeOf(secret) })).toMatchObject({
      status: 401,
      body: { code: 'session_ended' },
    });
    const forged = stage.browser();
    forged.cookies.set('hajiri.two_factor', 'made-up.signature');
    expect(await finish(forged, { code: codeOf(secret) })).toMatchObject({ status: 401 });
    // Somebody who is signed in has no second step to take.
    expect(await finish(own, { code: codeOf(secret) })).toMatchObject({ body: { code: 'session_ended' } });
  });

  it('cannot be guessed at: the first step counts five tries', async () => {
    const browser = await begin();
    const answers: unknown[] = [];
    for (let tries = 0; tries < 6; tries += 1) {
      answers.push((await finish(browser, { code: codeOf(secret, -100 - tries) })).status);
    }
    expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await finish(browser, { recoveryCode: codes[3] })).status).toBe(401);
  });

  it('goes with the password, and sign-in asks for it no longer', async () => {
    const remove = (given: string) =>
      own.ask('POST', '/api/v1/account/second-factor/remove', { password: given });
    expect(await remove('not-the-password')).toMatchObject({ status: 422 });
    expect(await remove(password)).toMatchObject({ status: 200 });
    expect(await auditedIn(stage)).toBe('turned off their second factor');
    await signIn(stage);
    expect(account.parse(await own.get('/api/v1/account')).secondFactor).toBe(false);
  });

  it('leaves neither secret nor codes in the log, the audit trail or the readable database', async () => {
    const { rows } = await stage.database.pool.query<{ all: string }>(
      `select string_agg(t::text, '') as all from (
         select u::text as t from sign_in.used_code u union all select f::text from sign_in.two_factor f
         union all select a::text from audit_entry a union all select s::text from sign_in.session s) x`,
    );
    const everything = z.string().parse(rows[0]?.all) + stage.logged.join('');
    for (const hidden of [secret, ...codes, password, own.cookieHeader()]) {
      expect(everything).not.toContain(hidden);
    }
  });
});
