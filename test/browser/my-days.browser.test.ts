import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOwnerLink } from '../../src/accounts/owner/owner-link.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { openPeopleStage, type PeopleStage, peopleNow } from '../support/browser/people-stage.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { useVisitors } from '../support/browser/web-stage.ts';
import { useStages } from '../support/case-stage.ts';
import { join, joinerPassword } from '../support/join.ts';

const email = 'abhay.apte@sandalwood.example';

describe('the page of an employee', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: PeopleStage;
  beforeAll(async () => {
    const { company, ...keka } = await stages.open({
      scenario: 'demo',
      now: peopleNow.toString(),
      name: 'Sandalwood',
    });
    await keka.fetch('2026-03-01', '2026-03-11');
    stage = await openPeopleStage(visitors, {
      database: stages.database,
      environment: { HAJIRI_ENCRYPTION_KEY: company.encryptionKeyText },
    });
    const who = {
      actor: { kind: 'command_line', user: 't' },
      origin: { address: null, requestId: null },
    } as const;
    const { token } = await makeOwnerLink({ ...stage.installation, ...who }, company.context.organisation);
    const owner = stage.browser();
    const account = { name: 'Asha Rao', email: 'owner@sandalwood.example', password: joinerPassword };
    await owner.post('/api/v1/owner-link/accept', { token, account });
    const { rows } = await stage.database.pool.query<{ id: string }>(
      `select id from employee where first_name = 'Abhay' and last_name = 'Apte'`,
    );
    const membership = { role: 'employee', employee: rows[0]?.id };
    await join(stage, owner, { email, name: 'Abhay Apte', membership });
  });
  afterAll(() => stage?.close());

  const visit = (path: string, options = {}) =>
    stage.visitAs({ email, password: joinerPassword }, path, options);

  it.each(lookNames)('shows their own month, in %s', async (look) => {
    const { page } = await visit('/', looks[look]);
    await page.getByRole('heading', { level: 1, name: 'My days' }).waitFor();
    const table = page.getByRole('table', { name: 'March 2026' });
    await table.getByText('Present').first().waitFor();
    expect(await table.getByText('Present').count()).toBe(7);
    const figures = page.getByLabel('March 2026').first();
    expect(await figures.innerText()).toMatch(/Days worked\s+7\b/);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `my-days-${look}`);
    expect(await page.evaluate("document.querySelector('#content').scrollWidth <= innerWidth")).toBe(true);
  });

  it('goes to the month before, and says when there is nothing', async () => {
    const { page } = await visit('/my-days');
    await page.getByRole('button', { name: 'The month before' }).click();
    await page.getByRole('table', { name: 'February 2026' }).waitFor();
    expect(new URL(page.url()).searchParams.get('month')).toBe('2026-02');
    await page.goto(`${stage.origin}/my-days?month=2027-01`);
    await page.getByText('There is no day of yours in this month').waitFor();
    await page.goto(`${stage.origin}/my-days?month=2020-01`);
    await page.getByText('There is no day of yours in this month').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });
});
