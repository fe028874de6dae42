import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { letTimePass } from '../support/browser/live-clock.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');
/** Its name in the scenario. */
const key = 'attendance and employees';
const attendance = '/api/v1/time/attendance';

describe('a fetch as it happens', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  let stopTime: () => void;
  beforeAll(async () => {
    stage = await stages.open({ scenario: 'demo', now: now.toString(), name: 'Sandalwood Textiles' });
    server = await serveStage(stage, { withWorker: true });
    stopTime = letTimePass(stage.clock);
  });
  afterAll(async () => {
    await server?.close();
    stopTime?.();
  });

  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}${path}`, { now, ...options });

  /** Every page of attendance takes its time. */
  function slowDown(): void {
    stage.control.clearFaults();
    stage.control.addFault({
      match: { path: attendance },
      delayMilliseconds: 6000,
      answer: { kind: 'normal' },
    });
  }

  it('follows a first fetch from the form to the report, also for who leaves and comes back', async () => {
    slowDown();
    const { page } = await visit('/connections');
    const card = page.getByRole('region', { name: 'test' });
    await card.getByText('nothing yet').waitFor();
    await card.getByRole('button', { name: 'Fetch now' }).click();
    await page.getByRole('region', { name: 'Progress' }).waitFor();
    await page.getByText('You may leave this page. The fetch goes on.').waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('link', { name: 'Watch it' }).click();
    await page.getByText(/^Reads 11 Mar$/).waitFor();
    await page.getByText(/of 1,000$/).waitFor();
    stage.control.clearFaults();
    await page.getByRole('link', { name: 'Open 11 Mar' }).click({ timeout: 30_000 });
    await page.getByRole('heading', { name: 'Daily attendance' }).waitFor();
    await expect.poll(() => page.locator('output').innerText()).toMatch(/^\d+ people$/);
  });

  it.each(lookNames)(
    'shows in %s pages, people, requests and time left, and can be cancelled',
    async (look) => {
      slowDown();
      const { page } = await visit('/connections', looks[look]);
      await page.getByRole('button', { name: 'Fetch now' }).click();
      await page.getByText(/^Reads 11 Mar$/).waitFor();
      await page.getByText('Requests left this minute').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `run-live-${look}`);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('dialog', { name: 'Cancel this fetch?' }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `run-cancel-${look}`);
      await page.getByRole('button', { name: 'Cancel the fetch' }).click();
      await page.getByText('Interrupted').waitFor({ timeout: 20_000 });
      await page
        .getByText(/Somebody cancelled/)
        .first()
        .waitFor();
      stage.control.clearFaults();
      await page.getByRole('button', { name: 'Fetch again' }).first().click();
      await page.getByRole('link', { name: 'Open 11 Mar' }).waitFor({ timeout: 20_000 });
      await page.getByText(/^Compare with the run of/).click();
      await page.getByRole('heading', { name: 'Compared with the run before' }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await page.getByRole('heading', { name: 'Compared with the run before' }).scrollIntoViewIfNeeded();
      await keepScreen(page, `run-compared-${look}`);
    },
  );

  it('leads from a refused key to the connection, and from there to a fetch that succeeds', async () => {
    stage.control.clearFaults();
    stage.control.changeKey(key, { revoked: true });
    const { page } = await visit('/connections');
    await page.getByRole('button', { name: 'Fetch now' }).click();
    await page
      .getByRole('heading', { name: /Keka refused the API key/ })
      .first()
      .waitFor({ timeout: 20_000 });
    await keepScreen(page, 'run-mend-light');
    await page.getByRole('link', { name: 'Open the connection' }).first().click();
    await page.getByRole('button', { name: 'Enter another key' }).click();
    stage.control.changeKey(key, { revoked: false });
    const { clientId, clientSecret, apiKey } = stage.company.credentials;
    await page.getByLabel('Client ID').fill(clientId);
    await page.getByLabel('Client Secret', { exact: true }).fill(clientSecret);
    await page.getByLabel('API Key', { exact: true }).fill(apiKey);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('link', { name: 'All connections' }).click();
    // What failed for want of the right key may be tried at once with the new one, before anybody asks for it.
    const card = page.getByRole('region', { name: 'test' });
    await card
      .getByRole('button', { name: 'Fetch now' })
      .or(card.getByRole('link', { name: 'Watch the fetch' }))
      .click();
    await page.getByRole('link', { name: 'Open 11 Mar' }).waitFor({ timeout: 30_000 });
  });
});
