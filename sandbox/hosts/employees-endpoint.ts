import type { SandboxState } from '../sandbox-state.ts';
import type { EmployeeEntry } from '../scenario/employee-schema.ts';
import { type Answer, envelopeRefusal, jsonTextAnswer, unreadableParameter } from './answers.ts';
import { splitList } from './attendance-endpoint.ts';
import { accept, type Checked, checkParameters, pageAnswer, readPaging, refuse } from './paging.ts';
import type { SandboxRequest } from './sandbox-request.ts';

const parameters = new Set([
  'employeeIds',
  'employeeNumbers',
  'employmentStatus',
  'inProbation',
  'inNoticePeriod',
  'lastModified',
  'searchKey',
  'pageNumber',
  'pageSize',
]);

type Filter = (employee: EmployeeEntry) => boolean;

/** GET /api/v1/hris/employees: everybody, relieved people included, unless a filter says otherwise. */
export function answerEmployees(request: SandboxRequest, state: SandboxState): Answer {
  const switches = state.switches();
  const misspelt = checkParameters(request.query, parameters, switches);
  if (misspelt !== null) return misspelt;
  const paging = readPaging(request.query, switches);
  if (!paging.ok) return paging.refusal;
  const filters = readFilters(request.query, state);
  if (!filters.ok) return filters.refusal;
  const fits: Filter = (employee) => filters.value.every((filter) => filter(employee));
  const slice = state.employees.read(fits, paging.value.offset, paging.value.size);
  return pageAnswer({ slice, page: paging.value, request, origin: state.origin(), switches });
}

/** GET /api/v1/hris/employees/{id}, by GUID. */
export function answerEmployee(id: string, state: SandboxState): Answer {
  const record = state.employees.find(id);
  if (record === null) return envelopeRefusal(404, 'Employee not found', state.switches());
  return jsonTextAnswer(200, `{"succeeded":true,"message":null,"errors":null,"data":${record}}`);
}

function readFilters(query: URLSearchParams, state: SandboxState): Checked<readonly Filter[]> {
  const filters: Filter[] = [];
  const ids = new Set(splitList(query.get('employeeIds')).map((id) => id.toLowerCase()));
  if (ids.size > 0) filters.push(({ id }) => ids.has(id));
  const numbers = new Set(splitList(query.get('employeeNumbers')));
  if (numbers.size > 0) filters.push(({ number }) => number !== null && numbers.has(number.trim()));
  for (const read of [readStatus, readProbation, readNotice, readModified, readSearch]) {
    const filter = read(query, state);
    if (!filter.ok) return filter;
    if (filter.value !== null) filters.push(filter.value);
  }
  return accept(filters);
}

type ReadFilter = (query: URLSearchParams, state: SandboxState) => Checked<Filter | null>;

/** `Working` and `Relieved` are documented. Other spellings select nobody; nobody knows what Keka does. */
const readStatus: ReadFilter = (query) => {
  const wanted = new Set(splitList(query.get('employmentStatus')).map((name) => name.toLowerCase()));
  if (wanted.size === 0) return accept(null);
  return accept(({ relieved }) => wanted.has(relieved ? 'relieved' : 'working'));
};

const readProbation: ReadFilter = (query, state) =>
  readFlag(query, 'inProbation', state, (employee) => isAhead(employee.details().probationEnds, state));

const readNotice: ReadFilter = (query, state) =>
  readFlag(query, 'inNoticePeriod', state, (employee) => isAhead(employee.details().noticeEnds, state));

function isAhead(day: string | null, state: SandboxState): boolean {
  return day !== null && day >= state.clock.today().toString();
}

function readFlag(
  query: URLSearchParams,
  name: string,
  state: SandboxState,
  holds: Filter,
): Checked<Filter | null> {
  const text = query.get(name)?.toLowerCase();
  if (text === undefined) return accept(null);
  if (text === 'true') return accept(holds);
  if (text !== 'false') return refuse(unreadableParameter(name, `The value '${text}' is not valid.`));
  return accept(state.switches().falseFilters === 'exclude' ? (employee) => !holds(employee) : null);
}

/** An offset whose `+` was not percent-encoded arrives as a blank, and is refused. */
const readModified: ReadFilter = (query) => {
  const text = query.get('lastModified');
  if (text === null || text === '') return accept(null);
  try {
    const since = Temporal.Instant.from(text).epochMilliseconds;
    return accept(({ modifiedAt }) => modifiedAt >= since);
  } catch {
    return refuse(unreadableParameter('lastModified', `The value '${text}' is not valid.`));
  }
};

const readSearch: ReadFilter = (query, state) => {
  const text = query.get('searchKey');
  if (text === null || text === '') return accept(null);
  if (text.length < 3) {
    return refuse(envelopeRefusal(400, 'Search key needs at least 3 characters', state.switches()));
  }
  return accept((employee) => employee.details().searchText.includes(text.toLowerCase()));
};
