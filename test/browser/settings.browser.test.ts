import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../support/accounts-stage.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { openPeopleStage, type PeopleStage } from '../support/browser/people-stage.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { useVisitors } from '../support/browser/web-stage.ts';
import { join, joinerPassword } from '../support/join.ts';

const lena = { email: 'lena.thomas@acme.example', name: 'Lena Thomas', membership: { role: 'auditor' } };

describe('the settings', () => {
  const visitors = useVisitors();
  let stage: PeopleStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openPeopleStage(visitors);
    own = await stage.signInOwner();
    await join(stage, own, lena);
  });
  afterAll(() => stage?.close());
  const visitAsLena = (path: string) => stage.visitAs({ email: lena.email, password: joinerPassword }, path);

  it('have no token at first, and one is made, copied and revoked', async () => {
    const { page } = await stage.visitAsOwner('/settings/api-tokens');
    await page.getByText('No program has a token').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'api-tokens-empty-light');
    await page.getByRole('button', { name: 'New token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make the token' }).click();
    await dialog.getByText('Name is needed.').waitFor();
    await dialog.getByLabel('Name').fill('Payroll');
    await dialog.getByLabel('Start fetches').check();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'api-token-new-light');
    await dialog.getByRole('button', { name: 'Make the token' }).click();
    const shown = dialog.getByRole('group', { name: 'The token "Payroll"' });
    await shown.waitFor();
    const token = (await shown.innerText()).trim();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'api-token-made-light');
    // Escape does not lose what is shown once.
    await page.keyboard.press('Escape');
    await shown.waitFor();
    const asked = await fetch(`${stage.origin}/api/v1/runs`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(asked.status).toBe(200);
    await dialog.getByRole('button', { name: 'I have copied it' }).click();
    const item = page.getByRole('listitem').filter({ hasText: 'Payroll' });
    await item.getByText(`ends in ${token.slice(-4)}`).waitFor();
    expect(await page.content()).not.toContain(token);
    await item.getByRole('button', { name: 'Revoke' }).click();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'api-token-revoke-light');
    await page.getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('Expired and revoked (1)').click();
    await page.getByText('revoked', { exact: true }).waitFor();
    const again = await fetch(`${stage.origin}/api/v1/runs`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(again.status).toBe(401);
  });

  describe.each(lookNames)('in %s', (look) => {
    beforeAll(async () => {
      // The second time it is there already.
      await own.ask('POST', '/api/v1/tokens', { name: 'Reports', scopes: ['read_reports'] });
    });

    it('list the API tokens', async () => {
      const { page } = await stage.visitAsOwner('/settings/api-tokens', looks[look]);
      await page.getByRole('list', { name: 'API tokens' }).getByText('Reports', { exact: true }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await layoutShiftOf(page)).toBeLessThan(0.05);
      await keepScreen(page, `api-tokens-${look}`);
    });

    it('say how long data is kept', async () => {
      const { page } = await stage.visitAsOwner('/settings/organisation', looks[look]);
      await page.getByLabel('Audit trail', { exact: true }).waitFor();
      await page.getByText('Asia/Kolkata').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await layoutShiftOf(page)).toBeLessThan(0.05);
      await keepScreen(page, `organisation-${look}`);
    });

    it('show who changed what', async () => {
      const { page } = await stage.visitAsOwner('/settings/audit-trail', looks[look]);
      const entry = page.getByText(/created the API token “Reports”/);
      await entry.waitFor();
      expect(await layoutShiftOf(page)).toBeLessThan(0.05);
      await entry.click();
      await page.getByRole('columnheader', { name: 'After' }).filter({ visible: true }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `audit-trail-${look}`);
    });
  });

  it('change how long data is kept, and refuse what makes no sense', async () => {
    const { page } = await stage.visitAsOwner('/settings/organisation');
    const runs = page.getByLabel('Runs and their problems');
    await runs.fill('a year');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A whole number of days.').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await runs.fill('500');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It holds from tonight.').waitFor();
    await page.reload();
    await expect.poll(() => runs.inputValue()).toBe('500');
  });

  it('search the audit trail, keep that in the address, and give it as a file', async () => {
    const { page } = await stage.visitAsOwner('/settings/audit-trail');
    await page.getByText(/accepted an invitation/).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('token “');
    await page.getByText('No entry matches').waitFor();
    await keepScreen(page, 'audit-trail-filtered-light');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).fill('invitation');
    await page
      .getByText(/created the API token/)
      .first()
      .waitFor({ state: 'hidden' });
    await expect.poll(() => page.url()).toContain('q=invitation');
    await page.reload();
    await page.getByText(/accepted an invitation/).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV file' }).click();
    expect((await download).suggestedFilename()).toBe('audit-trail.csv');
  });

  it('offer an auditor what an auditor may see, and say so at an address that is not', async () => {
    const { page } = await visitAsLena('/settings');
    await page.getByRole('heading', { name: 'Members', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'API tokens' }).count()).toBe(0);
    await page.goto(`${stage.origin}/settings/api-tokens`);
    await page.getByText('You do not have the right to this').waitFor();
    expect(await page.getByRole('button', { name: 'New token' }).count()).toBe(0);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'no-permission-light');
  });

  it('are there in Hindi', async () => {
    const { page } = await stage.visitAsOwner('/settings/audit-trail', { locale: 'hi-IN' });
    await page.getByRole('heading', { name: 'बदलावों का लेखा' }).waitFor();
    await page
      .getByText(/ने API टोकन बनाया/)
      .first()
      .waitFor();
    await keepScreen(page, 'audit-trail-hindi');
  });
});
