import type { RecordSlice } from '../data/attendance-store.ts';
import type { Switches } from '../scenario/switches.ts';
import { type Answer, envelopeRefusal, jsonTextAnswer, unreadableParameter } from './answers.ts';
import type { SandboxRequest } from './sandbox-request.ts';

const defaultPageSize = 100;
const largestPageSize = 200;

export type PageAsked = { readonly number: number; readonly size: number; readonly offset: number };

/** Either the value, or the answer that refuses the request. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Answer };

export function accept<Value>(value: Value): Checked<Value> {
  return { ok: true, value };
}

export function refuse<Value>(refusal: Answer): Checked<Value> {
  return { ok: false, refusal };
}

/** Refuses misspelt parameters in strict mode; elsewhere they do nothing, as with Keka. */
export function checkParameters(
  query: URLSearchParams,
  known: ReadonlySet<string>,
  switches: Switches,
): Answer | null {
  if (switches.unknownParameters === 'ignore') return null;
  const unknown = [...query.keys()].find((name) => !known.has(name));
  return unknown === undefined
    ? null
    : unreadableParameter(unknown, 'Unknown query parameter (strict mode).');
}

export function readPaging(query: URLSearchParams, switches: Switches): Checked<PageAsked> {
  const number = readWhole(query, 'pageNumber', 1);
  if (!number.ok) return number;
  const size = readWhole(query, 'pageSize', defaultPageSize);
  if (!size.ok) return size;
  if (size.value > largestPageSize && switches.pageSizeAboveMaximum === 'refuse') {
    const reason = `Page size must not be greater than ${largestPageSize}`;
    return refuse(envelopeRefusal(400, reason, switches));
  }
  const clamped = Math.min(Math.max(size.value, 1), largestPageSize);
  const page = Math.max(number.value, 1);
  return accept({ number: page, size: clamped, offset: (page - 1) * clamped });
}

function readWhole(query: URLSearchParams, name: string, fallback: number): Checked<number> {
  const text = query.get(name);
  if (text === null || text === '') return accept(fallback);
  if (!/^-?\d{1,9}$/u.test(text))
    return refuse(unreadableParameter(name, `The value '${text}' is not valid.`));
  return accept(Number(text));
}

/** The envelope around one page, assembled from the finished JSON of its records. */
export function pageAnswer(parts: {
  readonly slice: RecordSlice;
  readonly page: PageAsked;
  readonly request: SandboxRequest;
  readonly origin: string;
  readonly switches: Switches;
}): Answer {
  const { slice, page, switches } = parts;
  const { total, records } = slice;
  const totalPages = total === 0 ? switches.emptyTotalPages : Math.ceil(total / page.size);
  const data = records.length === 0 && switches.emptyData === 'null' ? 'null' : `[${records.join(',')}]`;
  const count = (value: number): string => (switches.numbers === 'strings' ? `"${value}"` : String(value));
  const link = linkWriter(parts);
  const last = Math.max(totalPages, 1);
  return jsonTextAnswer(
    200,
    `{"succeeded":true,"message":null,"errors":null,"data":${data}` +
      `,"pageNumber":${count(page.number)},"pageSize":${count(page.size)}` +
      `${link('firstPage', 1)}${link('lastPage', last)}` +
      `,"totalPages":${count(totalPages)},"totalRecords":${count(total)}` +
      link('nextPage', page.number < last ? page.number + 1 : null) +
      `${link('previousPage', page.number > 1 ? page.number - 1 : null)}}`,
  );
}

type PageContext = Parameters<typeof pageAnswer>[0];

/** Writes one link member with its leading comma, or nothing at all when links are missing. */
function linkWriter({ page, request, origin, switches }: PageContext) {
  const filters = new URLSearchParams(switches.linkFilters === 'kept' ? request.query : '');
  return (name: string, number: number | null): string => {
    if (switches.links === 'missing') return '';
    if (switches.links === 'null' || number === null) return `,"${name}":null`;
    filters.delete('pageNumber');
    filters.delete('pageSize');
    filters.set('pageNumber', String(number));
    filters.set('pageSize', String(page.size));
    const below = `${request.path}?${filters.toString()}`;
    return `,"${name}":${JSON.stringify(placeLink(below, { request, origin, switches }))}`;
  };
}

function placeLink(below: string, context: Pick<PageContext, 'request' | 'origin' | 'switches'>): string {
  const { request, origin, switches } = context;
  if (switches.links === 'relative') return below;
  if (switches.links === 'other-host') return `${otherHost(origin)}${below}`;
  return `${origin}/tenant/${request.subdomain ?? ''}${below}`;
}

/** This same server under another host name: a client that follows a link there is seen in the request log. */
export function otherHost(origin: string): string {
  return `${origin.replace('127.0.0.1', 'localhost')}/elsewhere`;
}
