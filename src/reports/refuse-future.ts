import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { localDay } from '../attendance/local-time.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';

/** A report of a day that has not begun would show everybody as not read yet. Throws InvalidInputError. */
export function refuseFuture({ clock, organisation }: OrganisationContext, date: Temporal.PlainDate): void {
  const today = localDay(clock.now(), organisation.zone);
  if (Temporal.PlainDate.compare(date, today) <= 0) return;
  throw new InvalidInputError([
    { field: 'date', reason: `lies in the future (today is ${today.toString()} in ${organisation.zone})` },
  ]);
}
