import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../../docs/screens', import.meta.url));

/** Whether this run writes the pictures: `./hajiri test browser --screens`. */
const isWanted = process.env['HAJIRI_TEST_SCREENS'] === '1';

/** Keeps a picture of the page in docs/screens/ when asked to; proves that it can be taken in any case. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready');
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
  if (picture.length < 2000) throw new Error(`The picture "${name}" is empty.`);
  if (!isWanted) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.png`), picture);
}
