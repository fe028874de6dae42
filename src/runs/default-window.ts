import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { previousLocalDay } from '../attendance/local-time.ts';
import type { DateWindow } from './date-window.ts';

/** Yesterday where the organisation is: what a fetch covers when nothing else is said. */
export function defaultWindow(context: OrganisationContext): DateWindow {
  const day = previousLocalDay(context.clock.now(), context.organisation.zone);
  return { from: day, to: day };
}
