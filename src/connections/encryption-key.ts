import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { placeFirst } from './key-file.ts';
import { type EncryptionKey, type SealingKey, toEncryptionKey, toSealingKey } from './sealed-credentials.ts';

/** Where the keys of an installation come from. */
export type KeySource =
  /** The configuration: the key, and the one before it while a rotation is not over. */
  | { readonly kind: 'configured'; readonly keys: readonly [string, ...string[]] }
  /** A file beside the embedded database but outside of it, for its owner alone, made once. The newest key stands first. */
  | { readonly kind: 'file'; readonly file: string };

export type KeyOptions = {
  readonly configured: string | undefined;
  readonly previous?: string | undefined;
  readonly dataFolder: string;
  readonly ownsDatabase: boolean;
};

/**
 * A server elsewhere needs a key from the configuration, since several processes on several machines must share it.
 * Throws `configuration_invalid` without one.
 */
export function keySourceOf({ configured, previous, dataFolder, ownsDatabase }: KeyOptions): KeySource {
  if (configured !== undefined) {
    return { kind: 'configured', keys: [configured, ...(previous === undefined ? [] : [previous])] };
  }
  if (ownsDatabase) return { kind: 'file', file: join(dataFolder, 'encryption-key') };
  throw new HajiriError(
    'configuration_invalid',
    'With DATABASE_URL, HAJIRI_ENCRYPTION_KEY is needed too (32 bytes in base64: openssl rand -base64 32).',
  );
}

/**
 * The keys of the installation. A file of keys that cannot be read is not replaced, for the stored secrets would be lost
 * for good: Hajiri works on without them and seals nothing.
 */
export async function loadEncryptionKey(options: KeyOptions): Promise<EncryptionKey> {
  const source = keySourceOf(options);
  if (source.kind === 'configured') return keysOf(source.keys.map(toSealingKey));
  const { file } = source;
  if (readKeyLines(file) === null) {
    await mkdir(options.dataFolder, { recursive: true });
    await placeFirst(file, newKeyText());
  }
  const keys = parseKeys(readKeyLines(file) ?? []);
  if (keys !== null) return keysOf(keys, () => parseKeys(readKeyLines(file) ?? []) ?? []);
  return {
    // Nobody has it: nothing was or will be sealed with it.
    ...toEncryptionKey(newKeyText()),
    find: (id) => parseKeys(readKeyLines(file) ?? [])?.find((key) => key.id === id) ?? null,
    fault: `The file ${file} does not hold keys of 32 bytes in base64. Put the original back from a copy.`,
  };
}

export function newKeyText(): string {
  return randomBytes(32).toString('base64');
}

/** The keys that this process knew once stay known to it. */
function keysOf(
  initial: readonly SealingKey[],
  readAgain: () => readonly SealingKey[] = () => [],
): EncryptionKey {
  let keys = initial;
  const look = () => {
    const found = readAgain();
    const isKnown = ({ id }: SealingKey) => found.some((key) => key.id === id);
    keys = [...found, ...keys.filter((key) => !isKnown(key))];
  };
  const newest = (): SealingKey => {
    const [first] = keys;
    if (first === undefined) throw new Error('an installation without a key');
    return first;
  };
  return {
    get id() {
      return newest().id;
    },
    get bytes() {
      return newest().bytes;
    },
    find(id) {
      const known = keys.find((key) => key.id === id);
      if (known !== undefined) return known;
      look();
      return keys.find((key) => key.id === id) ?? null;
    },
    known() {
      look();
      return keys;
    },
    fault: null,
  };
}

/** Null when there is no such file. */
function readKeyLines(file: string): readonly string[] | null {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

const oneKey = /^[A-Za-z0-9+/]{43}=$/;

/** Null when they are not keys, or there is none. */
function parseKeys(lines: readonly string[]): readonly SealingKey[] | null {
  if (lines.length === 0 || !lines.every((line) => oneKey.test(line))) return null;
  return lines.map(toSealingKey);
}
