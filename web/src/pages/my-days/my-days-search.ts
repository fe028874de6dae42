import { oneOf } from '../../search-text.ts';
import { isDate } from '../../time/is-date.ts';

/** `YYYY-MM`; the month that goes on without it. */
export type MyDaysSearch = { readonly month?: string | undefined };

export function toMyDaysSearch(given: Record<string, unknown>): MyDaysSearch {
  const month = oneOf(given['month']);
  return { month: month !== undefined && isDate(`${month}-01`) ? month : undefined };
}
