import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { owner, type TestBrowser } from '../support/accounts-stage.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { openPeopleStage, type PeopleStage } from '../support/browser/people-stage.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { useVisitors } from '../support/browser/web-stage.ts';
import { join } from '../support/join.ts';
import { type MailServer, openMailServer } from '../support/mail-server.ts';

describe('members', () => {
  const visitors = useVisitors();
  let stage: PeopleStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openPeopleStage(visitors);
    own = await stage.signInOwner();
    await join(stage, own, {
      email: 'lena.thomas@acme.example',
      name: 'Lena Thomas',
      membership: { role: 'manager', teams: ['Weaving'] },
    });
  });
  afterAll(() => stage?.close());

  it('are invited by a link that is shown once, and join with an account of their own', async () => {
    const { page } = await stage.visitAsOwner('/settings/members');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Role').selectOption('manager');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await dialog.getByText('E-mail address is needed.').waitFor();
    await dialog.getByText('At least one team is needed.').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'member-invite-light');
    await dialog.getByLabel('E-mail address').fill('lena.thomas@acme.example');
    await dialog.getByLabel('Role').selectOption('auditor');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await dialog.getByText('This address belongs to a member already.').waitFor();
    await dialog.getByLabel('E-mail address').fill('omar.khan@acme.example');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    const shown = page.getByRole('group', { name: 'Link of the invitation' });
    await shown.waitFor();
    const link = (await shown.innerText()).trim();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'member-link-light');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('list', { name: 'Open invitations' }).getByText('omar.khan@acme.example').waitFor();

    const path = link.slice(link.indexOf('/invitation'));
    const { page: theirs } = await stage.visit(path, looks.narrow);
    await theirs.getByText('To Acme, as Auditor.').waitFor();
    expect(await theirs.getByLabel('E-mail address').inputValue()).toBe('omar.khan@acme.example');
    expect(await findAccessibilityFaults(theirs)).toEqual([]);
    await keepScreen(theirs, 'invitation-narrow');
    await theirs.getByLabel('Your name').fill('Omar Khan');
    await theirs.getByLabel('Password', { exact: true }).fill('a-long-enough-password');
    await theirs.getByRole('button', { name: 'Join Acme' }).click();
    await theirs.getByRole('heading', { name: 'Overview' }).waitFor();
    await theirs.goto(`${stage.origin}${path}`);
    await theirs.reload();
    await theirs.getByText('This link is no longer valid').waitFor();
  });

  it.each(lookNames)('are listed with what they may do, in %s', async (look) => {
    await own.ask('POST', '/api/v1/invitations', {
      email: 'priya.menon@acme.example',
      membership: { role: 'admin' },
    });
    const { page } = await stage.visitAsOwner('/settings/members', looks[look]);
    await page.getByText('Asha Rao (you)').waitFor();
    await page.getByText('Teams: Weaving').waitFor();
    await page.getByText('priya.menon@acme.example').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await layoutShiftOf(page)).toBeLessThan(0.05);
    await keepScreen(page, `members-${look}`);
  });

  it('are changed, kept out and removed', async () => {
    const { page } = await stage.visitAsOwner('/settings/members');
    await page.getByRole('button', { name: 'Change: Lena Thomas' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change Lena Thomas' });
    await dialog.getByLabel('Role').selectOption('auditor');
    await dialog.getByRole('switch', { name: 'May come in' }).uncheck();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'member-change-light');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const item = page.getByRole('listitem').filter({ hasText: 'Lena Thomas' });
    await item.getByText('may not come in').waitFor();
    await item.getByText('Auditor').waitFor();
    await page.getByRole('button', { name: 'Change: Lena Thomas' }).click();
    await page.getByRole('button', { name: 'Remove from the company' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await item.waitFor({ state: 'hidden' });
  });

  it('keep at least one owner', async () => {
    const { page } = await stage.visitAsOwner('/settings/members');
    await page.getByRole('button', { name: 'Change: Asha Rao' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change Asha Rao' });
    await dialog.getByLabel('Role').selectOption('admin');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('This could not be saved').waitFor();
  });
});

describe('a forgotten password', () => {
  const visitors = useVisitors();
  let stage: PeopleStage;
  let mailbox: MailServer;
  beforeAll(async () => {
    mailbox = await openMailServer();
    stage = await openPeopleStage(visitors, {
      environment: { HAJIRI_SMTP_URL: mailbox.url, HAJIRI_MAIL_FROM: 'Hajiri <hajiri@acme.example>' },
    });
    await stage.signInOwner();
  });
  afterAll(async () => {
    await stage?.close();
    await mailbox?.close();
  });

  it('is mended by a link that comes by mail, once', async () => {
    const { page } = await stage.visit('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Forgotten password' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'forgotten-password-light');
    await page.getByLabel('E-mail address').fill(owner.email);
    const mail = mailbox.next();
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Look into your mail').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'forgotten-password-sent-light');
    const [path = ''] = /\/new-password#[\w-]+/.exec((await mail).text) ?? [];
    await page.goto(`${stage.origin}${path}`);
    await page.getByRole('textbox', { name: 'New password' }).fill('a-new-long-password');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'new-password-light');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('The new password is set.').waitFor();
    await page.getByLabel('E-mail address').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill('a-new-long-password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.goto(`${stage.origin}${path}`);
    await page.getByRole('textbox', { name: 'New password' }).fill('another-long-password');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('This link is no longer valid').waitFor();
  });
});
