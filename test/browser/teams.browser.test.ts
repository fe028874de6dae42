import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');

describe('teams, and whoever is left out', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  beforeAll(async () => {
    stage = await stages.open({
      scenario: smallScenario(3, ['2026-03-11']),
      now: now.toString(),
      name: 'Sandalwood Textiles',
      directory: [
        'employee_id,first_name,last_name,team,tags',
        'E1,Asha,Rao,Weaving,',
        'E2,Ravi,Nair,Weaving,',
        'E3,Meera,Iyer,Spinning,trainee',
        'TEST-1,Gate,One,,',
        'TEST-2,Gate,Two,,',
      ].join('\n'),
    });
    await stage.fetch('2026-03-11');
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}${path}`, { now, ...options });

  it('are a tree that is changed, into which people move from a day on', async () => {
    const { page } = await visit('/employees/teams');
    await page.getByRole('button', { name: 'Add a team' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add a team' }).click();
    await dialog.getByText('Enter a name.').waitFor();
    await dialog.getByLabel('Name').fill('Weaving');
    await dialog.getByRole('button', { name: 'Add a team' }).click();
    await dialog.getByText('Another team has this name.').waitFor();
    await dialog.getByLabel('Name').fill('Mill');
    await dialog.getByRole('button', { name: 'Add a team' }).click();
    await page.getByRole('link', { name: 'Mill' }).waitFor();
    for (const team of ['Weaving', 'Spinning']) {
      await page.getByRole('button', { name: `Change: ${team}` }).click();
      await dialog.getByLabel('Below').selectOption({ label: 'Mill' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'hidden' });
    }
    const mill = page.getByRole('listitem').filter({ hasText: 'Mill' });
    await mill.getByText('3 with the teams below').waitFor();
    await page.getByRole('button', { name: 'Move people here: Spinning' }).click();
    await dialog.getByRole('combobox', { name: 'Who' }).fill('ravi');
    await page.getByRole('option', { name: 'Ravi Nair · E2' }).click();
    await dialog.getByLabel('From').fill('2026-03-12');
    await page.keyboard.press('Tab');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'team-move-light');
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByText('1 person was moved to Spinning.').waitFor();
    // What was before stays as it was.
    expect((await stage.company.row('2026-03-11', 'E2')).team).toBe('Weaving');
  });

  it.each(lookNames)('are shown in %s', async (look) => {
    const { page } = await visit('/employees/teams', looks[look]);
    await page.getByRole('link', { name: 'Spinning' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `teams-${look}`);
  });

  it('are left out by a rule that says beforehand whom it catches', async () => {
    const { page } = await visit('/employees/exclusions');
    await page.getByText('Nobody is left out').waitFor();
    await page.getByRole('combobox', { name: 'Value' }).fill('*');
    await page.getByRole('button', { name: 'Leave them out' }).click();
    await page.getByText('This would leave out everybody.').waitFor();
    await page.getByRole('combobox', { name: 'Value' }).fill('TEST-*');
    await page.getByText(/^It would leave out 2 employees and 0 people in Keka, such as Gate/).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'exclusion-new-light');
    await page.getByRole('button', { name: 'Leave them out' }).click();
    await page.getByRole('list', { name: 'Rules' }).getByText('Number like "TEST-*"').waitFor();
    const { rows } = await stage.company.daily('2026-03-11');
    expect(rows.map(({ employeeId }) => employeeId)).not.toContain('TEST-1');
  });

  it.each(lookNames)('have their rules, in %s', async (look) => {
    const { page } = await visit('/employees/exclusions', looks[look]);
    await page.getByText('Number like "TEST-*"').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `exclusions-${look}`);
  });

  it('come back when the rule goes', async () => {
    const { page } = await visit('/employees/exclusions');
    await page.getByRole('button', { name: 'Remove the rule: Number like "TEST-*"' }).click();
    await page.getByText('The rule was removed.').waitFor();
    await page.getByText('Nobody is left out').waitFor();
  });
});
