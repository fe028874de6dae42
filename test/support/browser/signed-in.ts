import type { BrowserContext } from 'playwright-core';
import type { TestBrowser } from '../accounts-stage.ts';

/** Hands the cookies of a signed-in client to a browser window, as if the sign-in had happened in it. */
export async function carryCookies(from: TestBrowser, to: BrowserContext, origin: string): Promise<void> {
  await to.addCookies(
    [...from.cookies].map(([name, value]) => ({ name, value, url: origin, httpOnly: true })),
  );
}
