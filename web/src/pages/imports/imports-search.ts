import { oneOf } from '../../search-text.ts';

/** Which rows of an import are looked at. */
export type ImportSearch = {
  readonly outcome?: string | undefined;
  readonly page?: string | undefined;
};

export function toImportSearch(given: Record<string, unknown>): ImportSearch {
  return { outcome: oneOf(given['outcome']), page: oneOf(given['page']) };
}
