/** How a time without a beginning or an end is stored, so that one comparison serves for all. */
export const beginning = Temporal.PlainDate.from('0001-01-01');
export const end = Temporal.PlainDate.from('9999-12-31');

/** Null for a date that only stands for no bound. */
export function shownDate(date: Temporal.PlainDate): string | null {
  return date.equals(beginning) || date.equals(end) ? null : date.toString();
}
