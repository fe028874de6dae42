import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { errorCode } from '../../errors/error-code.ts';
import { giveTo, type RunAs } from './run-as.ts';

/** The superuser's password, or nothing when there is none yet. */
export async function readPassword(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes a password that only the user of the database can read; it is complete on the disk before it is used. */
export async function writePassword(file: string, runAs: RunAs): Promise<string> {
  const password = randomBytes(32).toString('base64url');
  await rm(`${file}.new`, { force: true });
  const handle = await open(`${file}.new`, 'wx', 0o600);
  try {
    await handle.writeFile(password);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await giveTo(runAs, `${file}.new`);
  await rename(`${file}.new`, file);
  return password;
}
