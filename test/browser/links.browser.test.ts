import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { serveStage, useVisitors, type WebServer } from '../support/browser/web-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');

// People in Keka and a directory, so that each kind of trouble is there.
const people: readonly (readonly [number, Readonly<Record<string, unknown>>])[] = [
  [1, { employeeNumber: 'E1', displayName: 'Asha Rao', attendanceNumber: '900' }],
  [2, { employeeNumber: null, displayName: 'Binod Jha', email: 'binod@acme.example' }],
  [3, { employeeNumber: '123', displayName: 'Chitra Sen' }],
  [4, { employeeNumber: 'E4', displayName: 'Deepa Nair' }],
  [5, { employeeNumber: 'E5', displayName: 'Esha Pal' }],
  [6, { employeeNumber: 'E5', displayName: 'Farid Khan' }],
  [7, { employeeNumber: 'X7', displayName: 'Gate Test' }],
  [8, { employeeNumber: 'X8', displayName: 'Hari Roy', email: 'hari@acme.example' }],
  [9, { employeeNumber: 'X9', displayName: 'Indu Bose', joiningDate: '2021-02-01T00:00:00Z' }],
];
const directory = [
  'employee_id,first_name,last_name,email,joining_date',
  'E1,Asha,Rao,,',
  'B2,Binod,Jha,BINOD@acme.example,',
  '00123,Chitra,Sen,,',
  'e4,Deepa,Nair,,',
  'E4,Deepak,Nair,,',
  'E5,Esha,Pal,,',
  'I9,Indu,Bose,,2021-02-01',
  ',Jaya,Iyer,jaya@acme.example,',
  '900,Kavya,Hegde,,',
].join('\n');

describe('the links to Keka', () => {
  const stages = useStages();
  const visitors = useVisitors();
  let stage: Stage;
  let server: WebServer;
  let run = '';
  beforeAll(async () => {
    stage = await stages.open({
      scenario: smallScenario(people.length, [], {
        employees: people.map(([n, changes]) => {
          const [firstName, lastName] = String(changes['displayName']).split(' ');
          return profile(n, { firstName, lastName, ...changes });
        }),
        attendance: ['2026-03-10', '2026-03-11'].flatMap((day) =>
          people.map(([n, { employeeNumber }]) => record(n, day, { employeeNumber })),
        ),
      }),
      now: now.toString(),
      name: 'Sandalwood Textiles',
      directory,
    });
    run = (await stage.fetch('2026-03-10', '2026-03-11')).run.id;
    server = await serveStage(stage);
  });
  afterAll(() => server?.close());

  const visit = (path: string, options: Parameters<typeof visitors.visit>[1] = {}) =>
    visitors.visit(`${server.origin}${path}`, { now, ...options });

  it.each(lookNames)('begin with those who need somebody, in %s', async (look) => {
    const { page } = await visit('/employees/links', looks[look]);
    const kinds = page.getByRole('list', { name: 'Kinds' });
    await kinds.getByText('Not in the directory').waitFor();
    await page.getByText('nearly the same code').waitFor();
    expect(await kinds.getByRole('listitem').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/Not in the directory\s*4/)]),
    );
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await layoutShiftOf(page)).toBeLessThan(0.05);
    await keepScreen(page, `links-${look}`);
  });

  it('are where a problem of a run leads', async () => {
    const { page } = await visit(`/runs/${run}`);
    const group = page.locator('section').filter({
      has: page.getByRole('heading', { level: 3, name: 'No employee with this key is in the directory' }),
    });
    await group.last().getByRole('link', { name: 'Link them' }).click();
    await page.getByRole('heading', { level: 1, name: 'Links to Keka' }).waitFor();
    expect(new URL(page.url()).searchParams.get('kind')).toBe('not_in_directory');
  });

  it('are made from a suggestion, and undone', async () => {
    const { page } = await visit('/employees/links?kind=not_in_directory');
    await page.getByRole('button', { name: 'Link Chitra Sen to Chitra Sen' }).click();
    await page.getByText('1 person was linked. 2 stored days follow in every report.').waitFor();
    await page.getByRole('button', { name: 'Link Chitra Sen to Chitra Sen' }).waitFor({ state: 'hidden' });
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'links-made-light');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The decision was undone.').waitFor();
    await page.getByRole('button', { name: 'Link Chitra Sen to Chitra Sen' }).waitFor();
  });

  it('are made by hand, by search, after a look at what it changes', async () => {
    const { page } = await visit('/employees/links?kind=ambiguous');
    await page.getByRole('button', { name: 'Search: Deepa Nair' }).click();
    const dialog = page.getByRole('dialog', { name: 'Who is Deepa Nair?' });
    await dialog.getByRole('combobox', { name: 'Employee' }).fill('esha');
    await page.getByRole('option', { name: 'Esha Pal · E5' }).click();
    await dialog.getByText('2 stored days go to Esha Pal in every report.').waitFor();
    await dialog.getByText('Only for some days').click();
    await dialog.getByLabel('From').fill('2026-03-11');
    await dialog.getByLabel('To').fill('2026-03-01');
    await dialog.getByText('The last day is before the first.').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'link-by-hand-light');
    await dialog.getByLabel('From').fill('');
    await dialog.getByLabel('To').fill('');
    await dialog.getByRole('combobox', { name: 'Employee' }).fill('deepak');
    await page.getByRole('option', { name: 'Deepak Nair · E4' }).click();
    await dialog.getByText('2 stored days go to Deepak Nair in every report.').waitFor();
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByText('1 person was linked. 2 stored days follow in every report.').waitFor();
    expect((await stage.company.row('2026-03-11', 'E4')).status).toBe('present');
  });

  it('are told not to be needed, with a reason, and brought back', async () => {
    const { page } = await visit('/employees/links?kind=not_in_directory');
    await page.getByRole('button', { name: 'Ignore: Gate Test' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ignore' }).click();
    await page.getByText('Say why.').waitFor();
    await page.getByLabel('Why').fill('Account to test the gate');
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'link-ignore-light');
    await page.getByRole('dialog').getByRole('button', { name: 'Ignore' }).click();
    await page.getByText('1 is ignored now.').waitFor();
    await page.goto(`${server.origin}/employees/links?kind=ignored`);
    await page.getByText('Ignored: Account to test the gate').waitFor();
    await page.getByRole('link', { name: 'Decisions so far' }).click();
    await page.getByText('Gate Test: ignored').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'link-decisions-light');
    await page.getByRole('button', { name: 'Undo: Gate Test' }).click();
    await page.getByText('The decision was undone.').waitFor();
  });

  it('add somebody to the directory', async () => {
    const { page } = await visit('/employees/links?kind=not_in_directory');
    await page.getByRole('checkbox', { name: 'Choose Hari Roy' }).check();
    await page.getByRole('button', { name: 'Add to the directory', exact: true }).click();
    await page.getByText('1 employee was added.').waitFor();
    expect((await stage.company.row('2026-03-11', 'X8')).name).toBe('Hari Roy');
  });

  it('are previewed for another identification key', async () => {
    const { page } = await visit('/employees/links?kind=linked');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Change the identification key' }).click();
    const dialog = page.getByRole('dialog', { name: 'Another identification key' });
    await dialog.getByLabel('New key').selectOption('attendance_number');
    await dialog.getByRole('row').filter({ hasText: 'Kavya Hegde' }).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'links-key-light');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('may follow Keka by themselves', async () => {
    const { page } = await visit('/employees/links');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'What follows Keka' }).click();
    const dialog = page.getByRole('dialog', { name: 'What follows Keka' });
    await dialog.getByRole('checkbox', { name: 'Location' }).check();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'links-settings-light');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'What follows Keka' }).click();
    await expect.poll(() => dialog.getByRole('checkbox', { name: 'Location' }).isChecked()).toBe(true);
  });

  it('are made from the day of somebody whom nobody knows', async () => {
    const { page } = await visit('/daily-attendance?date=2026-03-11&q=gate');
    await page.getByRole('button', { name: 'Gate Test' }).click();
    await page.getByRole('link', { name: 'Say who this is' }).click();
    await page.getByRole('heading', { level: 1, name: 'Links to Keka' }).waitFor();
    await page.getByText('Gate Test').waitFor();
  });

  it('are accepted many at once, after a preview', async () => {
    const { page } = await visit('/employees/links');
    await page.getByRole('button', { name: 'Accept 3 suggestions' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Link Indu Bose to Indu Bose' }).uncheck();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'links-accept-light');
    await dialog.getByRole('button', { name: 'Look at what would change' }).click();
    await dialog.getByText('2 people are linked. 4 stored days then stand in the reports.').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'links-preview-light');
    await dialog.getByRole('button', { name: 'Make 2 links' }).click();
    await page.getByText('2 people were linked. 4 stored days follow in every report.').waitFor();
    expect((await stage.company.row('2026-03-11', 'B2')).status).toBe('present');
  });

  it('are there in Hindi, and searched over all kinds', async () => {
    const { page } = await visit(`/employees/links?q=indu`, { locale: 'hi-IN' });
    await page.getByText('Indu Bose').first().waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'links-hindi');
  });
});
