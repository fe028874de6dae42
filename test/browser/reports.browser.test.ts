import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');

describe('the reports', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let server: WebServer;
  beforeAll(async () => {
    const stage = await stages.open({ scenario: 'demo', now: now.toString(), name: 'Sandalwood Textiles' });
    await stage.fetch('2026-03-02', '2026-03-11');
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}${path}`, { now, ...options });
  const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
  const searchOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

  describe.each(lookNames)('in %s', (look) => {
    it('are listed by what somebody looks for', async () => {
      const { page } = await visit('/reports', looks[look]);
      await page.getByRole('link', { name: /^Muster roll/ }).waitFor();
      expect(await page.getByRole('main').getByRole('link').count()).toBe(11);
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `reports-${look}`);
      await page.getByRole('link', { name: /^Late arrivals/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Late arrivals' }).waitFor();
      await page.getByRole('table').waitFor();
      await expect.poll(() => page.locator('main header').innerText()).toContain('times in Asia/Kolkata');
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `report-late-arrivals-${look}`);
    });

    it('have a code for each day of a month', async () => {
      const { page } = await visit('/reports/muster', looks[look]);
      await row(page, 'Abhay Apte').waitFor();
      expect(await page.getByLabel('Month').inputValue()).toBe('2026-03');
      await page.getByText('One date is not read completely yet').waitFor();
      await page.getByText('Present, a punch missing').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await layoutShiftOf(page)).toBeLessThan(0.05);
      // Only the table is scrolled sideways.
      expect(await page.evaluate("document.querySelector('#content').scrollWidth <= innerWidth")).toBe(true);
      await keepScreen(page, `report-muster-${look}`);
    });

    it('say that nobody matches, and how to go on', async () => {
      const { page } = await visit('/reports/hours?q=nobody+of+this+name', looks[look]);
      await page.getByText('Nobody matches these filters').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `report-filtered-${look}`);
      await page.getByRole('button', { name: 'Clear the filters' }).last().click();
      await row(page, 'Abhay Apte').waitFor();
    });
  });

  it('keep dates and filters in the address, and give the same rows as a file', async () => {
    const { page } = await visit('/reports/detailed');
    await row(page, 'Abhay Apte').first().waitFor();
    await page.getByRole('button', { name: 'Usual ranges' }).click();
    await page.getByRole('menuitem', { name: 'Yesterday' }).click();
    await expect.poll(() => searchOf(page)).toEqual({ from: '2026-03-11', to: '2026-03-11' });
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Absent' }).click();
    await expect.poll(() => searchOf(page)['status']).toBe('absent');
    const shown = page.locator('main output').last();
    await expect.poll(() => shown.innerText()).toMatch(/^\d+ rows?$/);
    const count = Number.parseInt(await shown.innerText(), 10);
    expect(count).toBeGreaterThan(0);
    expect(await page.getByRole('table').getByText('Present', { exact: true }).count()).toBe(0);

    await page.getByRole('button', { name: 'Export' }).click();
    const csv = page.getByRole('menuitem', { name: 'CSV file' });
    const href = new URL((await csv.getAttribute('href')) ?? '', page.url()).href;
    const answer = await page.request.get(href);
    expect(answer.headers()['content-disposition']).toContain('.csv');
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(count + 1);
    expect(lines.slice(1).every((line) => line.includes('Absent'))).toBe(true);
  });

  it('lead from a person to their days, and from a day to that day', async () => {
    const { page } = await visit('/reports/hours');
    await row(page, 'Abhay Apte').click();
    await page.getByRole('heading', { level: 1, name: 'Detailed attendance' }).waitFor();
    expect(searchOf(page)).toMatchObject({ from: '2026-03-01', to: '2026-03-11' });
    await row(page, 'Abhay Apte').last().click();
    await page.getByRole('heading', { level: 1, name: 'Daily attendance' }).waitFor();
    expect(searchOf(page)['date']).toMatch(/^2026-03-\d\d$/);
  });

  it('say in words what to do about a missing punch', async () => {
    const { page } = await visit('/reports/missing-punches');
    await page.getByRole('cell', { name: 'Add the out in Keka' }).first().waitFor();
    const cells = await page.locator('tbody td').allInnerTexts();
    expect(cells.filter((text) => /[a-z]_[a-z]/.test(text))).toEqual([]);
    await page.goto(`${server.origin}/reports/in-out`);
    await page.getByRole('cell', { name: 'Device' }).first().waitFor();
  });

  it('show more rows when asked, and columns that are chosen', async () => {
    const { page } = await visit('/reports/detailed');
    await page.getByText('The first 200 rows').first().waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('The first 400 rows').first().waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Shift start' }).click();
    await page.getByRole('columnheader', { name: 'Shift start' }).waitFor();
  });

  it('say that there is none of that name', async () => {
    const { page } = await visit('/reports/horoscope');
    await page.getByRole('heading', { name: 'There is no such report' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });
});
