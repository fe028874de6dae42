/** Dates from `from` to `to`, both included. */
export type DateWindow = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };

export function daysIn({ from, to }: DateWindow): number {
  return from.until(to, { largestUnit: 'days' }).days + 1;
}

export function* datesOf({ from, to }: DateWindow): Generator<Temporal.PlainDate> {
  for (let date = from; Temporal.PlainDate.compare(date, to) <= 0; date = date.add({ days: 1 })) yield date;
}

export function includes({ from, to }: DateWindow, date: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(from, date) <= 0 && Temporal.PlainDate.compare(date, to) <= 0;
}

export function formatWindow({ from, to }: DateWindow): string {
  return from.equals(to) ? from.toString() : `${from.toString()} to ${to.toString()}`;
}
