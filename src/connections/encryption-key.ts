import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HajiriError } from '../errors/hajiri-error.ts';
import { type EncryptionKey, toEncryptionKey } from './sealed-credentials.ts';

/**
 * The key of the installation: from the configuration, or, beside the embedded database but outside of it, from a
 * file that only the owner may read, made once. A server elsewhere needs a key from the configuration, since several
 * processes on several machines must share it.
 */
export async function loadEncryptionKey(options: {
  readonly configured: string | undefined;
  readonly dataFolder: string;
  readonly ownsDatabase: boolean;
}): Promise<EncryptionKey> {
  if (options.configured !== undefined) return toEncryptionKey(options.configured);
  if (!options.ownsDatabase) {
    throw new HajiriError(
      'configuration_invalid',
      'With DATABASE_URL, HAJIRI_ENCRYPTION_KEY is needed too (32 bytes in base64: openssl rand -base64 32).',
    );
  }
  const file = join(options.dataFolder, 'encryption-key');
  return toEncryptionKey((await readKey(file)) ?? (await makeKey(file, options.dataFolder)));
}

async function readKey(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Two processes may start at once: the file appears whole or not at all, and the first one wins. */
async function makeKey(file: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return (await readKey(file)) ?? '';
}
