/**
 * Writes values out, each object once for as long as it comes again and again: the date of a page, the shifts of a
 * company. Writing is what costs; the values cannot change.
 */
export function createWriter(): (value: Temporal.PlainDate | Temporal.Instant) => string {
  const texts = new WeakMap<object, string>();
  return (value) => {
    const known = texts.get(value);
    if (known !== undefined) return known;
    const text = value.toString();
    texts.set(value, text);
    return text;
  };
}
