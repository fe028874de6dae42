import { type AddressRange, isAddress, mayConnectTo } from './address-rules.ts';

export type ParsedAddress =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: string };

const mostCharacters = 2000;
/** What URL parsers drop or rewrite in silence, so that what is checked would not be what is stored. */
const unseen = /[\s\p{Cc}\p{Cf}\\]/u;

/**
 * The address of a webhook or of another receiver, as somebody enters it: checked as a whole, and refused rather than
 * mended. Where a name leads is checked when a connection is made, since it may lead elsewhere by then.
 */
export function parseOutgoingAddress(
  text: string,
  { allowed }: { readonly allowed: readonly AddressRange[] },
): ParsedAddress {
  if (text.length > mostCharacters) return refused(`must have at most ${mostCharacters} characters`);
  if (unseen.test(text)) return refused('must not contain blanks, backslashes or invisible characters');
  if (!/^https?:\/\/[^/?#]/i.test(text)) return refused('must begin with https://');
  const url = URL.parse(text);
  if (url === null) return refused('is not an address such as https://hooks.example.com/attendance');
  if (url.username !== '' || url.password !== '') return refused('must not contain a user name or password');
  if (url.hash !== '') return refused('must not contain a "#"');
  const host = hostOf(url);
  const isLiteral = isAddress(host);
  if (isLiteral && !mayConnectTo(host, allowed)) {
    return refused('must not lead into a private network; HAJIRI_PRIVATE_ADDRESSES allows single ones');
  }
  if (url.protocol === 'http:' && !(isLiteral && !mayConnectTo(host, []))) {
    return refused('must begin with https://; http is for private addresses that are allowed');
  }
  return { ok: true, url };
}

/** Without the brackets of an IPv6 address. */
export function hostOf({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function refused(reason: string): ParsedAddress {
  return { ok: false, reason };
}
