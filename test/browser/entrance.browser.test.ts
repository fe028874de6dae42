import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type AccountsStage, openAccountsStage, owner } from '../support/accounts-stage.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { carryCookies } from '../support/browser/signed-in.ts';
import { useVisitors } from '../support/browser/web-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');
/** Without the token of the other tests: these are about people. */
const nobody = { extraHTTPHeaders: {} };

async function fillAccount(page: Page, account = owner): Promise<void> {
  await page.getByLabel('Your name').fill(account.name);
  await page.getByLabel('E-mail address').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
}

describe('before there is an owner', () => {
  const visitors = useVisitors();
  let stage: AccountsStage;
  beforeAll(async () => {
    stage = await openAccountsStage({ now: now.toString(), pages: { folder: inject('pagesFolder') } });
  });
  afterAll(() => stage?.close());
  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${stage.origin}${path}`, { now, ...nobody, ...options });

  it.each(lookNames)('the link of the start asks for a person and a company, in %s', async (look) => {
    const { page } = await visit(`/owner-link#${await stage.ownerToken()}`, looks[look]);
    await page.getByRole('heading', { name: 'Welcome to Hajiri' }).waitFor();
    await page.getByLabel('Your name').waitFor();
    // Where the browser is, by the name that the zone has today.
    expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe(
      'Asia/Kolkata (UTC+05:30)',
    );
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await layoutShiftOf(page)).toBeLessThan(0.05);
    await keepScreen(page, `owner-link-${look}`);
    await page.getByRole('button', { name: 'Create, and connect Keka' }).click();
    await page.getByText('Your name is needed.').waitFor();
    await page.getByText('Name of the company is needed.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByLabel('E-mail address').fill('asha');
    await page.getByRole('button', { name: 'Create, and connect Keka' }).click();
    await page.getByText('At least 12 characters; these are 5.').waitFor();
    await page.getByText('This is not an e-mail address.').waitFor();
    expect(await page.evaluate('document.activeElement?.labels?.[0]?.textContent')).toBe('Your name');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `owner-link-faults-${look}`);
  });

  it('the page for signing in says what to open', async () => {
    const { page } = await visit('/sign-in');
    await page.getByText('Nobody is an owner yet').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'sign-in-no-owner-light');
  });

  it.each([
    ['used or old', '#of-an-earlier-start', 'This link is no longer valid'],
    ['cut off', '', 'This address is not whole'],
  ])('a link that is %s says so', async (name, hash, title) => {
    const { page } = await visit(`/owner-link${hash}`);
    await page.getByText(title).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `owner-link-${name.split(' ')[0]}-light`);
  });

  it('is there in Hindi', async () => {
    const { page } = await visit(`/owner-link#${await stage.ownerToken()}`, { locale: 'hi-IN' });
    await page.getByRole('heading', { name: 'Hajiri में आपका स्वागत है' }).waitFor();
    await page.getByLabel('आपका नाम').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'owner-link-hindi');
  });
});

describe('the first owner', () => {
  const visitors = useVisitors();
  let stage: AccountsStage;
  beforeAll(async () => {
    stage = await openAccountsStage({ now: now.toString(), pages: { folder: inject('pagesFolder') } });
  });
  afterAll(() => stage?.close());

  it('comes in by the link and goes on to connecting Keka, out again, and in with the password', async () => {
    const link = `${stage.origin}/owner-link#${await stage.ownerToken()}`;
    const { page } = await visitors.visit(link, { now, ...nobody });
    await fillAccount(page);
    await page.getByLabel('Name of the company').fill('Sandalwood Textiles');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('dubai');
    await page.getByRole('option', { name: /Asia\/Dubai/ }).click();
    await page.getByRole('button', { name: 'Create, and connect Keka' }).click();
    await page.getByRole('heading', { name: 'Connect Keka', level: 1 }).waitFor();
    await page.getByRole('banner').getByText('Sandalwood Textiles').waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('times in Asia/Dubai').waitFor();
    await page.getByRole('button', { name: 'Account of Asha Rao' }).click();
    await page.getByText(owner.email).waitFor();
    await keepScreen(page, 'account-menu-light');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await keepScreen(page, 'signed-out-light');
    await page.goto(`${stage.origin}/runs?state=failed`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail address').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill('not-the-right-password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Integration report' }).waitFor();
    expect(page.url()).toBe(`${stage.origin}/runs?state=failed`);
    // The link is used up.
    await page.goto(link);
    await page.getByText('This link is no longer valid').waitFor();
  });
});

describe('the door', () => {
  const visitors = useVisitors();
  let stage: AccountsStage;
  beforeAll(async () => {
    stage = await openAccountsStage({ now: now.toString(), pages: { folder: inject('pagesFolder') } });
    await stage.signInOwner();
  });
  afterAll(() => stage?.close());
  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${stage.origin}${path}`, { now, ...nobody, ...options });
  const signedIn = async (path: string) => {
    const own = stage.browser();
    await own.post('/api/v1/session', { email: owner.email, password: owner.password });
    const visited = await visit('/sign-in');
    await carryCookies(own, visited.context, stage.origin);
    await visited.page.goto(`${stage.origin}${path}`);
    return { ...visited, own };
  };

  it.each(lookNames)('asks for address and password, in %s', async (look) => {
    const { page } = await visit('/sign-in', looks[look]);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await layoutShiftOf(page)).toBeLessThan(0.05);
    await keepScreen(page, `sign-in-${look}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Password is needed.').waitFor();
    await page.getByLabel('E-mail address').fill('nobody@acme.example');
    await page.getByLabel('Password', { exact: true }).fill('guessed-at-random');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `sign-in-refused-${look}`);
  });

  it('says when it was tried too often', async () => {
    const { page } = await visit('/sign-in');
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await stage.browser().ask('POST', '/api/v1/session', { email: 'many@acme.example', password: 'x' });
    }
    await page.getByLabel('E-mail address').fill('many@acme.example');
    await page.getByLabel('Password', { exact: true }).fill('guessed-at-random');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText(/Wait for a quarter of an hour/).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'sign-in-too-often-light');
  });

  it('says that a provider refused', async () => {
    const { page } = await visit('/sign-in?error=access_denied');
    await page.getByText('The sign-in with the provider did not work.').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'sign-in-provider-refused-light');
  });

  it('is opened over the page whose session ends, and nothing that was typed there is lost', async () => {
    const { page, own } = await signedIn('/connections/new');
    await page.getByLabel('Subdomain').fill('acme');
    await own.ask('DELETE', '/api/v1/session');
    await page.getByLabel('Client ID').fill('an-id');
    await page.getByLabel('Client Secret', { exact: true }).fill('a-secret');
    await page.getByLabel('API Key', { exact: true }).fill('a-key');
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session is over' });
    await dialog.waitFor();
    expect(await dialog.getByLabel('E-mail address').inputValue()).toBe(owner.email);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'session-ended-light');
    await dialog.getByLabel('Password', { exact: true }).fill(owner.password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Subdomain').inputValue()).toBe('acme');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.url()).not.toContain('/connections/new');
  });

  it('lets nobody see a page whose session was over before it was opened, and leads back to it', async () => {
    const { page, own } = await signedIn('/runs');
    await page.getByRole('heading', { name: 'Integration report' }).waitFor();
    await own.ask('DELETE', '/api/v1/session');
    await page.reload();
    await page.getByText('Your session is over. Sign in again').waitFor();
    await keepScreen(page, 'sign-in-session-over-light');
    await page.getByLabel('E-mail address').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Integration report' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/runs');
  });

  it('is not shown to whoever is in', async () => {
    const { page } = await signedIn('/sign-in?next=/runs');
    await page.getByRole('heading', { name: 'Integration report' }).waitFor();
  });
});
