import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');

const csv = (...lines: readonly string[]) => ({
  name: 'march.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`employee_id,first_name,last_name,email,team\n${lines.join('\n')}\n`),
});
const refused = csv(
  'E1,Asha,Rao,asha@acme.example,Weaving',
  '00123,Ravi,Nair,not an address,Weaving',
  'E1,Meera,Iyer,,',
);
const good = csv(
  'E1,Asha,Rao,asha@acme.example,Weaving',
  '00123,Ravi,Nair,ravi@acme.example,Spinning',
  'E3,Omar,Khan,,',
);

describe('importing employees', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  beforeAll(async () => {
    stage = await stages.open({
      scenario: smallScenario(4, []),
      now: now.toString(),
      name: 'Sandalwood Textiles',
      directory: 'employee_id,first_name,last_name\nE1,Asha,Rau\nE3,Omar,Khan\n',
    });
    await stage.fetch('2026-03-11');
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}${path}`, { now, ...options });

  it('says row by row why a file cannot be applied', async () => {
    const { page } = await visit('/employees/imports');
    await page.getByLabel('Choose a file').setInputFiles({ ...refused, buffer: Buffer.from('') });
    await page.getByText('The file could not be read').waitFor();
    await page.getByLabel('Choose a file').setInputFiles(refused);
    await page.getByRole('heading', { level: 1, name: 'march.csv' }).waitFor();
    await page.getByText('so nothing can be applied').waitFor();
    await page.getByText('E-mail must be an e-mail address').waitFor();
    expect(await page.getByRole('button', { name: 'Apply' }).count()).toBe(0);
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'import-refused-light');
  });

  it('shows field by field what a file would do, does it, and takes it back', async () => {
    const { page } = await visit('/employees/imports');
    await page.getByLabel('Choose a file').setInputFiles(good);
    await page.getByText('1 new, 1 changed, 1 unchanged').waitFor();
    await page.getByRole('link', { name: /^Changed/ }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Line 2' });
    await row.getByText('Rau').waitFor();
    await row.getByText('asha@acme.example').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'import-preview-light');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('1 added, 1 changed.').waitFor();
    const { rows } = await stage.company.daily('2026-03-11');
    expect(rows.map(({ employeeId }) => employeeId)).toContain('00123');
    await page.getByRole('button', { name: 'Undo the import' }).click();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo it' }).click();
    await page.getByText('1 removed, 1 as before.').waitFor();
    await page.getByText('Undone', { exact: true }).first().waitFor();
  });

  it.each(lookNames)('is kept in a history, in %s', async (look) => {
    const { page } = await visit('/employees/imports', looks[look]);
    await page.getByRole('list', { name: 'Imports so far' }).getByText('march.csv').first().waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `imports-${look}`);
    if (look === 'light') return;
    await page.getByRole('list', { name: 'Imports so far' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'About the file' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, `import-${look}`);
  });
});
