import { readFileSync } from 'node:fs';
import { errorCode } from '../errors/error-code.ts';

export type SecretReading =
  | { readonly kind: 'given'; readonly value: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'faulty'; readonly field: string; readonly reason: string };

/**
 * Reads a secret from `NAME`, or from the file that `NAME_FILE` names; both at once is a fault. So is an empty file:
 * taken for "not set", it would start Hajiri on another database or with a new encryption key.
 */
export function readSecret(environment: NodeJS.ProcessEnv, name: string): SecretReading {
  const value = environment[name];
  const file = environment[`${name}_FILE`];
  if (file === undefined || file === '') {
    return value === undefined || value === '' ? { kind: 'missing' } : { kind: 'given', value };
  }
  if (value !== undefined && value !== '') {
    return { kind: 'faulty', field: `${name}_FILE`, reason: `is set although ${name} is set too; keep one` };
  }
  try {
    // The end of the last line belongs to the file, not to the secret.
    const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (content !== '') return { kind: 'given', value: content };
    return { kind: 'faulty', field: `${name}_FILE`, reason: 'the file is empty' };
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    return { kind: 'faulty', field: `${name}_FILE`, reason: `the file cannot be read (${code})` };
  }
}
