import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentials, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');

describe('connecting Keka', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  beforeAll(async () => {
    stage = await stages.open({
      scenario: smallScenario(4, ['2026-03-11']),
      now: now.toString(),
      name: 'Sandalwood Textiles',
      directory: 'employee_id,first_name,last_name\nE1,Asha,Rao\nE2,Ravi,Nair\nE3,Meera,Iyer\n',
    });
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}${path}`, { now, ...options });

  async function fillSecrets(page: Page, clientSecret = credentials.clientSecret): Promise<void> {
    await page.getByLabel('Client ID').fill(credentials.clientId);
    await page.getByLabel('Client Secret', { exact: true }).fill(clientSecret);
    await page.getByLabel('API Key', { exact: true }).fill(credentials.apiKey);
  }

  describe.each(lookNames)('in %s', (look) => {
    it('begins with a guide beside an empty form', async () => {
      const { page } = await visit('/connections/new', looks[look]);
      await page.getByRole('heading', { name: 'Connect Keka' }).waitFor();
      if (look === 'narrow') {
        await page.getByText('How to get the key in Keka').click();
      }
      await page.getByRole('heading', { name: 'Create a new key' }).filter({ visible: true }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await layoutShiftOf(page)).toBeLessThan(look === 'narrow' ? 1 : 0.02);
      await keepScreen(page, `connect-${look}`);
    });

    it('says at each field what is missing', async () => {
      const { page } = await visit('/connections/new', looks[look]);
      await page.getByRole('button', { name: 'Save and fetch' }).click();
      await page.getByText('Enter the Client Secret from Keka.').waitFor();
      await page.getByText('Enter the subdomain.').waitFor();
      expect(await page.evaluate('document.activeElement?.labels?.[0]?.textContent')).toBe('Client ID');
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `connect-faults-${look}`);
    });

    it('tests step by step, and shows by which key people match', async () => {
      const { page } = await visit('/connections/new', looks[look]);
      await fillSecrets(page);
      await page.getByLabel('Subdomain').fill('https://acme.keka.com/#/home');
      expect(await page.getByLabel('Subdomain').inputValue()).toBe('acme');
      await page.getByText('Attendance is read from https://acme.keka.com').waitFor();
      await page.getByRole('button', { name: 'Test connection' }).click();
      await page.getByText('Attendance can be fetched.').waitFor();
      await page
        .getByText('3 of the first 4 people are in the directory. Not found, for example: E4.')
        .waitFor();
      const key = page.getByRole('radio', { name: /Employee number/ });
      expect(await key.isChecked()).toBe(true);
      await page.getByText('here for example E1').waitFor();
      await page.getByText('3 of 4 fit').waitFor();
      await page.getByText('0 of 4 fit').first().waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `connect-tested-${look}`);
    });

    it('says of a step that fails what to do', async () => {
      const { page } = await visit('/connections/new', looks[look]);
      await fillSecrets(page, 'mistyped');
      await page.getByLabel('Subdomain').fill('acme');
      await page.getByRole('button', { name: 'Test connection' }).click();
      await page.getByText('Attendance cannot be fetched like this.').waitFor();
      await page.getByText(/What to do: Copy the Client ID and Client Secret again from Keka/).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `connect-refused-${look}`);
      // What is tried again says so until it is.
      await page.getByLabel('Client Secret', { exact: true }).fill(credentials.clientSecret);
      await page.getByText('Of the settings before your last change.').waitFor();
    });

    it('lists what there is, without a secret', async () => {
      const { page } = await visit('/connections', looks[look]);
      await page.getByRole('heading', { name: 'test' }).waitFor();
      await page.getByText('https://acme.keka.com').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await layoutShiftOf(page)).toBeLessThan(0.02);
      await keepScreen(page, `connections-${look}`);
    });
  });

  it('warns before what was typed is lost', async () => {
    const { page } = await visit('/connections/new');
    await page.getByLabel('Subdomain').fill('acme');
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await keepScreen(page, 'connect-leave-light');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stay' }).click();
    expect(await page.getByLabel('Subdomain').inputValue()).toBe('acme');
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  it('saves a change without touching the secrets, and removes after asking', async () => {
    const { page } = await visit('/connections/new');
    await fillSecrets(page);
    await page.getByLabel('Subdomain').fill('acme');
    await page.getByLabel('Name of the connection').fill('second');
    await page.getByLabel('Expiry of the key').fill('2026-03-20');
    await page.getByLabel('At', { exact: true }).fill('06:15');
    await page.getByLabel('Time zone').selectOption('Asia/Kolkata');
    await page.getByRole('button', { name: 'Save and fetch' }).click();
    // The first fetch waits here: nobody works in this test.
    await page.getByText('Waits for its turn').waitFor();
    await page.getByRole('link', { name: 'Connections' }).click();
    const card = page.getByRole('region', { name: 'second' });
    await card.getByText(/in 8 days/).waitFor();
    await card.getByRole('link', { name: 'Watch the fetch' }).waitFor();
    await card.getByRole('link', { name: 'Change' }).click();
    await page.getByRole('heading', { name: 'Connection "second"' }).waitFor();
    expect(await page.content()).not.toContain(credentials.clientSecret);
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: /Work e-mail/ }).check();
    await page.getByText('Unsaved changes').waitFor();
    await keepScreen(page, 'connection-change-light');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    // The stored secrets are still good for a test.
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Attendance can be fetched.').waitFor();
    await page.getByRole('link', { name: 'All connections' }).click();
    await page.getByText('Work e-mail').waitFor();
    await card.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/All attendance that was fetched/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Remove for good' }).isDisabled()).toBe(true);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'connection-remove-light');
    await dialog.getByLabel('Type second to confirm').fill('second');
    await dialog.getByRole('button', { name: 'Remove for good' }).click();
    await expect.poll(() => page.getByRole('region', { name: 'second' }).count()).toBe(0);
  });

  it('is there in Hindi', async () => {
    const { page } = await visit('/connections/new', { locale: 'hi-IN' });
    await page.getByRole('heading', { name: 'Keka जोड़ें' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'connect-hindi');
  });

  it('says that there is no such connection', async () => {
    const { page } = await visit('/connections/00000000-0000-4000-8000-000000000001');
    await page.getByText('There is no such connection').waitFor();
  });
});
