import { oneOf } from '../../search-text.ts';

const views = ['decisions', 'key', 'people'] as const;

/** What the address says: sent to somebody, it shows the same. */
export type LinksSearch = {
  readonly connection?: string | undefined;
  /** Without it, and without words to search for, the first kind that needs somebody. */
  readonly kind?: string | undefined;
  readonly q?: string | undefined;
  readonly page?: string | undefined;
  /** What is looked at instead of the list, or beside it. */
  readonly view?: (typeof views)[number] | undefined;
};

export function toLinksSearch(given: Record<string, unknown>): LinksSearch {
  return {
    connection: oneOf(given['connection']),
    kind: oneOf(given['kind']),
    q: oneOf(given['q']),
    page: oneOf(given['page']),
    view: views.find((view) => view === given['view']),
  };
}
