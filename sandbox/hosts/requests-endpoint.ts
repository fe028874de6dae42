import type { SandboxState } from '../sandbox-state.ts';
import type { RequestList } from '../scenario/request-schema.ts';
import type { Answer } from './answers.ts';
import { envelopeRefusal } from './answers.ts';
import { readRange, splitList } from './attendance-endpoint.ts';
import { checkParameters, pageAnswer, readPaging } from './paging.ts';
import type { SandboxRequest } from './sandbox-request.ts';

const parameters = new Set(['employeeIds', 'from', 'to', 'pageNumber', 'pageSize']);

/**
 * GET /api/v1/time/leaverequests, /wfh and /od: the requests that have a day in the range, whatever became of them.
 * That rejected and cancelled ones are served too was seen; how the range is applied nobody has said.
 */
export function answerRequests(list: RequestList, request: SandboxRequest, state: SandboxState): Answer {
  const switches = state.switches();
  const { query } = request;
  const misspelt = checkParameters(query, parameters, switches);
  if (misspelt !== null) return misspelt;
  const paging = readPaging(query, switches);
  if (!paging.ok) return paging.refusal;
  const range = readRange(query, state.clock.today(), { ...switches, ageLimit: 'none' });
  if (!range.ok) return range.refusal;
  const ids = new Set(splitList(query.get('employeeIds')).map((id) => id.toLowerCase()));
  if ([...ids].some((id) => !state.employees.knows(id)))
    return envelopeRefusal(400, 'Invalid Employee ID', switches);
  const [from, to] = [range.value.from.toString(), range.value.to.toString()];
  const fitting = state.requests()[list].filter((record) => {
    const day = (name: string) => String(record[name]).slice(0, 10);
    const person = record['employeeIdentifier'];
    const isAsked = ids.size === 0 || (typeof person === 'string' && ids.has(person.toLowerCase()));
    return isAsked && day('fromDate') <= to && day('toDate') >= from;
  });
  const { offset, size } = paging.value;
  const records = fitting.slice(offset, offset + size).map((record) => JSON.stringify(record));
  return pageAnswer({
    slice: { total: fitting.length, records },
    page: paging.value,
    request,
    origin: state.origin(),
    switches,
  });
}
