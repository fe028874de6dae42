import { randomUUID } from 'node:crypto';
import { chmod, link, open, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../errors/error-code.ts';

// A file of keys appears and changes whole or not at all, and is on the disk before anything is sealed with what it
// holds, so that a power cut cannot keep the secrets and take the key.

/** Makes the file, with one key. Two may do it at once: the first one wins. */
export async function placeFirst(file: string, key: string): Promise<void> {
  const draft = await writeDraft(file, [key]);
  try {
    await link(draft, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(file);
}

/** Puts a key before those that are there. The caller holds a lock. */
export async function putBefore(file: string, key: string): Promise<void> {
  await replace(file, [key, ...(await readLines(file))]);
}

/**
 * Leaves the first key and moves the others to a file beside it, from which nothing is read: they open backups that were
 * made before, and nothing else. Returns that file, or null when there was nothing to move.
 */
export async function retireOthers(file: string): Promise<string | null> {
  const [first, ...others] = await readLines(file);
  if (first === undefined || others.length === 0) return null;
  const retired = `${file}.retired`;
  const before = await readLines(retired).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  await replace(retired, [...others, ...before.filter((line) => !others.includes(line))]);
  await replace(file, [first]);
  return retired;
}

async function readLines(file: string): Promise<readonly string[]> {
  return (await readFile(file, 'utf8'))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

async function replace(file: string, lines: readonly string[]): Promise<void> {
  await rename(await writeDraft(file, lines), file);
  await syncFolder(file);
}

async function writeDraft(file: string, lines: readonly string[]): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  await chmod(draft, 0o600);
  return draft;
}

async function syncFolder(file: string): Promise<void> {
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
