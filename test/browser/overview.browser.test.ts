import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');
const attendance = '/api/v1/time/attendance';

describe('the overview of a company with history', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  beforeAll(async () => {
    stage = await stages.open({ scenario: 'demo', now: now.toString(), name: 'Sandalwood Textiles' });
    await stage.fetch('2026-02-16', '2026-02-27');
    await stage.fetch('2026-03-01', '2026-03-11');
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  it.each(lookNames)('tells in %s how things stand, and what needs a person', async (look) => {
    const { page } = await visitors.visit(server.origin, { now, ...looks[look] });
    await page.getByText(/^Wed, 11 Mar,? 2026 was read completely: \d+ people\.$/).waitFor();
    await page.getByText('No employee with this key is in the directory').waitFor();
    await page.getByRole('link', { name: /11 March 2026: complete, \d+ people/ }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await layoutShiftOf(page)).toBeLessThan(0.03);
    await keepScreen(page, `overview-${look}`);
  });

  it('leads from a date to its report, and from a problem to its run and its explanation', async () => {
    const { page } = await visitors.visit(server.origin, { now });
    await page.getByRole('link', { name: /10 March 2026: complete/ }).click();
    await page.getByRole('heading', { name: 'Daily attendance' }).waitFor();
    expect(new URL(page.url()).searchParams.get('date')).toBe('2026-03-10');
    await page.goBack();
    await page.getByRole('link', { name: 'The employee has no Employee ID', exact: true }).click();
    await page.getByRole('heading', { name: /^Run of/ }).waitFor();
    await page.getByRole('link', { name: /^More about this: The employee has no Employee ID/ }).click();
    await page.getByRole('heading', { level: 1, name: 'The employee has no Employee ID' }).waitFor();
  });

  it.each(lookNames)('tells in %s that the last attempt failed, and how old the data is', async (look) => {
    stage.control.addFault({
      match: { path: attendance },
      answer: { kind: 'respond', status: 403, body: 'no' },
    });
    await stage.fetch('2026-02-28');
    stage.control.clearFaults();
    const { page } = await visitors.visit(server.origin, { now, ...looks[look] });
    await page.getByText('The last fetch of "test" failed').waitFor();
    const table = page.getByRole('table').first();
    expect(await table.innerText()).toMatch(/Failed\s+12 Mar, 11:00\s+12 Mar, 11:0\d/);
    await page.getByRole('link', { name: /28\s+February 2026: could not be read/ }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `overview-failed-${look}`);
  });

  it('warns when nothing was fetched for more than a day', async () => {
    stage.clock.advance({ minutes: 1 });
    await stage.fetch('2026-03-11');
    const later = now.add({ hours: 30 });
    const { page } = await visitors.visit(server.origin, { now: later });
    await page.getByText('Nothing has been fetched for more than a day').waitFor();
    await keepScreen(page, 'overview-stale-light');
  });

  it('is there in Hindi', async () => {
    const { page } = await visitors.visit(server.origin, { now, locale: 'hi-IN' });
    await page.getByRole('heading', { name: 'किस पर ध्यान देना है' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'overview-hindi');
  });
});

describe('the overview of a company without history', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let server: WebServer;
  beforeAll(async () => {
    server = await serveStage(await stages.open({ scenario: smallScenario(2, ['2026-03-11']) }));
  });
  afterAll(() => server?.close());

  it.each(lookNames)('says in %s that nothing has been fetched', async (look) => {
    const { page } = await visitors.visit(server.origin, { now, ...looks[look] });
    await page.getByText('Keka is connected, and nothing has been fetched yet').waitFor();
    await page.getByRole('link', { name: /11 March 2026: before the first fetch/ }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `overview-new-${look}`);
  });

  it('says the same in the Integration report', async () => {
    const { page } = await visitors.visit(`${server.origin}/runs`, { now });
    await page.getByText('Nothing has been fetched yet').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'runs-empty-light');
  });
});
