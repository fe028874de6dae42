import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { accessToken, serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { useStages } from '../support/case-stage.ts';

describe('what is around every page', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let server: WebServer;
  beforeAll(async () => {
    server = await serveStage(await stages.open({ scenario: smallScenario(3, ['2026-03-10']) }));
  });
  afterAll(() => server?.close());

  it.each(lookNames)('is shown in %s, without a fault of accessibility', async (look) => {
    const { page } = await visitors.visit(`${server.origin}/nothing-here`, looks[look]);
    await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `not-found-${look}`);
  });

  it('opens by the link that the server prints, which leaves no token in the address', async () => {
    const plain = { extraHTTPHeaders: {} };
    const { page } = await visitors.visit(`${server.origin}/runs#access=${accessToken}`, plain);
    await page.getByRole('heading', { level: 1, name: 'Integration report' }).waitFor();
    await page.getByText('Nothing has been fetched yet').waitFor();
    expect(page.url()).not.toContain(accessToken);
    await page.reload();
    await page.getByText('Nothing has been fetched yet').waitFor();
  });

  it('says what opens it to somebody who comes without that link, or with an old one', async () => {
    for (const address of [`${server.origin}/runs`, `${server.origin}/runs#access=of-an-earlier-start`]) {
      const { page } = await visitors.visit(address, { extraHTTPHeaders: {} });
      await page.getByText('Open the link that "hajiri serve" printed at its start.').waitFor();
    }
  });
});
