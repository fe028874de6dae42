import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
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
  const base64 = (await readKey(file)) ?? (await makeKey(file, options.dataFolder));
  const key = toEncryptionKey(base64);
  // Not replaced by a new one: the stored credentials would be lost for good.
  if (key.bytes.length !== keyBytes) {
    throw new HajiriError(
      'secrets_unreadable',
      `The file ${file} does not hold a key of 32 bytes in base64. Put the original back from a copy.`,
    );
  }
  return key;
}

const keyBytes = 32;

async function readKey(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Two may start at once: the file appears whole or not at all, and the first one wins. It is on the disk before
 * anything is sealed with it, so that a power cut cannot keep the credentials and take the key.
 */
async function makeKey(file: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  const content = `${randomBytes(keyBytes).toString('base64')}\n`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  await chmod(draft, 0o600);
  try {
    await link(draft, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return (await readKey(file)) ?? '';
}
