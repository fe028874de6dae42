import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { readSettings } from '../../../src/config/read-settings.ts';
import { createHttpServer } from '../../../src/http/create-server.ts';
import { listen } from '../../../src/http/serve-http.ts';
import { openInstallation } from '../../../src/installation.ts';
import { createLog } from '../../../src/log/log.ts';
import { startWorker } from '../../../src/worker/start-worker.ts';
import type { Stage } from '../case-stage.ts';
import { openBrowser } from './open-browser.ts';

export const accessToken = 'access-token-of-the-tests';

/** A page that has not shown it by then does not show it. */
const patienceMilliseconds = 10_000;

export type WebServer = { readonly origin: string; close(): Promise<void> };

/** The real server, pages included, on the stage's database and clock; with a worker, also what is done by itself. */
export async function serveStage(
  stage: Pick<Stage, 'clock' | 'installation'>,
  options: { readonly withWorker?: boolean } = {},
): Promise<WebServer> {
  const installation = await openInstallation({
    settings: readSettings(stage.installation.environment),
    clock: stage.clock,
    log: createLog('silent'),
    claim: 'shared',
  });
  const server = await createHttpServer(installation, {
    accessToken,
    pages: { folder: inject('pagesFolder') },
  });
  const origin = await listen(server, 0);
  const worker = options.withWorker === true ? startWorker(installation, { nightlyJobs: [] }) : null;
  return {
    origin,
    async close() {
      // The clock of a stage stands still unless something moves it.
      await Promise.all([server.close(), worker?.stop()]);
      await installation.close();
    },
  };
}

export type Visit = { readonly page: Page; readonly context: BrowserContext };

export type Visitors = {
  /** A browser window of its own. Whatever goes wrong in its scripts, or against its policy, fails the test. */
  visit(
    address: string,
    options?: BrowserContextOptions & { readonly now?: Temporal.Instant },
  ): Promise<Visit>;
};

/** One browser for a test file; every visit has its own storage and cookies, and ends with its test. */
export function useVisitors(): Visitors {
  let browser: Browser | null = null;
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(faults.splice(0), 'faults that the browser met').toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });
  return {
    async visit(address, { now, ...options } = {}) {
      if (browser === null) throw new Error('The browser is there only while the tests of the file run.');
      const context = await browser.newContext({
        locale: 'en-IN',
        timezoneId: 'Asia/Kolkata',
        reducedMotion: 'reduce',
        extraHTTPHeaders: { authorization: `Bearer ${accessToken}` },
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(patienceMilliseconds);
      const page = await context.newPage();
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        // An answer that is a refusal is logged by the browser itself; tests look at what the page makes of it.
        const isRefusal = message.text().startsWith('Failed to load resource');
        if (['error', 'warning'].includes(message.type()) && !isRefusal) faults.push(message.text());
      });
      if (now !== undefined) await page.clock.setFixedTime(now.epochMilliseconds);
      await page.goto(address);
      return { page, context };
    },
  };
}
