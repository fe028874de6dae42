export type KekaAddress = {
  readonly subdomain: string;
  /** Which kind of company the address is of; null where only the subdomain was given. */
  readonly environment: 'keka' | 'kekademo' | null;
};

const address = /^(?:https?:\/\/)?([a-z0-9-]{1,63})\.(keka|kekademo)\.com(?::\d{1,5})?(?:[/?#].*)?$/i;

/** What somebody typed or pasted: the subdomain, or an address that it is part of. */
export function readSubdomain(text: string): KekaAddress {
  const trimmed = text.trim();
  const [, subdomain, environment] = address.exec(trimmed) ?? [];
  if (subdomain === undefined) return { subdomain: trimmed.toLowerCase(), environment: null };
  return {
    subdomain: subdomain.toLowerCase(),
    environment: environment?.toLowerCase() === 'kekademo' ? 'kekademo' : 'keka',
  };
}

/** As the server wants it; what else it refuses, such as addresses of Keka itself, it says itself. */
export function isSubdomain(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}
