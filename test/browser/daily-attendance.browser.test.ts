import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');

describe('Daily attendance', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  beforeAll(async () => {
    stage = await stages.open({ scenario: 'demo', now: now.toString(), name: 'Sandalwood Textiles' });
    await stage.fetch('2026-03-09', '2026-03-11');
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  const visit = (search = '', options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}/daily-attendance${search}`, { now, ...options });
  const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });
  const shown = (page: Page) => page.locator('output').innerText();
  const searchOf = (page: Page) => new URL(page.url()).searchParams;
  /** Names of the people in sight, from the top. */
  const names = (page: Page) => page.locator('tbody button').allInnerTexts();

  describe.each(lookNames)('in %s', (look) => {
    it('shows everybody of the last whole day', async () => {
      const { page } = await visit('', looks[look]);
      await row(page, 'Abhay Apte').waitFor();
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Daily attendance');
      await expect.poll(() => page.locator('main header').innerText()).toMatch(/Wednesday,? 11 March 2026/);
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await layoutShiftOf(page)).toBeLessThan(0.02);
      await keepScreen(page, `daily-attendance-${look}`);
    });

    it('shows the day of one person', async () => {
      const { page } = await visit('?date=2026-03-11', looks[look]);
      await row(page, 'Abhay Menon').click();
      const drawer = page.getByRole('dialog', { name: 'Abhay Menon' });
      await drawer.getByText('Pune HQ Main Gate').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `daily-attendance-person-${look}`);
    });

    it('says that nobody matches, and how to go on', async () => {
      const { page } = await visit('?q=nobody+of+this+name', looks[look]);
      await page.getByText('Nobody matches these filters').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `daily-attendance-filtered-${look}`);
      await page.locator('main').getByRole('button', { name: 'Clear filters' }).last().click();
      await row(page, 'Abhay Apte').waitFor();
    });

    it('says that a day was not read', async () => {
      const { page } = await visit('?date=2026-03-06', looks[look]);
      await page.getByText('This day has not been read from Keka yet').waitFor();
      await page.getByText('nobody is counted as absent').waitFor();
      expect(await page.locator('main').getByText('Absent', { exact: true }).count()).toBe(0);
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `daily-attendance-not-read-${look}`);
    });

    it('says that it could not be loaded, and loads when asked again', async () => {
      const { page, context } = await visitors.visit(`${server.origin}/nothing-here`, {
        now,
        ...looks[look],
      });
      await page.getByRole('heading', { name: 'There is no page' }).waitFor();
      await context.route('**/api/v1/reports/**', (route) => route.abort());
      await page.goto(`${server.origin}/daily-attendance`);
      await page.getByText('Hajiri does not answer').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `daily-attendance-failed-${look}`);
      await context.unroute('**/api/v1/reports/**');
      await page.getByRole('button', { name: 'Try again' }).click();
      await row(page, 'Abhay Apte').waitFor();
    });

    it('keeps the places while it loads', async () => {
      const { page, context } = await visitors.visit(`${server.origin}/nothing-here`, {
        now,
        ...looks[look],
      });
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      await context.route('**/api/v1/reports/**', async (route) => {
        await released;
        await route.continue();
      });
      await page.goto(`${server.origin}/daily-attendance?date=2026-03-11`);
      await page.getByRole('status', { name: 'Loading' }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `daily-attendance-loading-${look}`);
      release();
      await row(page, 'Abhay Apte').waitFor();
      expect(await layoutShiftOf(page)).toBeLessThan(0.02);
    });
  });

  it('has only the rows in sight in the document, says how many there are, and puts all on paper', async () => {
    const { page } = await visit();
    await row(page, 'Abhay Apte').waitFor();
    const table = page.getByRole('table');
    expect(Number(await table.getAttribute('aria-rowcount'))).toBe(245);
    expect(await page.locator('tbody tr').count()).toBeLessThan(50);
    // The last one comes into sight when it is scrolled to.
    await page
      .locator('tbody')
      .press('End')
      .catch(() => {});
    await page.locator('tbody button').first().focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('tr[aria-rowindex="245"]').count()).toBe(1);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('tbody tr').count()).toBe(244);
    await page.emulateMedia({ media: 'print' });
    for (const hidden of [page.getByRole('navigation'), page.getByRole('button', { name: 'Export' })]) {
      expect(await hidden.filter({ visible: true }).count()).toBe(0);
    }
  });

  it('filters by a click on a count, and the address says so', async () => {
    const { page } = await visit();
    const counts = page.getByRole('list', { name: 'Filter by status' });
    await counts.getByRole('link', { name: 'Absent' }).click();
    await expect.poll(() => shown(page)).toBe('7 of 244 people');
    expect(searchOf(page).getAll('status')).toEqual(['absent']);
    expect(await page.locator('tbody tr').filter({ hasText: 'Absent' }).count()).toBe(7);
    await page.getByRole('button', { name: 'Export' }).click();
    const files = page.getByRole('menuitem');
    expect(await files.allInnerTexts()).toEqual([
      'CSV file of the rows shown',
      'Excel file of the rows shown',
      'PDF file of the rows shown',
      'Print',
    ]);
    for (const kind of ['csv', 'sheet', 'pdf']) {
      const place = { csv: 0, sheet: 1, pdf: 2 }[kind] ?? 0;
      const href = (await files.nth(place).getAttribute('href')) ?? '';
      const answer = await page.request.get(new URL(href, page.url()).href);
      expect(answer.headers()['content-type']).toContain(kind);
    }
    await page.keyboard.press('Escape');
    await counts.getByRole('link', { name: 'Absent' }).click();
    await expect.poll(() => shown(page)).toBe('244 people');
    expect(searchOf(page).has('status')).toBe(false);
  });

  it('finds people by words in any order, whatever the capitals', async () => {
    const { page } = await visit();
    await page.getByRole('searchbox', { name: 'Search' }).fill('perez AMINA');
    await expect.poll(() => names(page)).toEqual(['Amina Pérez']);
    expect(searchOf(page).get('q')).toBe('perez AMINA');
    await page.getByRole('searchbox').fill('00120');
    await expect.poll(() => names(page)).toEqual(['Amina Pérez']);
  });

  it('filters by team and by flag together, and counts what is left', async () => {
    const { page } = await visit();
    await page
      .getByRole('combobox', { name: 'Team' })
      .or(page.getByLabel('Team', { exact: true }))
      .first()
      .click();
    await page.getByRole('option', { name: 'Weaving' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(() => searchOf(page).getAll('team')).toEqual(['Weaving']);
    const cells = await page.locator('tbody tr td:nth-child(3)').allInnerTexts();
    expect(new Set(cells)).toEqual(new Set(['Weaving']));
    const everybody = page.getByRole('list', { name: 'Filter by status' }).getByRole('link').first();
    const left = /\d+/.exec(await shown(page))?.[0];
    expect(await everybody.innerText()).toContain(left);
  });

  it('shows the same to somebody who is sent the address', async () => {
    const { page } = await visit('?date=2026-03-10&status=absent&status=no_record&sort=-employeeId');
    await expect.poll(() => shown(page)).toMatch(/^\d+ of \d+ people$/);
    const cells = page.locator('tbody tr td:nth-child(4)');
    // How many they are is told a moment before the rows in sight are measured and drawn.
    await expect.poll(() => cells.count()).toBeGreaterThan(3);
    const statuses = await cells.allInnerTexts();
    expect(statuses.filter((text) => !['Absent', 'No record'].includes(text))).toEqual([]);
    const codes = await page.locator('tbody tr td:nth-child(2)').allInnerTexts();
    const order = new Intl.Collator(undefined, { numeric: true });
    expect(codes).toEqual(codes.toSorted((a, b) => order.compare(b, a)));
    expect(await page.getByRole('columnheader', { name: 'Employee ID' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
  });

  it('sorts up, down, and as at first; those without a value come last either way', async () => {
    const { page } = await visit();
    const heading = page.getByRole('button', { name: 'In', exact: true });
    const times = () => page.locator('tbody tr td:nth-child(5)').allInnerTexts();
    await heading.click();
    await expect.poll(() => searchOf(page).get('sort')).toBe('firstIn');
    const up = await times();
    expect(up).toEqual(up.toSorted());
    await heading.click();
    await expect.poll(() => searchOf(page).get('sort')).toBe('-firstIn');
    const down = await times();
    expect(down).toEqual(down.toSorted().toReversed());
    expect(down[0]).toMatch(/^2\d:/);
    await heading.click();
    await expect.poll(() => searchOf(page).has('sort')).toBe(false);
    expect((await names(page))[0]).toBe('Abhay Apte');
  });

  it('shows the columns that were chosen, also the next time', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Premise' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Team' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Overtime' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Premise' }).waitFor();
    await page.reload();
    await page.getByRole('columnheader', { name: 'Premise' }).waitFor();
    await page.getByRole('columnheader', { name: 'Overtime' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Team' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitem', { name: 'As at first' }).click();
    await page.getByRole('columnheader', { name: 'Team' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Premise' }).count()).toBe(0);
  });

  it('works with the keyboard alone', async () => {
    const { page } = await visit();
    await row(page, 'Abhay Apte').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.locator('tbody button').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Abhay Menon').waitFor();
    expect(searchOf(page).get('person')).toBe('SW0022');
    await dialog.getByRole('button', { name: 'Next person' }).press('Enter');
    await page.getByRole('dialog', { name: 'Abhay Naidu' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(searchOf(page).has('person')).toBe(false);
  });

  it('tells a time also in UTC and where the reader is', async () => {
    const { page } = await visit('?date=2026-03-11&person=SW0022', { timezoneId: 'Europe/Berlin' });
    const time = page.getByRole('dialog').locator('time').first();
    expect(await time.innerText()).toBe('09:23');
    await time.focus();
    await page.getByText('03:53 UTC').waitFor();
    await page.getByText('04:53 where you are (Europe/Berlin)').waitFor();
  });

  it.each(['Asia/Kolkata', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
    'has the same dates in a browser in %s',
    async (timezoneId) => {
      const { page } = await visit('', { timezoneId });
      await row(page, 'Abhay Apte').waitFor();
      const strip = page.getByRole('navigation', { name: 'Days' });
      expect(await strip.locator('[aria-current=date]').innerText()).toMatch(/Wed\s+11\s+March 2026/);
      expect(await strip.getByRole('listitem').last().innerText()).toMatch(/Thu\s+12/);
      const asked = page.waitForRequest(/reports\/daily/);
      await strip.getByLabel('Choose a date').fill('2026-03-10');
      expect(new URL((await asked).url()).searchParams.get('date')).toBe('2026-03-10');
      await page
        .locator('main header')
        .getByText(/Tuesday,? 10 March 2026/)
        .waitFor();
      await strip.getByRole('link', { name: /Mon\s+9/ }).click();
      await page
        .locator('main header')
        .getByText(/Monday,? 9 March 2026/)
        .waitFor();
      await strip.getByRole('button', { name: 'One day later' }).click();
      await expect.poll(() => searchOf(page).get('date')).toBe('2026-03-10');
    },
  );

  it('goes no further than today', async () => {
    const { page } = await visit('?date=2026-03-12');
    await row(page, 'Abhay Apte').waitFor();
    const later = page.getByRole('button', { name: 'One day later' });
    expect(await later.isDisabled()).toBe(true);
  });

  it('is there in Hindi', async () => {
    const { page } = await visit('?date=2026-03-11', { locale: 'hi-IN' });
    await page.getByRole('heading', { name: 'दैनिक हाज़िरी' }).waitFor();
    await page.getByText('बुधवार, 11 मार्च 2026').waitFor();
    await page.getByText('अनुपस्थित').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('hi');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'daily-attendance-hindi');
    await page.getByRole('button', { name: 'रंग-रूप, भाषा' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Daily attendance' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Daily attendance' }).waitFor();
  });

  it('lets somebody say what a day counts as, and take it back', async () => {
    const { page } = await visit('?date=2026-03-11');
    await row(page, 'Abhay Menon').click();
    const drawer = page.getByRole('dialog', { name: 'Abhay Menon' });
    await drawer.getByRole('button', { name: 'Note something' }).click();
    await drawer.getByLabel('The day counts as').selectOption('On leave');
    await drawer.getByLabel('Why').fill('Called in, the request follows');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Save the note' }).click();
    await drawer.getByText('Called in, the request follows').waitFor();
    await row(page, 'Abhay Menon').filter({ hasText: 'On leave' }).waitFor();
    await drawer.getByRole('button', { name: 'Change the note' }).click();
    await drawer.getByRole('button', { name: 'Take it back' }).click();
    await drawer.getByRole('button', { name: 'Note something' }).waitFor();
  });
});
