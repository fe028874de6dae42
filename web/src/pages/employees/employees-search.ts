import { oneOf } from '../../search-text.ts';

/** What the address of the list says: every filter, the order, and the page. Sent to somebody, it shows the same. */
export type EmployeesSearch = {
  readonly q?: string | undefined;
  readonly state?: string | undefined;
  readonly team?: string | undefined;
  readonly location?: string | undefined;
  readonly tag?: string | undefined;
  readonly link?: string | undefined;
  /** A column, with a minus before it for the other way round. */
  readonly sort?: string | undefined;
  /** From 1 on; a text, as everything in an address. */
  readonly page?: string | undefined;
};

export function toEmployeesSearch(given: Record<string, unknown>): EmployeesSearch {
  const one = (name: string) => oneOf(given[name]);
  return {
    q: one('q'),
    state: one('state'),
    team: one('team'),
    location: one('location'),
    tag: one('tag'),
    link: one('link'),
    sort: one('sort'),
    page: one('page'),
  };
}
