/** The order of a table as it stands in an address: a column, with a minus before it for the other way round. */
export type SortState = { readonly id: string; readonly desc: boolean };

export function parseSort(text: string | undefined): SortState | null {
  if (text === undefined) return null;
  return text.startsWith('-') ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}

/** What a click on the heading of a column makes of the order: up, then down, then as at first. */
export function nextSort(text: string | undefined, id: string): string | undefined {
  const now = parseSort(text);
  if (now?.id !== id) return id;
  return now.desc ? undefined : `-${id}`;
}
