import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The packages of Debian that the browser tests need: the browser, and letters for both languages. */
const packages = ['chromium', 'fonts-noto-core'];

/** Where the browser is, or null. */
export function findChromium(): string | null {
  const names = ['chromium', 'chromium-browser'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
  return found ?? null;
}

/** Installs Debian's browser where it is missing. Returns why that was not possible, or null. */
export function ensureChromium(tell: (line: string) => void): string | null {
  if (findChromium() !== null) return null;
  const byHand = `install it yourself (apt-get install ${packages.join(' ')}) and run the tests again`;
  if (process.getuid?.() !== 0) return `Chromium is missing, and only root may install it: ${byHand}.`;
  tell(`installing ${packages.join(' and ')} (once)`);
  for (const args of [
    ['update', '-qq'],
    ['install', '-qq', '-y', '--no-install-recommends', ...packages],
  ]) {
    const { status, error } = spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (error !== undefined) return `Chromium is missing, and there is no apt-get here: ${byHand}.`;
    if (status !== 0) return `Chromium is missing, and "apt-get ${args[0]}" did not work: ${byHand}.`;
  }
  return findChromium() === null ? `Chromium was installed and cannot be found: ${byHand}.` : null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
