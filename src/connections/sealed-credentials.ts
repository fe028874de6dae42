import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { HajiriError } from '../errors/hajiri-error.ts';
import type { KekaCredentials } from '../keka/keka-client.ts';

/** 32 bytes for AES-256, and the short name under which envelopes mention it. */
export type SealingKey = { readonly id: string; readonly bytes: Buffer };

/** The key of the installation: the newest one, and how to find those that are still in use besides. */
export type EncryptionKey = SealingKey & {
  /** The key that an envelope names, looked for where keys are kept; null when the installation does not have it. */
  find(id: string): SealingKey | null;
  /** The newest first. */
  known(): readonly SealingKey[];
  /** Why there is no key to rely on, in a sentence. Nothing must be sealed then. */
  readonly fault: string | null;
};

export function toSealingKey(base64: string): SealingKey {
  const bytes = Buffer.from(base64, 'base64');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

/** An installation that has one key and no other. */
export function toEncryptionKey(base64: string): EncryptionKey {
  const key = toSealingKey(base64);
  return { ...key, find: (id) => (id === key.id ? key : null), known: () => [key], fault: null };
}

const version = 'v1';
const algorithm = 'aes-256-gcm';

const credentialsSchema = z.object({ clientId: z.string(), clientSecret: z.string(), apiKey: z.string() });

/**
 * `v1.<key id>.<nonce>.<tag>.<text>`, each part base64url. The connection's id is authenticated with it: an envelope
 * that is copied to another connection cannot be opened there.
 */
export function sealCredentials(credentials: KekaCredentials, key: SealingKey, connectionId: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, key.bytes, nonce).setAAD(Buffer.from(connectionId));
  const { clientId, clientSecret, apiKey } = credentials;
  const text = Buffer.concat([
    cipher.update(JSON.stringify({ clientId, clientSecret, apiKey }), 'utf8'),
    cipher.final(),
  ]);
  const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
  return [version, key.id, ...parts].join('.');
}

/** Throws `secrets_unreadable` when the key is not there, or the envelope was changed or belongs elsewhere. */
export function openCredentials(
  sealed: string,
  installation: EncryptionKey,
  connectionId: string,
): KekaCredentials {
  const [envelopeVersion, keyId, nonce, tag, text] = sealed.split('.');
  if (
    envelopeVersion !== version ||
    keyId === undefined ||
    nonce === undefined ||
    tag === undefined ||
    text === undefined
  ) {
    throw new HajiriError('secrets_unreadable', 'The stored credentials have an unknown form.');
  }
  const key = installation.find(keyId);
  if (key === null) {
    throw new HajiriError(
      'secrets_unreadable',
      'The stored credentials were encrypted with another key than the present one.',
      { details: { storedKeyId: keyId.slice(0, 8), presentKeyId: installation.id } },
    );
  }
  try {
    const decipher = createDecipheriv(algorithm, key.bytes, Buffer.from(nonce, 'base64url'), {
      authTagLength: 16,
    })
      .setAAD(Buffer.from(connectionId))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    const plain = Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]);
    return credentialsSchema.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    throw new HajiriError('secrets_unreadable', 'The stored credentials were altered or belong elsewhere.');
  }
}

/** The name of the key that an envelope was sealed with. */
export function keyIdOf(sealed: string): string {
  return sealed.split('.')[1] ?? '';
}
