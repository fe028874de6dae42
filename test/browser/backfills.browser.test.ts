import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { letTimePass } from '../support/browser/live-clock.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { readCoverage, type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');
const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-11'];

describe('older dates', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  beforeAll(async () => {
    stage = await stages.open({
      scenario: smallScenario(3, days),
      now: now.toString(),
      name: 'Sandalwood Textiles',
    });
    await stage.fetch('2026-03-11');
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}${path}`, { now, ...options });
  const path = async () => `/connections/${(await stage.company.connection()).id}/backfills`;

  it('are asked for after an estimate, paused, resumed and cancelled', async () => {
    const { page } = await visit('/connections');
    await page.getByRole('link', { name: 'Older dates' }).click();
    await page.getByText('No older dates were asked for yet').waitFor();
    await page.getByLabel('First date').fill('2026-03-02');
    await page.getByLabel('Last date').fill('2026-03-01');
    await page.getByText('The last date lies before the first.').waitFor();
    await page.getByLabel('First date').fill('2025-01-01');
    await page.getByLabel('Last date').fill('2026-03-04');
    await page.getByText(/parts? · about \d+ requests? to Keka/).waitFor();
    await page.getByText('Keka is believed not to serve').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'backfill-new-light');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Running', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Pause/ }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Resume/ }).click();
    await page.getByText('Running', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Cancel/ }).click();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
  });

  it('are read to their end', async () => {
    const { page } = await visit(await path());
    await page.getByLabel('First date').fill('2026-03-02');
    await page.getByLabel('Last date').fill('2026-03-04');
    await page.getByText(/parts? · about/).waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Running', { exact: true }).waitFor();
    const worker = await serveStage(stage, { withWorker: true });
    const stopTime = letTimePass(stage.clock);
    await page.getByText('Finished', { exact: true }).waitFor({ timeout: 40_000 });
    await page.getByText('3 of 3 days').waitFor();
    expect(Object.keys(await readCoverage(stage))).toEqual(expect.arrayContaining(days.slice(0, 3)));
    await worker.close();
    stopTime();
  });

  it.each(lookNames)('are listed in %s', async (look) => {
    const { page } = await visit(await path(), looks[look]);
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `backfills-${look}`);
  });
});
