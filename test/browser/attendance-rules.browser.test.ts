import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { openPeopleStage, type PeopleStage } from '../support/browser/people-stage.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { useVisitors } from '../support/browser/web-stage.ts';

describe('the rules of a day', () => {
  const visitors = useVisitors();
  let stage: PeopleStage;
  beforeAll(async () => {
    stage = await openPeopleStage(visitors);
    await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  it('have no policy at first; one is looked at, made and removed', async () => {
    const { page } = await stage.visitAsOwner('/settings/attendance');
    await page.getByText('There is no policy yet.').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'New policy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Grace for late in (minutes)').fill('ten');
    await dialog.getByRole('button', { name: 'Make the policy' }).click();
    await dialog.getByText('Whole minutes, or nothing.').waitFor();
    await dialog.getByLabel('Grace for late in (minutes)').fill('10');
    await dialog.getByLabel('Full day (effective minutes)').fill('480');
    await dialog.getByRole('button', { name: 'Show last month' }).click();
    await dialog.getByText(/No day of last month is stored|days would change/).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'attendance-rules-new-light');
    await dialog.getByRole('button', { name: 'Make the policy' }).click();
    const item = page.getByRole('listitem').filter({ hasText: 'The whole company' });
    await item.getByText('late after 10 min').waitFor();
    await page.getByText('Stored days are judged anew.').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'attendance-rules-light');
    await item.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('There is no policy yet.').waitFor();
  });

  it('say why a month cannot be closed, and close and open one', async () => {
    const { page } = await stage.visitAsOwner('/settings/attendance');
    await page.getByLabel('Month', { exact: true }).fill('2024-01');
    await page.getByLabel('Close it although dates were not read completely').check();
    await page.getByRole('button', { name: 'Close the month' }).click();
    const item = page.getByRole('listitem').filter({ hasText: '2024-01' });
    await item.getByText('Keka has it as it is stored').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close the month' }).click();
    await page.getByText('The month was not closed').waitFor();
    await item.getByRole('button', { name: 'Open again' }).click();
    await page.getByText('No month is closed.').waitFor();
  });
});
