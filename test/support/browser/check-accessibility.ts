import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);
let source: string | null = null;

/** What axe finds on the page as it is, one line for each fault; an empty list is what a test wants. */
export async function findAccessibilityFaults(page: Page): Promise<readonly string[]> {
  source ??= await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  // Evaluated from outside of the page: its policy allows no script but its own.
  await page.evaluate(source);
  const results: AxeResults = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help} at ${target.join(' ')} (${failureSummary?.replaceAll(/\s+/g, ' ') ?? ''})`,
    ),
  );
}
