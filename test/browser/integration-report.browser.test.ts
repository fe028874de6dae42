import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');
const attendance = '/api/v1/time/attendance';

describe('the Integration report', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  let [partial, failed] = ['', ''];
  beforeAll(async () => {
    stage = await stages.open({ scenario: 'demo', now: now.toString(), name: 'Sandalwood Textiles' });
    await stage.fetch('2026-03-01', '2026-03-10');
    stage.clock.advance({ minutes: 2 });
    stage.control.addFault({
      match: { path: attendance },
      answer: { kind: 'respond', status: 403, body: 'no' },
    });
    failed = (await stage.fetch('2026-03-11')).run.id;
    stage.control.clearFaults();
    stage.clock.advance({ minutes: 2 });
    partial = (await stage.fetch('2026-03-11')).run.id;
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}${path}`, { now, ...options });

  describe.each(lookNames)('in %s', (look) => {
    it('lists the runs, the newest first', async () => {
      const { page } = await visit('/runs', looks[look]);
      await page.locator('tbody tr').nth(2).waitFor();
      const rows = await page.locator('tbody tr').allInnerTexts();
      expect(rows[0]).toMatch(/12 Mar, 11:0\d[\s\S]*Partial|Partial[\s\S]*11 Mar/);
      expect(rows[1]).toContain('Failed');
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await layoutShiftOf(page)).toBeLessThan(0.02);
      await keepScreen(page, `runs-${look}`);
    });

    it('shows a run with its problems by kind, and what to do', async () => {
      const { page } = await visit(`/runs/${partial}`, looks[look]);
      await page.getByRole('heading', { name: 'No employee with this key is in the directory' }).waitFor();
      await page.getByText('Add the person to the directory').waitFor();
      await page.getByRole('heading', { name: 'Parts of the run' }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `run-${look}`);
    });

    it('shows why a run failed', async () => {
      const { page } = await visit(`/runs/${failed}`, looks[look]);
      await page.getByRole('heading', { name: /The API key lacks a privilege/ }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `run-failed-${look}`);
    });

    it('explains a problem', async () => {
      const { page } = await visit('/problems/privilege_missing', looks[look]);
      await page.getByRole('heading', { level: 2, name: 'What to do' }).waitFor();
      expect(await page.title()).toBe('The API key lacks a privilege · Hajiri');
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `problem-${look}`);
    });
  });

  it('opens a run by a click or by the keyboard, and filters by state in the address', async () => {
    const { page } = await visit('/runs?state=failed');
    await page.locator('tbody tr').first().waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.locator('tbody button').first().press('Enter');
    await page.getByRole('heading', { name: /^Run of/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/runs/${failed}`);
    await page.goBack();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(3);
  });

  it('leads from a person to the day, and back', async () => {
    const { page } = await visit(`/runs/${partial}`);
    const line = page.getByRole('listitem').filter({ hasText: 'Keka' }).first();
    await line.getByRole('link').click();
    await page.getByRole('heading', { name: 'Daily attendance' }).waitFor();
    await expect.poll(() => page.locator('output').innerText()).toMatch(/^[1-3] of \d+ people$/);
  });

  it('says that there is no such run, and no such problem', async () => {
    const { page } = await visit('/runs/00000000-0000-4000-8000-000000000001');
    await page.getByText('There is no such run').waitFor();
    await page.goto(`${server.origin}/problems/none_of_ours`);
    await page.getByRole('heading', { name: 'There is no page for this problem' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });

  it('is there in Hindi', async () => {
    const { page } = await visit(`/runs/${partial}`, { locale: 'hi-IN' });
    await page.getByRole('heading', { name: 'समस्याएँ, प्रकार के अनुसार' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });
});
