import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { localDay } from '../attendance/local-time.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';
import type { DateWindow } from './date-window.ts';

/** Throws InvalidInputError for dates in the wrong order, and for such as have not begun where the organisation is. */
export function checkWindow({ clock, organisation }: OrganisationContext, { from, to }: DateWindow): void {
  const today = localDay(clock.now(), organisation.zone);
  if (Temporal.PlainDate.compare(from, to) > 0) {
    throw new InvalidInputError([{ field: 'from', reason: 'lies after the last date' }]);
  }
  if (Temporal.PlainDate.compare(to, today) > 0) {
    throw new InvalidInputError([
      { field: 'to', reason: `lies in the future (today is ${today.toString()} in ${organisation.zone})` },
    ]);
  }
}
