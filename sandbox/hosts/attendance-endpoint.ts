import type { SandboxState } from '../sandbox-state.ts';
import type { Switches } from '../scenario/switches.ts';
import { type Answer, envelopeRefusal, unreadableParameter } from './answers.ts';
import { accept, type Checked, checkParameters, pageAnswer, readPaging, refuse } from './paging.ts';
import type { SandboxRequest } from './sandbox-request.ts';

const parameters = new Set(['employeeIds', 'from', 'to', 'pageNumber', 'pageSize']);
const defaultRangeDays = 30;

/** GET /api/v1/time/attendance: the summaries of a range of days, both ends included. */
export function answerAttendance(request: SandboxRequest, state: SandboxState): Answer {
  const switches = state.switches();
  const { query } = request;
  const misspelt = checkParameters(query, parameters, switches);
  if (misspelt !== null) return misspelt;
  const paging = readPaging(query, switches);
  if (!paging.ok) return paging.refusal;
  const range = readRange(query, state.clock.today(), switches);
  if (!range.ok) return range.refusal;
  const people = readPeople(query, state);
  if (!people.ok) return people.refusal;
  const slice = state.attendance.read({
    from: range.value.from.toString(),
    to: range.value.to.toString(),
    people: people.value,
    order: switches.recordOrder,
    offset: paging.value.offset,
    limit: paging.value.size,
  });
  return pageAnswer({ slice, page: paging.value, request, origin: state.origin(), switches });
}

type Range = { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };

export function readRange(
  query: URLSearchParams,
  today: Temporal.PlainDate,
  switches: Switches,
): Checked<Range> {
  const to = readDate(query, 'to', today);
  if (!to.ok) return to;
  const from = readDate(query, 'from', to.value.subtract({ days: defaultRangeDays }));
  if (!from.ok) return from;
  const reason = rangeFault({ from: from.value, to: to.value }, today, switches);
  if (reason !== null) return refuse(envelopeRefusal(400, reason, switches));
  return accept({ from: from.value, to: to.value });
}

/** Keka's rules for a range. The wording is ours except for the two phrases that were seen live. */
function rangeFault({ from, to }: Range, today: Temporal.PlainDate, switches: Switches): string | null {
  const days = from.until(to, { largestUnit: 'days' }).days;
  if (days < 0) return 'From date must be earlier than To date';
  if (days === 0 && switches.singleDayRange === 'refused') return 'From date must be earlier than To date';
  if (days > switches.maximumRangeDays) {
    return `Difference between From and To dates must not be more than ${switches.maximumRangeDays} days`;
  }
  const oldest = oldestDay(today, switches);
  if (oldest !== null && Temporal.PlainDate.compare(from, oldest) < 0) {
    return 'You are allowed to access attendance summary for last three months only';
  }
  return null;
}

function oldestDay(today: Temporal.PlainDate, { ageLimit }: Switches): Temporal.PlainDate | null {
  if (ageLimit === 'none') return null;
  return today.subtract(ageLimit === 'ninety-days' ? { days: 90 } : { months: 3 });
}

/**
 * Accepts the three forms in use: a date, an instant with Z or an offset, and either with a fraction. An instant
 * counts as its UTC date, so midnight in India asks for the day before.
 */
function readDate(
  query: URLSearchParams,
  name: string,
  fallback: Temporal.PlainDate,
): Checked<Temporal.PlainDate> {
  const text = query.get(name);
  if (text === null || text === '') return accept(fallback);
  try {
    if (/^\d{4}-\d{2}-\d{2}$/u.test(text)) return accept(Temporal.PlainDate.from(text));
    if (/T.*(?:Z|[+-]\d{2}:?\d{2})$/iu.test(text)) {
      return accept(Temporal.Instant.from(text).toZonedDateTimeISO('UTC').toPlainDate());
    }
    if (/^\d{4}-\d{2}-\d{2}T/u.test(text)) return accept(Temporal.PlainDateTime.from(text).toPlainDate());
  } catch {
    // Falls through to the refusal: the text has the form of a date, but is none.
  }
  return refuse(unreadableParameter(name, `The value '${text}' is not valid.`));
}

/** Only GUIDs are compared: an employee number here finds nobody. */
function readPeople(query: URLSearchParams, state: SandboxState): Checked<ReadonlySet<string> | null> {
  const ids = splitList(query.get('employeeIds'));
  if (ids.length === 0) return accept(null);
  const unknown = ids.some((id) => !state.employees.knows(id));
  if (unknown && state.switches().unknownEmployeeIds === 'refuse') {
    return refuse(envelopeRefusal(400, 'Invalid Employee ID', state.switches()));
  }
  return accept(new Set(ids.map((id) => id.toLowerCase())));
}

export function splitList(text: string | null): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
