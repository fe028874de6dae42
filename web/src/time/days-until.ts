import { now } from './now.ts';

/** How many days are left, where the organisation is; 0 or less: it is over. */
export function daysUntil(date: string, zone: string): number {
  const today = now().toZonedDateTimeISO(zone).toPlainDate();
  return today.until(Temporal.PlainDate.from(date), { largestUnit: 'day' }).days;
}
