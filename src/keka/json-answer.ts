/** A body, sorted by what can be done with it. Parser errors are dropped: their messages quote the body. */
export type JsonAnswer =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Begins like JSON and does not end like it. */
  | { readonly kind: 'truncated' }
  | { readonly kind: 'other'; readonly looksLike: 'html' | 'empty' | 'text' };

export function readJsonAnswer(text: string, contentType: string): JsonAnswer {
  const start = text.trimStart().slice(0, 1);
  if (start === '') return { kind: 'other', looksLike: 'empty' };
  if (start === '<' || contentType.includes('html')) return { kind: 'other', looksLike: 'html' };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return start === '{' || start === '[' ? { kind: 'truncated' } : { kind: 'other', looksLike: 'text' };
  }
}

/** The members of a JSON object; an empty object for everything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>) // every JSON object is one
    : {};
}
