/** One DNS label in lower case: the part before `.keka.com`. Only `parseSubdomain` makes one. */
export type Subdomain = string & { readonly __brand: 'Subdomain' };

export type ParsedSubdomain =
  | { readonly ok: true; readonly subdomain: Subdomain }
  | { readonly ok: false; readonly reason: string };

const oneLabel = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

// Hosts of Keka itself. None is a company, and the bearer token of a company has no business there.
const hostsOfKeka: ReadonlySet<string> = new Set(['login', 'app', 'api', 'www', 'developers', 'help']);

const address =
  /^\s*(?:https?:\/\/)?([A-Za-z0-9-]{1,63})\.keka(?:demo)?\.com(?::\d{1,5})?(?:[/?#][^\r\n]*)?\s*$/i;

/**
 * Accepts exactly one DNS label and nothing around it, because the text becomes part of the host that receives the
 * bearer token. An address is refused too, with the part of it to enter; guessing would hide what is really stored.
 */
export function parseSubdomain(text: string): ParsedSubdomain {
  if (isCompanyLabel(text)) return { ok: true, subdomain: text.toLowerCase() as Subdomain }; // just checked
  return { ok: false, reason: refusal(text) };
}

function isCompanyLabel(text: string): boolean {
  // "xn--…" labels are encoded non-Latin names; URL parsers decode and may refuse or rewrite them.
  return oneLabel.test(text) && !/^..--/.test(text) && !hostsOfKeka.has(text.toLowerCase());
}

function refusal(text: string): string {
  const label = address.exec(text)?.[1] ?? text.trim();
  if (label !== text && isCompanyLabel(label)) return `enter only "${label.toLowerCase()}"`;
  const example = 'for https://company.keka.com enter "company"';
  if (text.trim() === '') return `is empty; ${example}`;
  if (hostsOfKeka.has(label.toLowerCase())) {
    return `"${label.toLowerCase()}" is an address of Keka itself and not of a company; ${example}`;
  }
  if (text.length > 63) return `is longer than 63 characters; ${example}`;
  return `may hold only the letters a to z, digits and hyphens, and may not begin or end with a hyphen; ${example}`;
}
