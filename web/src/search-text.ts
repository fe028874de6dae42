/** The part of an address behind the question mark: texts, and lists as repeated names. Readable, and safe to send to others. */
export type SearchValues = Readonly<Record<string, string | readonly string[] | undefined>>;

export function parseSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  const given = new URLSearchParams(text);
  for (const key of new Set(given.keys())) {
    const values = given.getAll(key);
    found[key] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return found;
}

export function stringifySearch(values: SearchValues): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === '') continue;
    for (const one of typeof value === 'string' ? [value] : value) query.append(key, one);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** One text of an address, or undefined where there is none or several. */
export function oneOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Every text under a name, once; undefined where there is none. */
export function allOf(value: unknown): readonly string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).filter(
    (one) => typeof one === 'string' && one !== '',
  );
  return list.length === 0 ? undefined : [...new Set<string>(list)];
}
