import { hkdfSync } from 'node:crypto';

/** A key that the installation has. */
export type InstallationKey = { readonly id: string; readonly bytes: Buffer };

/** What better-auth signs and encrypts with: derived, so that there is no second secret to keep, and none by default. */
export function toSignInSecret({ id, bytes }: InstallationKey): {
  readonly version: number;
  readonly value: string;
} {
  const value = Buffer.from(hkdfSync('sha256', bytes, '', 'hajiri sign-in', 32)).toString('base64url');
  return { version: Number.parseInt(id.slice(0, 8), 16), value };
}
