const longest = 200;

/**
 * What Keka gives as reasons, fit to be shown and stored: without the given secrets and without what may point to a
 * person (e-mail addresses, GUIDs, numbers of more than four digits) or be a token, on one line, at most 200 characters.
 * Names cannot be recognised; the bound and the closed set of places where a reason is used limit what they can do.
 */
export function safeReason(reasons: readonly string[], secrets: readonly string[]): string {
  let text = reasons.join('; ').slice(0, 20 * longest);
  for (const secret of secrets) {
    // A very short "secret" would cut ordinary words to pieces without protecting anything.
    if (secret.length >= 4) text = text.replaceAll(secret, '[removed]');
  }
  text = text
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/gu, '[e-mail]')
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, '[id]')
    .replace(/[A-Za-z0-9+/=_.~-]{24,}/g, '[removed]')
    .replace(/\p{Nd}{5,}/gu, '[number]')
    .trim();
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The texts in an `errors` value: a list, a map of lists (ASP.NET style), a single text, or nothing. */
export function reasonsIn(errors: unknown, depth = 0): string[] {
  if (typeof errors === 'string') return errors.trim() === '' ? [] : [errors];
  if (typeof errors !== 'object' || errors === null || depth > 3) return [];
  return Object.values(errors)
    .slice(0, 20)
    .flatMap((value) => reasonsIn(value, depth + 1));
}
