import type { Exchange } from './exchange.ts';
import { membersOf } from './json-answer.ts';
import { judgeExchange, notJson, type RequestFacts } from './judge-exchange.ts';
import { KekaError } from './keka-error.ts';
import { type KekaPage, parsePage } from './keka-page.ts';
import { reasonsIn, safeReason } from './safe-reason.ts';
import type { Verdict } from './verdict.ts';

export type PageRequest = {
  readonly endpoint: string;
  /** As Keka's key settings call it, for the person who has to tick it. */
  readonly privilege: string;
  readonly pageNumber: number;
  readonly pageSize: number;
  readonly host: string;
  /** Whether this host has answered this client before, so that a 404 or an unknown name means something else. */
  readonly hostHasServed: boolean;
  /** What must never appear in a reason. */
  readonly secrets: readonly string[];
};

// The first two are the observed wording of the refusal of old dates; the third is the documented limit of a range.
const refusalsOfRange = [
  /last three months only/i,
  /allowed to access attendance summary/i,
  /\b90\s+days?\b/i,
];

/** Decides what the answer to the request for one page means. Pure. */
export function judgePage(exchange: Exchange, request: PageRequest): Verdict<KekaPage> {
  const { endpoint, pageNumber, host } = request;
  const facts: RequestFacts = { host, endpoint, page: pageNumber };
  const judged = judgeExchange(exchange, facts);
  if (
    judged.kind === 'try_again' &&
    judged.error.code === 'network_dns' &&
    isUnknownName(judged.error, request)
  ) {
    return failed('company_not_found', `${host} does not exist: no company has this subdomain`, facts);
  }
  if (judged.kind !== 'answer') return judged;
  const { status } = judged.answer;
  const details = { ...facts, status };
  if (status === 401) {
    const error = new KekaError(
      'credentials_refused',
      `${host} refused the token for ${endpoint} again after it was renewed`,
      {
        details,
      },
    );
    return { kind: 'unauthorised', error };
  }
  if (status === 403) {
    // A firewall in between refuses with a page; Keka itself with a text or JSON.
    if (judged.body.kind === 'other' && judged.body.looksLike === 'html') {
      return { kind: 'failed', error: notJson('html', facts, status) };
    }
    return privilegeMissing(request, status);
  }
  if (status === 404) return judgeNotFound(request);
  return judgeEnvelope(
    membersOf(judged.body.kind === 'json' ? judged.body.value : null),
    judged.answer,
    request,
  );
}

function judgeEnvelope(
  envelope: Readonly<Record<string, unknown>>,
  answer: { readonly status: number; readonly text: string },
  request: PageRequest,
): Verdict<KekaPage> {
  const facts: RequestFacts = { host: request.host, endpoint: request.endpoint, page: request.pageNumber };
  const details = { ...facts, status: answer.status };
  if (answer.status >= 300 || envelope.succeeded === false) {
    const reasons = reasonsIn(envelope.errors ?? envelope.title ?? null);
    const everything = [
      ...reasons,
      ...reasonsIn(envelope.message ?? null),
      answer.status === 400 ? answer.text : '',
    ];
    if (refusalsOfRange.some((refusal) => everything.some((text) => refusal.test(text)))) {
      return failed('range_refused', `Keka refuses these dates for ${request.endpoint}`, details);
    }
    const reason = safeReason(
      reasons.length > 0 ? reasons : reasonsIn(envelope.message ?? null),
      request.secrets,
    );
    const sentence = `Keka answered that the request for ${request.endpoint} failed (${answer.status})`;
    return failed('said_failed', reason === '' ? sentence : `${sentence}: ${reason}`, { ...details, reason });
  }
  const parsed =
    envelope.succeeded === true
      ? parsePage(envelope, request)
      : { ok: false as const, field: 'succeeded', reason: 'is neither true nor false' };
  if (parsed.ok) return { kind: 'done', value: parsed.page };
  const sentence = `page ${request.pageNumber} of ${request.endpoint} is not as agreed: ${parsed.field} ${parsed.reason}`;
  return failed('malformed_page', sentence, { ...details, field: parsed.field });
}

/**
 * Keka answers 404 for a subdomain without a company and also for a module that the company's plan lacks. The two look
 * alike, so what decides is whether the host has served this client before.
 */
function judgeNotFound(request: PageRequest): Verdict<KekaPage> {
  if (request.hostHasServed) return privilegeMissing(request, 404);
  const sentence = `${request.host} answered 404 for ${request.endpoint}: no company has this subdomain, or its plan lacks this part`;
  return failed('company_not_found', sentence, {
    host: request.host,
    endpoint: request.endpoint,
    page: request.pageNumber,
    status: 404,
  });
}

/** The login host was reached to get the token, so names resolve here; this one alone does not exist. */
function isUnknownName(error: KekaError, request: PageRequest): boolean {
  return error.details.systemCode === 'ENOTFOUND' && !request.hostHasServed;
}

function privilegeMissing(request: PageRequest, status: number): Verdict<KekaPage> {
  const { host, endpoint, privilege, pageNumber } = request;
  const sentence = `Keka does not let this API key read ${endpoint} (${status}): the privilege "${privilege}" is missing`;
  return failed('privilege_missing', sentence, { host, endpoint, page: pageNumber, status, privilege });
}

function failed(
  code: KekaError['code'],
  message: string,
  details: KekaError['details'],
): { readonly kind: 'failed'; readonly error: KekaError } {
  return { kind: 'failed', error: new KekaError(code, message, { details }) };
}
