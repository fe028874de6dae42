import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountsStage,
  openAccountsStage,
  owner,
  type TestBrowser,
} from '../../test/support/accounts-stage.ts';
import { join, joinerPassword } from '../../test/support/join.ts';
import { type MailServer, openMailServer, tokenIn } from '../../test/support/mail-server.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import { makeOwnerLink } from '../accounts/owner/owner-link.ts';
import { invitationList, madeInvitation, memberList } from '../contract/members.ts';
import { session } from '../contract/session.ts';

const membersOf = async (browser: TestBrowser) => memberList.parse(await browser.get('/api/v1/members'));
const memberNamed = async (browser: TestBrowser, name: string) => {
  const found = (await membersOf(browser)).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no member ${name}`);
  return found;
};
const change = (browser: TestBrowser, id: string, body: object) =>
  browser.ask('PATCH', `/api/v1/members/${id}`, body);
const manager = { role: 'manager', teams: ['Sales'] };

describe('members', () => {
  let stage: AccountsStage;
  let own: TestBrowser;
  let admin: TestBrowser;
  beforeAll(async () => {
    stage = await openAccountsStage();
    own = await stage.signInOwner();
    admin = await join(stage, own, {
      email: 'ravi@acme.example',
      name: 'Ravi Menon',
      membership: { role: 'admin' },
    });
  });
  afterAll(() => stage?.close());

  const audited = async () => {
    const { rows } = await stage.database.pool.query<{ actor_name: string; action: string }>(
      'select actor_name, action, before, after from audit_entry order by id desc limit 1',
    );
    return rows[0];
  };

  it('are listed by name, with what they are', async () => {
    expect(await membersOf(admin)).toMatchObject([
      { name: owner.name, email: owner.email, role: 'owner', state: 'active', secondFactor: false },
      { name: 'Ravi Menon', role: 'admin', teams: [], employee: null },
    ]);
  });

  it('become something else, from their next request on', async () => {
    const mira = await join(stage, admin, { email: 'mira@acme.example', name: 'Mira', membership: manager });
    expect(await mira.get('/api/v1/session')).toMatchObject({ role: 'manager', teams: ['Sales'] });
    expect(await mira.ask('GET', '/api/v1/members')).toMatchObject({ status: 403 });
    const { id } = await memberNamed(own, 'Mira');
    expect(await change(admin, id, { membership: { role: 'auditor' } })).toMatchObject({
      status: 200,
      body: { role: 'auditor', teams: [] },
    });
    expect(await audited()).toMatchObject({
      actor_name: 'Ravi Menon',
      action: 'changed the member',
      before: { role: 'manager' },
      after: { role: 'auditor' },
    });
    expect(await mira.ask('GET', '/api/v1/members')).toMatchObject({ status: 200 });
    for (const membership of [
      { role: 'chief' },
      { role: 'manager', teams: [] },
      { role: 'admin', teams: ['Sales'] },
      { role: 'employee', employee: crypto.randomUUID() },
    ]) {
      expect(await change(admin, id, { membership }), JSON.stringify(membership)).toMatchObject({
        status: 422,
      });
    }
    expect(await memberNamed(own, 'Mira')).toMatchObject({ role: 'auditor' });
  });

  it('who are disabled are out at once, and cannot come in again', async () => {
    const nita = await join(stage, own, { email: 'nita@acme.example', name: 'Nita', membership: manager });
    const { id } = await memberNamed(own, 'Nita');
    expect(await change(own, id, { state: 'disabled' })).toMatchObject({ status: 200 });
    expect(await nita.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    const signIn = { email: 'nita@acme.example', password: joinerPassword };
    expect(await stage.browser().ask('POST', '/api/v1/session', signIn)).toMatchObject({
      status: 401,
      body: { code: 'sign_in_refused' },
    });
    expect(await change(own, id, { state: 'active' })).toMatchObject({ status: 200 });
    expect(await stage.browser().post('/api/v1/session', signIn)).toEqual({ state: 'signed_in' });
    expect(await own.ask('DELETE', `/api/v1/members/${id}`)).toMatchObject({ status: 204 });
    expect((await membersOf(own)).map(({ name }) => name)).not.toContain('Nita');
    expect(await own.ask('DELETE', `/api/v1/members/${id}`)).toMatchObject({ status: 404 });
  });

  it('who are owners are changed by owners only, and the last one stays', async () => {
    const asha = await memberNamed(own, owner.name);
    const ravi = await memberNamed(own, 'Ravi Menon');
    for (const answer of [
      await change(admin, asha.id, { membership: { role: 'admin' } }),
      await change(admin, asha.id, { state: 'disabled' }),
      await change(admin, ravi.id, { membership: { role: 'owner' } }),
      await admin.ask('DELETE', `/api/v1/members/${asha.id}`),
      await admin.ask('POST', '/api/v1/invitations', {
        email: 'x@acme.example',
        membership: { role: 'owner' },
      }),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    }
    for (const answer of [
      await change(own, asha.id, { membership: { role: 'admin' } }),
      await change(own, asha.id, { state: 'disabled' }),
      await own.ask('DELETE', `/api/v1/members/${asha.id}`),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'not_possible' } });
    }
    await change(own, ravi.id, { membership: { role: 'owner' } });
    // Each makes the other one less than an owner, at the same time: one of them is too late.
    const answers = await Promise.all([
      change(own, ravi.id, { membership: { role: 'admin' } }),
      change(admin, asha.id, { membership: { role: 'admin' } }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await membersOf(own)).filter(({ role }) => role === 'owner')).toHaveLength(1);
  });
});

describe('an invitation', () => {
  let stage: AccountsStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openAccountsStage();
    own = await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  const invite = async (email: string, membership: object = manager) => {
    const { link, invitation, mail } = madeInvitation.parse(
      await own.post('/api/v1/invitations', { email, membership }),
    );
    expect(mail).toBe('not_set_up');
    return { ...invitation, token: (link ?? '').split('#')[1] ?? '' };
  };
  const read = (token: string) => stage.browser().ask('POST', '/api/v1/invitation', { token });
  const accept = (token: string, account?: object, browser = stage.browser()) =>
    browser.ask('POST', '/api/v1/invitation/accept', { token, ...(account && { account }) });
  const account = { name: 'Kavya', password: joinerPassword };
  const isOver = { status: 410, body: { code: 'link_expired' } };

  it('leads to the organisation, and makes one member, once', async () => {
    const { token } = await invite('Kavya@Acme.example');
    expect(await read(token)).toMatchObject({
      status: 200,
      body: { organisation: 'Acme', email: 'kavya@acme.example', role: 'manager', hasAccount: false },
    });
    expect(await accept(token, { ...account, password: 'short' })).toMatchObject({ status: 422 });
    const answers = await Promise.all([accept(token, account), accept(token, account)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await read(token)).toMatchObject(isOver);
    expect((await membersOf(own)).filter(({ email }) => email === 'kavya@acme.example')).toHaveLength(1);
  });

  it('is over after a week, when it is revoked, and when a newer one takes its place', async () => {
    const late = await invite('late@acme.example');
    stage.clock.advance({ hours: 7 * 24 });
    expect(await read(late.token)).toMatchObject(isOver);
    expect(await accept(late.token, account)).toMatchObject(isOver);
    const listed = invitationList.parse(await own.get('/api/v1/invitations'));
    expect(listed.find(({ id }) => id === late.id)).toMatchObject({ expired: true });
    const renewed = madeInvitation.parse(await own.post(`/api/v1/invitations/${late.id}/renew`));
    expect(await read((renewed.link ?? '').split('#')[1] ?? '')).toMatchObject({ status: 200 });
    expect(await read(late.token)).toMatchObject(isOver);

    const first = await invite('twice@acme.example');
    const second = await invite('twice@acme.example');
    expect(await read(first.token)).toMatchObject(isOver);
    expect(await own.ask('DELETE', `/api/v1/invitations/${second.id}`)).toMatchObject({ status: 204 });
    expect(await accept(second.token, account)).toMatchObject(isOver);
    expect(await own.ask('DELETE', `/api/v1/invitations/${second.id}`)).toMatchObject({ status: 404 });
  });

  it('is refused for somebody who is a member, and for what is no address', async () => {
    for (const email of [
      owner.email,
      'no address',
      'a@b',
      'x@acme.example\nbcc: y@acme.example',
      `${'x'.repeat(255)}@a.example`,
    ]) {
      expect(
        await own.ask('POST', '/api/v1/invitations', { email, membership: manager }),
        email,
      ).toMatchObject({ status: 422 });
    }
  });

  it('is accepted with the account that has the address, and no other', async () => {
    const bolt = await createOrganisation(stage.installation.kysely, stage.clock, {
      name: 'Bolt',
      zone: 'UTC',
    });
    const link = await makeOwnerLink(
      {
        ...stage.installation,
        actor: { kind: 'command_line', user: 't' },
        origin: { address: null, requestId: null },
      },
      bolt,
    );
    const boltOwner = stage.browser();
    await boltOwner.post('/api/v1/owner-link/accept', {
      token: link.token,
      account: { name: 'Bela', email: 'bela@bolt.example', password: joinerPassword },
    });
    const { link: address } = madeInvitation.parse(
      await boltOwner.post('/api/v1/invitations', { email: owner.email, membership: { role: 'auditor' } }),
    );
    const token = (address ?? '').split('#')[1] ?? '';
    expect(await read(token)).toMatchObject({ body: { hasAccount: true } });
    expect(await accept(token, account)).toMatchObject({ status: 409, body: { code: 'account_exists' } });
    expect(await accept(token)).toMatchObject({ status: 401 });
    expect(await accept(token, undefined, boltOwner)).toMatchObject({
      status: 403,
      body: { code: 'not_allowed' },
    });
    expect(await accept(token, undefined, own)).toMatchObject({ status: 200 });
    const now = session.parse(await own.get('/api/v1/session'));
    expect(now).toMatchObject({ organisation: { name: 'Bolt' }, role: 'auditor' });
    expect(now.organisations.map(({ name }) => name)).toEqual(['Acme', 'Bolt']);
    expect(
      await own.ask('POST', '/api/v1/invitations', { email: 'z@bolt.example', membership: manager }),
    ).toMatchObject({ status: 403 });
    const acme = now.organisations.find(({ name }) => name === 'Acme');
    expect(await own.post('/api/v1/session/organisation', { organisation: acme?.id })).toMatchObject({
      organisation: { name: 'Acme' },
      role: 'owner',
    });
    expect(
      await boltOwner.ask('POST', '/api/v1/session/organisation', { organisation: acme?.id }),
    ).toMatchObject({ status: 404 });
  });
});

describe('with a mail server', () => {
  let stage: AccountsStage;
  let mailbox: MailServer;
  let own: TestBrowser;
  beforeAll(async () => {
    mailbox = await openMailServer();
    stage = await openAccountsStage({
      environment: { HAJIRI_SMTP_URL: mailbox.url, HAJIRI_MAIL_FROM: 'Hajiri <hajiri@acme.example>' },
    });
    own = await stage.signInOwner();
  });
  afterAll(async () => {
    await stage?.close();
    await mailbox?.close();
  });

  it('sends an invitation to the invited address, and shows its link to nobody else', async () => {
    const coming = mailbox.next();
    const made = await own.post('/api/v1/invitations', { email: 'kavya@acme.example', membership: manager });
    expect(made).toMatchObject({ mail: 'sent', link: null });
    const mail = await coming;
    expect(mail.to).toEqual(['kavya@acme.example']);
    expect(mail.raw).toContain('Subject: Invitation to Acme in Hajiri');
    expect(mail.text).toContain('Asha Rao invites you to Acme');
    expect(mail.raw).not.toMatch(/text\/html/);
    const browser = stage.browser();
    await browser.post('/api/v1/invitation/accept', {
      token: tokenIn(mail),
      account: { name: 'Kavya', password: joinerPassword },
    });
    expect(await browser.get('/api/v1/session')).toMatchObject({ role: 'manager' });
  });

  it('says so when the mail server refuses, and quotes it to nobody', async () => {
    mailbox.refuseNext();
    const made = await own.post('/api/v1/invitations', { email: 'late@acme.example', membership: manager });
    expect(made).toMatchObject({ mail: 'failed', link: null });
    expect(stage.logged.join('')).toContain('mail_not_sent');
    expect(stage.logged.join('')).not.toMatch(/somebody@example|late@acme/);
  });

  it('shows a name with markup as text, and takes no header out of it', async () => {
    await own.ask('PATCH', '/api/v1/account', { name: '<img src=x onerror=alert(1)>' });
    const coming = mailbox.next();
    await own.post('/api/v1/invitations', { email: 'mira@acme.example', membership: manager });
    const mail = await coming;
    expect(mail.text).toContain('<img src=x onerror=alert(1)> invites you');
    expect(mail.raw).toMatch(/Content-Type: text\/plain/i);
    await own.ask('PATCH', '/api/v1/account', { name: owner.name });
  });

  const ask = (email: string) => stage.browser().ask('POST', '/api/v1/password-reset', { email });
  const accept = (token: string, password: string) =>
    stage.browser().ask('POST', '/api/v1/password-reset/accept', { token, password });

  it('sends a link for a new password, which is good once and for an hour', async () => {
    expect(await own.get('/api/v1/sign-in-options')).toMatchObject({ passwordReset: true });
    const first = mailbox.next();
    expect(await ask(owner.email.toUpperCase())).toMatchObject({ status: 200, body: { done: true } });
    const old = tokenIn(await first);
    const second = mailbox.next();
    await ask(owner.email);
    const token = tokenIn(await second);
    expect(await accept(old, 'brand-new-Password-1')).toMatchObject({ status: 410 });
    expect(await accept(token, 'short')).toMatchObject({ status: 422 });
    expect(await accept(token, owner.email)).toMatchObject({ status: 422 });
    expect(await accept(token, 'brand-new-Password-1')).toMatchObject({ status: 200 });
    expect(await accept(token, 'brand-new-Password-2')).toMatchObject({ status: 410 });
    expect(await own.ask('GET', '/api/v1/session')).toMatchObject({ status: 401 });
    const { email, password } = owner;
    expect(await own.ask('POST', '/api/v1/session', { email, password })).toMatchObject({ status: 401 });
    await own.post('/api/v1/session', { email, password: 'brand-new-Password-1' });

    const third = mailbox.next();
    await ask(owner.email);
    const late = tokenIn(await third);
    stage.clock.advance({ minutes: 61 });
    expect(await accept(late, 'brand-new-Password-3')).toMatchObject({ status: 410 });
  });

  it('answers the same for an address that nobody has, and sends nothing', async () => {
    const before = mailbox.mails.length;
    const unknown = await ask('nobody@acme.example');
    const coming = mailbox.next();
    const known = await ask(owner.email);
    expect(unknown).toMatchObject({ status: known.status, body: known.body });
    await coming;
    expect(mailbox.mails.length).toBe(before + 1);
  });

  it('stops who asks too often, for any address alike', async () => {
    for (const email of ['many@acme.example', owner.email]) {
      stage.clock.advance({ minutes: 16 });
      const statuses: number[] = [];
      for (let times = 0; times < 6; times += 1) statuses.push((await ask(email)).status);
      expect(statuses, email).toEqual([200, 200, 200, 200, 200, 429]);
    }
  });
});
