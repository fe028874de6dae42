import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/ensure-chromium.ts';

/** Debian's Chromium, headless. Throws where it is missing: a test that cannot run has failed. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error('Chromium is missing. "./hajiri test browser" installs it, or says why it cannot.');
  }
  return chromium.launch({
    executablePath,
    // Its sandbox refuses to work for root; what it loads here is our own.
    args: ['--font-render-hinting=none', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
}
