import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { localDay } from '../attendance/local-time.ts';
import { type InputFault, InvalidInputError } from '../errors/hajiri-error.ts';
import type { DateWindow } from '../runs/date-window.ts';

/** A calendar date that exists, written YYYY-MM-DD. Throws InvalidInputError. */
export function readDate(field: string, text: string): Temporal.PlainDate {
  const date = toDate(text);
  if (date === null) throw new InvalidInputError([{ field, reason: notADate }]);
  return date;
}

const notADate = 'must be a date that exists, written YYYY-MM-DD';

function toDate(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

export type DateOptions = {
  readonly date?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** The window that the options ask for, or null when they ask for none. Throws InvalidInputError with all faults. */
export function readWindow(context: OrganisationContext, options: DateOptions): DateWindow | null {
  const { date, from, to } = options;
  if (date === undefined && from === undefined && to === undefined) return null;
  const faults: InputFault[] = [];
  if (date !== undefined && (from !== undefined || to !== undefined)) {
    faults.push({ field: '--date', reason: 'cannot be given together with --from or --to' });
  }
  if (from === undefined && to !== undefined) faults.push({ field: '--from', reason: 'is needed with --to' });
  if (to === undefined && from !== undefined) faults.push({ field: '--to', reason: 'is needed with --from' });
  const dates = { '--date': date, '--from': from, '--to': to };
  const today = localDay(context.clock.now(), context.organisation.zone);
  for (const [field, text] of Object.entries(dates)) {
    if (text === undefined) continue;
    const parsed = toDate(text);
    if (parsed === null) faults.push({ field, reason: notADate });
    else if (Temporal.PlainDate.compare(parsed, today) > 0) {
      faults.push({
        field,
        reason: `lies in the future (today is ${today.toString()} in ${context.organisation.zone})`,
      });
    }
  }
  const window =
    faults.length > 0 ? null : { from: toDate(date ?? from ?? ''), to: toDate(date ?? to ?? '') };
  if (window?.from && window.to && Temporal.PlainDate.compare(window.from, window.to) > 0) {
    faults.push({ field: '--from', reason: 'lies after --to' });
  }
  if (faults.length > 0 || !window?.from || !window.to) throw new InvalidInputError(faults);
  return { from: window.from, to: window.to };
}
