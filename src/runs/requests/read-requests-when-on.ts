import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { readErasedPeople } from '../../directory/erased-people.ts';
import { isHajiriError } from '../../errors/hajiri-error.ts';
import {
  parseRequestRecord,
  type RequestKind,
  type RequestRecord,
  requestKinds,
} from '../../keka/request-record.ts';
import { judgePeople, type PersonDates } from '../../rules/requests/judge-people.ts';
import type { BesideOutcome } from '../beside-attendance.ts';
import { hullOf } from '../date-ranges.ts';
import type { DateWindow } from '../date-window.ts';
import type { RunWork } from '../perform-run.ts';
import type { RunProblem } from '../run-problem.ts';
import { storeRequests } from './store-requests.ts';

/** A request may begin so long before the first day that it explains, as far as Keka is asked. */
const daysBefore = 31;
/** Keka allows 90; longer ranges were seen to give nothing at all. */
const daysAtOnce = 60;

/**
 * Where the connection reads them, requests for leave, to work from home and on duty, around the dates of the run. A key
 * that may not read them still serves attendance; what is missing is told. Days that are stored are judged anew where
 * what explains them has changed.
 */
export async function readRequestsWhenOn(
  context: OrganisationContext,
  work: RunWork,
): Promise<BesideOutcome> {
  const { connection, signal } = work;
  if (!connection.readRequests) return { problems: [], stoppedBy: null };
  const problems: RunProblem[] = [];
  const touched: PersonDates[] = [];
  for (const kind of requestKinds) {
    try {
      const read = await readKind(context, work, kind);
      problems.push(...read.problems);
      touched.push(...read.touched);
    } catch (error) {
      signal.throwIfAborted();
      if (!isHajiriError(error)) throw error;
      if (isHajiriError(error, 'credentials_refused', 'key_expired')) return { problems, stoppedBy: error };
      if (isHajiriError(error, 'internal', 'database_unavailable')) throw error;
      const details = { ...error.details, list: kind };
      problems.push({ code: error.code, from: null, to: null, details });
    }
  }
  const { graceAfterShiftMinutes: graceMinutes } = work;
  await judgePeople(context, { connectionId: connection.id, graceMinutes, signal }, touched);
  return { problems, stoppedBy: null };
}

async function readKind(
  context: OrganisationContext,
  { connection, client, concurrency, signal, windows }: RunWork,
  kind: RequestKind,
): Promise<{ readonly touched: readonly PersonDates[]; readonly problems: readonly RunProblem[] }> {
  const readAt = context.clock.now();
  const erased = await inOrganisation(context, (transaction) => readErasedPeople(transaction, connection.id));
  const requests: RequestRecord[] = [];
  const problems: RunProblem[] = [];
  const window = widened(hullOf(windows));
  for (const part of partsOf(window)) {
    for await (const page of client.readRequests(kind, part, { signal, concurrency })) {
      for (const raw of page.records) {
        const parsed = parseRequestRecord(kind, raw);
        const guid = parsed.ok ? parsed.record.sourceGuid : parsed.hint.guid;
        if (guid !== null && erased.standInOf(guid) !== null) continue;
        if (parsed.ok) requests.push(parsed.record);
        else problems.push(malformed(kind, parsed.field, parsed.reason, parsed.hint.guid));
      }
    }
  }
  const scope = {
    organisationId: context.organisation.id,
    connectionId: connection.id,
    kind,
    window,
    readAt,
  };
  // All pages came: half a list would take back what is on the other half.
  const touched = await inOrganisation(context, (transaction) => storeRequests(transaction, scope, requests));
  return { touched, problems };
}

function malformed(kind: RequestKind, field: string, reason: string, guid: string | null): RunProblem {
  return {
    code: 'malformed_record',
    sourceGuid: guid,
    from: null,
    to: null,
    details: { field, reason, list: kind },
  };
}

function widened({ from, to }: DateWindow): DateWindow {
  return { from: from.subtract({ days: daysBefore }), to };
}

function partsOf({ from, to }: DateWindow): readonly DateWindow[] {
  const parts: DateWindow[] = [];
  for (
    let start = from;
    Temporal.PlainDate.compare(start, to) <= 0;
    start = start.add({ days: daysAtOnce })
  ) {
    const end = start.add({ days: daysAtOnce - 1 });
    parts.push({ from: start, to: Temporal.PlainDate.compare(end, to) > 0 ? to : end });
  }
  return parts;
}
