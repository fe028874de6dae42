import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

// `hjr_`, 43 characters of 256 random bits, 6 of their checksum: letters and digits only, so that a double click selects
// all of it, and a search for secrets finds it wherever it was left and knows it from text that only looks so.

const prefix = 'hjr_';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secretLength = 43;
const checksumLength = 6;
const pattern = /^hjr_[0-9A-Za-z]{49}$/;

export function makeApiToken(): string {
  const secret = toText(BigInt(`0x${randomBytes(32).toString('hex')}`), secretLength);
  return `${prefix}${secret}${checksumOf(secret)}`;
}

/** Whether somebody means an API token, be it a good one or not. */
export function looksLikeApiToken(text: string): boolean {
  return text.startsWith(prefix);
}

/** Whether it can be one: a typing error is found without asking anybody. */
export function isApiToken(text: string): boolean {
  if (!pattern.test(text)) return false;
  const secret = text.slice(prefix.length, prefix.length + secretLength);
  return text.endsWith(checksumOf(secret));
}

export function hashApiToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function checksumOf(secret: string): string {
  return toText(BigInt(crc32(secret)), checksumLength);
}

function toText(number: bigint, length: number): string {
  const base = BigInt(digits.length);
  let text = '';
  for (let rest = number; text.length < length; rest /= base) {
    text = (digits[Number(rest % base)] ?? '') + text;
  }
  return text;
}
