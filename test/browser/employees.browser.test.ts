import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestBrowser } from '../support/accounts-stage.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { openPeopleStage, type PeopleStage } from '../support/browser/people-stage.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { useVisitors } from '../support/browser/web-stage.ts';
import { join, joinerPassword } from '../support/join.ts';

const firstNames = ['Asha', 'Ravi', 'Meera', 'Omar', 'Lena', 'Kabir', 'Divya', 'Arjun', 'Sana', 'Tara'];
const lastNames = ['Rao', 'Nair', 'Iyer', 'Khan', 'Thomas', 'Mehta'];

/** Sixty people, in three teams and two places. */
function everybody(): readonly Record<string, unknown>[] {
  return Array.from({ length: 60 }, (_none, place) => ({
    employeeId: String(place + 1).padStart(5, '0'),
    firstName: firstNames[place % 10],
    lastName: lastNames[Math.floor(place / 10)],
    email: `person${place + 1}@acme.example`,
    team: place === 0 ? 'Finishing' : place % 3 === 0 ? 'Weaving' : 'Spinning',
    location: place % 2 === 0 ? 'Pune' : 'Surat',
    designation: place % 5 === 0 ? 'Supervisor' : 'Operator',
    joiningDate: `2024-0${(place % 9) + 1}-01`,
    ...(place === 1 ? { tags: ['night'] } : {}),
    ...(place === 7 ? { leavingDate: '2025-12-31' } : {}),
  }));
}

describe('the directory', () => {
  const visitors = useVisitors();
  let stage: PeopleStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openPeopleStage(visitors);
    own = await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  it('is empty at first, and somebody is added by hand', async () => {
    const { page } = await stage.visitAsOwner('/employees');
    await page.getByText('Nobody is in the directory yet').waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'employees-empty-light');
    await page.getByRole('main').getByRole('link', { name: 'Add an employee' }).first().click();
    await page.getByLabel('Last name').fill('Rao');
    await page.getByLabel('E-mail').fill('not an address');
    await page.getByRole('button', { name: 'Add an employee' }).click();
    await page.getByText('First name is needed.').waitFor();
    await page.getByLabel('First name').fill('Zoya');
    await page.getByRole('button', { name: 'Add an employee' }).click();
    await page.getByText(/^E-mail must/).waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    await keepScreen(page, 'employee-new-light');
    await page.getByLabel('E-mail').fill('zoya.rao@acme.example');
    await page.getByLabel('Employee ID').fill('00999');
    await page.getByRole('button', { name: 'Add an employee' }).click();
    await page.getByRole('heading', { level: 1, name: 'Zoya Rao' }).waitFor();
    await page.getByText('Nobody in Keka is linked to this employee').waitFor();
  });

  describe('with sixty people more', () => {
    let one = '';
    beforeAll(async () => {
      for (const name of ['Weaving', 'Spinning', 'Finishing']) await own.post('/api/v1/teams', { name });
      for (const body of everybody()) {
        const { id } = (await own.post('/api/v1/employees', body)) as { id: string };
        one ||= id;
      }
    });

    it.each(lookNames)('is gone to by a few letters, as are dates and pages, in %s', async (look) => {
      const { page } = await stage.visitAsOwner('/', looks[look]);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Control+k');
      const field = page.getByRole('textbox', { name: 'Go to' });
      await field.fill('00007');
      await page.getByRole('button', { name: /^Divya Rao/ }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `palette-${look}`);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Divya Rao' }).waitFor();

      await page.keyboard.press('Control+k');
      await field.fill('muster');
      await page.getByRole('button', { name: 'Muster roll' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Muster roll' }).waitFor();

      await page.getByRole('button', { name: 'Go to' }).click();
      await field.fill('9/3/2026');
      await page.getByRole('button', { name: /^Daily attendance of Mon/ }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Daily attendance' }).waitFor();
      expect(new URL(page.url()).searchParams.get('date')).toBe('2026-03-09');

      await page.keyboard.press('Control+k');
      await field.fill('zzzz');
      await page.getByText('Nothing of that name').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await field.waitFor({ state: 'detached' });
    });

    it.each(lookNames)('is a list, in %s', async (look) => {
      const { page } = await stage.visitAsOwner('/employees', looks[look]);
      await page.getByText('61 employees').waitFor();
      await page.getByText('1 – 50 of 61').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      expect(await layoutShiftOf(page)).toBeLessThan(0.05);
      await keepScreen(page, `employees-${look}`);
    });

    it('is searched, filtered, sorted and paged, and the address tells it all', async () => {
      const { page } = await stage.visitAsOwner('/employees');
      await page.getByRole('searchbox', { name: 'Search employees' }).fill('rao');
      await page.getByText('11 employees').waitFor();
      await page.getByRole('combobox', { name: 'Location' }).click();
      await page.getByRole('option', { name: 'Pune' }).click();
      await page.getByText('5 employees').waitFor();
      await page.getByRole('button', { name: 'Employee ID' }).click();
      await page.getByRole('button', { name: 'Employee ID' }).click();
      await expect.poll(() => page.locator('tbody tr').first().innerText()).toContain('00009');
      const { search } = new URL(page.url());
      expect(search).toBe('?q=rao&location=Pune&sort=-employee_id');
      await page.getByRole('button', { name: 'Export' }).click();
      const csv = page.getByRole('menuitem', { name: 'CSV file of what is shown' });
      const file = await own.get((await csv.getAttribute('href')) ?? '');
      expect(String(file).trim().split('\n')).toHaveLength(6);
      await page.keyboard.press('Escape');
      await page.getByRole('combobox', { name: 'Location' }).click();
      await page.getByRole('searchbox', { name: 'Search employees' }).fill('nobody like this');
      await page.getByText('Nobody matches these filters').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await page.getByRole('button', { name: 'Clear filters' }).first().click();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('51 – 61 of 61').waitFor();
      expect(new URL(page.url()).searchParams.get('page')).toBe('2');
    });

    it.each(lookNames)('has a page for everybody, in %s', async (look) => {
      const { page } = await stage.visitAsOwner(`/employees/${one}`, looks[look]);
      await page.getByRole('heading', { level: 1, name: 'Asha Rao' }).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `employee-${look}`);
    });

    it('moves somebody to another team from a day on', async () => {
      const { page } = await stage.visitAsOwner(`/employees/${one}`);
      await page.getByRole('button', { name: 'Change' }).click();
      await page.getByRole('combobox', { name: 'Team' }).click();
      await page.getByRole('option', { name: 'Spinning' }).click();
      await page.getByLabel('In the new team from').fill('2026-03-01');
      await page.getByRole('combobox', { name: 'Manager' }).fill('zoya');
      await page.getByRole('option', { name: 'Zoya Rao · 00999' }).click();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, 'employee-change-light');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.').waitFor();
      await page.getByRole('heading', { name: 'Teams by date' }).waitFor();
      await page.getByText('since 1 Mar 2026').waitFor();
      await page.getByRole('link', { name: 'Zoya Rao' }).waitFor();
    });

    it('asks before what was typed is lost', async () => {
      const { page } = await stage.visitAsOwner(`/employees/${one}`);
      await page.getByRole('button', { name: 'Change' }).click();
      await page.getByLabel('Phone').fill('98');
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.getByRole('button', { name: 'Stay' }).click();
      expect(await page.getByLabel('Phone').inputValue()).toBe('98');
    });

    it('shows a manager their own team, and nothing to change', async () => {
      const lena = {
        email: 'lena.thomas@acme.example',
        name: 'Lena Thomas',
        membership: { role: 'manager', teams: ['Weaving'] },
      };
      const lenas = await join(stage, own, lena);
      expect(await own.get('/api/v1/employees/values')).toMatchObject({ tags: ['night'] });
      expect(await lenas.get('/api/v1/employees/values')).toMatchObject({ tags: [] });
      const { page } = await stage.visitAs({ email: lena.email, password: joinerPassword }, '/employees');
      await page.getByText('19 employees').waitFor();
      expect(await page.getByRole('link', { name: 'Add an employee' }).count()).toBe(0);
    });

    it('is there in Hindi', async () => {
      const { page } = await stage.visitAsOwner('/employees', { locale: 'hi-IN' });
      await page.getByText('61 कर्मचारी').waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, 'employees-hindi');
    });
  });
});
