import { randomBytes, randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HajiriError } from '../errors/hajiri-error.ts';
import { openCredentials, sealCredentials, toEncryptionKey } from './sealed-credentials.ts';

const key = toEncryptionKey(randomBytes(32).toString('base64'));
const connection = randomUUID();
const credentials = { clientId: 'client-1', clientSecret: 'p&q=r', apiKey: 'ab+c/d==' };

/** What opening an envelope ends with: the credentials, or the code of the refusal. */
function open(sealed: string, withKey = key, forConnection: string = connection): unknown {
  try {
    return openCredentials(sealed, withKey, forConnection);
  } catch (error) {
    if (!(error instanceof HajiriError)) throw error;
    expect(error.message + JSON.stringify(error.details)).not.toMatch(/client-1|p&q=r|ab\+c/);
    return error.code;
  }
}

describe('sealed credentials', () => {
  it('come out as they went in, whatever characters they have', () => {
    const secret = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(fc.record({ clientId: secret, clientSecret: secret, apiKey: secret }), (credentials) => {
        expect(open(sealCredentials(credentials, key, connection))).toEqual(credentials);
      }),
    );
  });

  it('show nothing of what is in them, and are never twice the same', () => {
    const sealed = sealCredentials(credentials, key, connection);
    for (const secret of Object.values(credentials)) {
      expect(sealed).not.toContain(secret);
      expect(sealed).not.toContain(Buffer.from(secret).toString('base64url'));
    }
    expect(sealCredentials(credentials, key, connection)).not.toBe(sealed);
  });

  it('keep only the three credentials', () => {
    const more = { ...credentials, subdomain: 'acme' };
    expect(open(sealCredentials(more, key, connection))).toEqual(credentials);
  });

  it('cannot be opened for another connection', () => {
    const sealed = sealCredentials(credentials, key, connection);
    expect(open(sealed, key, randomUUID())).toBe('secrets_unreadable');
    expect(open(sealed, key, '')).toBe('secrets_unreadable');
  });

  it('cannot be opened with another key, also if it goes by the same name', () => {
    const sealed = sealCredentials(credentials, key, connection);
    const other = toEncryptionKey(randomBytes(32).toString('base64'));
    expect(open(sealed, other)).toBe('secrets_unreadable');
    expect(open(sealed, { ...other, find: () => other })).toBe('secrets_unreadable');
    // The person must know that another key is wanted, and which.
    expect(() => openCredentials(sealed, other, connection)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('another key'),
        details: { storedKeyId: key.id, presentKeyId: other.id },
      }),
    );
  });

  it('cannot be opened once a bit of nonce, tag or text was changed, or a byte is missing', () => {
    const parts = sealCredentials(credentials, key, connection).split('.');
    for (const index of [2, 3, 4]) {
      const bytes = Buffer.from(parts[index] ?? '', 'base64url');
      expect(bytes.length).toBeGreaterThan(11);
      for (let at = 0; at < bytes.length; at += 1) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ 0x10;
        expect(open(parts.with(index, flipped.toString('base64url')).join('.'))).toBe('secrets_unreadable');
      }
      const shorter = bytes.subarray(0, -1).toString('base64url');
      expect(open(parts.with(index, shorter).join('.'))).toBe('secrets_unreadable');
    }
  });

  it('are either themselves or unreadable, whatever is done to their text', () => {
    const sealed = sealCredentials(credentials, key, connection);
    const changed = fc
      .tuple(
        fc.nat(sealed.length),
        fc.nat(4),
        fc.string({ unit: fc.constantFrom('.', 'A', 'v', '=', '-'), maxLength: 3 }),
      )
      .map(([at, removed, added]) => sealed.slice(0, at) + added + sealed.slice(at + removed));
    fc.assert(
      fc.property(fc.oneof(changed, fc.string()), (text) => {
        const outcome = open(text);
        if (outcome !== 'secrets_unreadable') expect(outcome).toEqual(credentials);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['', 'v1', 'v2.a.b.c.d', 'v1.a.b', 'plain text'])('are unreadable when they are %j', (sealed) => {
    expect(open(sealed)).toBe('secrets_unreadable');
  });
});
