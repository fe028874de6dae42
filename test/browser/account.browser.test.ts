import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { owner } from '../support/accounts-stage.ts';
import { codeOf } from '../support/authenticator-app.ts';
import { findAccessibilityFaults } from '../support/browser/check-accessibility.ts';
import { layoutShiftOf } from '../support/browser/layout-shift.ts';
import { lookNames, looks } from '../support/browser/looks.ts';
import { openPeopleStage, type PeopleStage } from '../support/browser/people-stage.ts';
import { keepScreen } from '../support/browser/screens.ts';
import { useVisitors } from '../support/browser/web-stage.ts';

describe('my account', () => {
  const visitors = useVisitors();
  let stage: PeopleStage;
  beforeAll(async () => {
    stage = await openPeopleStage(visitors);
    await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  it.each(lookNames)('shows what is mine, in %s', async (look) => {
    const { page } = await stage.visitAsOwner('/account', looks[look]);
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    await page.getByText('this browser', { exact: true }).waitFor();
    await page.getByText('Chrome on Linux').first().waitFor();
    expect(await findAccessibilityFaults(page)).toEqual([]);
    expect(await layoutShiftOf(page)).toBeLessThan(0.05);
    await keepScreen(page, `account-${look}`);
  });

  it('is there in Hindi', async () => {
    const { page } = await stage.visitAsOwner('/account', { locale: 'hi-IN' });
    await page.getByRole('heading', { name: 'मेरा खाता' }).waitFor();
    await page.getByText('यही ब्राउज़र').waitFor();
    await keepScreen(page, 'account-hindi');
    expect(await findAccessibilityFaults(page)).toEqual([]);
  });

  it('takes another name, and shows it at once', async () => {
    const { page } = await stage.visitAsOwner('/account');
    await page.getByLabel('Name', { exact: true }).fill('Asha Rao Iyer');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByRole('button', { name: 'Account of Asha Rao Iyer' }).waitFor();
  });

  it('ends a session elsewhere', async () => {
    const other = stage.browser();
    await other.post('/api/v1/session', { email: owner.email, password: owner.password });
    const { page } = await stage.visitAsOwner('/account');
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('button', { name: 'End all others' }).waitFor({ state: 'hidden' });
    expect((await other.ask('GET', '/api/v1/session')).status).toBe(401);
    await page.getByText('this browser', { exact: true }).waitFor();
  });

  it('changes the password only with the one until now', async () => {
    const { page } = await stage.visitAsOwner('/account');
    const next = 'tamarind-Tree-by-the-well-9';
    await page.getByLabel('Password until now').fill('not-the-right-one');
    await page.getByLabel('New password').fill(next);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('This is not your password.').waitFor();
    await page.getByLabel('Password until now').fill(owner.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed.').waitFor();
    // Back, for the tests that follow.
    await page.getByLabel('Password until now').fill(next);
    await page.getByLabel('New password').fill(owner.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await expect.poll(() => page.getByLabel('New password').inputValue()).toBe('');
  });

  it('has its look chosen here', async () => {
    const { page } = await stage.visitAsOwner('/account');
    await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Dark').click();
    await expect
      .poll(() => page.evaluate('document.documentElement.dataset.mantineColorScheme'))
      .toBe('dark');
  });

  describe('with an authenticator app', () => {
    let secret = '';
    let codes: readonly string[] = [];

    it.each(lookNames)('shows the codes and the key once, in %s', async (look) => {
      const { page } = await stage.visitAsOwner('/account', looks[look]);
      await page.getByRole('button', { name: 'Set up' }).click();
      const dialog = page.getByRole('dialog', { name: 'Set up the second step' });
      await dialog.getByLabel('Password', { exact: true }).fill(owner.password);
      await dialog.getByRole('button', { name: 'Go on' }).click();
      const list = dialog.getByRole('group', { name: 'Recovery codes' });
      await list.waitFor();
      codes = await list.locator('span').allInnerTexts();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `recovery-codes-${look}`);
      await dialog.getByRole('button', { name: 'I have kept them' }).click();
      await dialog.getByRole('img', { name: 'QR code' }).waitFor();
      secret = (await dialog.getByRole('group', { name: /type this key/ }).innerText()).replaceAll(/\s/g, '');
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `second-factor-setup-${look}`);
      await dialog.getByLabel('Code that the app shows').fill('000000');
      await dialog.getByRole('button', { name: 'Turn on' }).click();
      await dialog.getByText(/The code is not right/).waitFor();
      if (look !== 'narrow') return;
      await dialog.getByLabel('Code that the app shows').fill(codeOf(secret));
      await dialog.getByRole('button', { name: 'Turn on' }).click();
      await page.getByText('The second step is on.').waitFor();
      await page.getByText(/recovery codes are left/).waitFor();
    });

    it.each(lookNames)('asks for a second step at sign-in, in %s', async (look) => {
      const { page } = await stage.visit('/sign-in', looks[look]);
      await page.getByLabel('E-mail address').fill(owner.email);
      await page.getByLabel('Password', { exact: true }).fill(owner.password);
      await page.keyboard.press('Enter');
      await page.getByLabel('Code of the app').waitFor();
      expect(await page.evaluate('document.activeElement?.autocomplete')).toBe('one-time-code');
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `second-factor-${look}`);
      await page.getByLabel('Code of the app').fill('000000');
      await page.getByText(/The code is not right/).waitFor();
      await page.getByRole('button', { name: /use a recovery code/ }).click();
      await page.getByLabel('Recovery code').fill('not-one');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText(/The recovery code is not right/).waitFor();
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, `recovery-code-${look}`);
      await page.getByLabel('Recovery code').fill(codes[lookNames.indexOf(look)] ?? '');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();
    });

    it('is turned off with the password', async () => {
      const { page } = await stage.visit('/sign-in?next=/account');
      await page.getByLabel('E-mail address').fill(owner.email);
      await page.getByLabel('Password', { exact: true }).fill(owner.password);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /use a recovery code/ }).click();
      await page.getByLabel('Recovery code').fill(codes[3] ?? '');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Turn off' }).click();
      const dialog = page.getByRole('dialog', { name: 'Turn off the second step?' });
      await dialog.getByLabel('Password', { exact: true }).fill(owner.password);
      expect(await findAccessibilityFaults(page)).toEqual([]);
      await keepScreen(page, 'second-factor-off-light');
      await dialog.getByRole('button', { name: 'Turn off' }).click();
      await page.getByText('The second step is off.').waitFor();
    });
  });
});
