import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import { type InputFault, InvalidInputError } from '../../errors/hajiri-error.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import type { ReportShape } from './report-shape.ts';

export type WantedDates = {
  readonly from?: Temporal.PlainDate | undefined;
  readonly to?: Temporal.PlainDate | undefined;
};

/**
 * The dates of a report: what is not given follows from its usual window. Throws InvalidInputError for dates that have
 * not begun, are the wrong way round or too many.
 */
export function resolveWindow(
  { clock, organisation }: OrganisationContext,
  { mostDays, usualWindow }: Pick<ReportShape<never>, 'mostDays' | 'usualWindow'>,
  wanted: WantedDates,
): DateWindow {
  const today = localDay(clock.now(), organisation.zone);
  const yesterday = today.subtract({ days: 1 });
  const to = wanted.to ?? later(yesterday, wanted.from ?? yesterday);
  const usual = usualWindow === 'month' ? to.with({ day: 1 }) : to.subtract({ days: 6 });
  const from = wanted.from ?? usual;
  const faults: InputFault[] = [];
  const isFuture = (date: Temporal.PlainDate) => Temporal.PlainDate.compare(date, today) > 0;
  const reason = `lies in the future (today is ${today.toString()} in ${organisation.zone})`;
  if (isFuture(from)) faults.push({ field: 'from', reason });
  if (isFuture(to) && wanted.to !== undefined) faults.push({ field: 'to', reason });
  const days = from.until(to, { largestUnit: 'days' }).days + 1;
  if (days < 1) faults.push({ field: 'from', reason: 'lies after "to"' });
  if (days > mostDays) faults.push({ field: 'to', reason: `makes more than ${mostDays} days` });
  if (faults.length > 0) throw new InvalidInputError(faults);
  return { from, to };
}

function later(a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(a, b) > 0 ? a : b;
}
