import type { Exchange } from './exchange.ts';
import { type JsonAnswer, membersOf } from './json-answer.ts';
import { judgeExchange, notJson, type RequestFacts, subjectOf } from './judge-exchange.ts';
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
  /** Whether this host has given this client a page before, so that a 404 or an unknown name means something else. */
  readonly hostHasServed: boolean;
  /** What must never appear in a reason. */
  readonly secrets: readonly string[];
};

type Envelope = Readonly<Record<string, unknown>>;

// The first two are the observed wording of the refusal of old dates. The third is for the documented limit of 90 days,
// whose wording is not known; a smaller limit was met elsewhere.
const refusalsOfRange = [
  /last three months only/i,
  /allowed to access attendance summary/i,
  /\b\d{1,3}[\s-]+days?\b/i,
];

/** Decides what the answer to the request for one page means. Pure. */
export function judgePage(exchange: Exchange, request: PageRequest): Verdict<KekaPage> {
  const { endpoint, pageNumber, host } = request;
  const facts: RequestFacts = { host, endpoint, page: pageNumber };
  const judged = judgeExchange(exchange, facts);
  if (judged.kind === 'try_again' && isUnknownName(judged.error, request)) {
    return failed('company_not_found', `${host} does not exist: no company has this subdomain`, facts);
  }
  if (judged.kind !== 'answer') return judged;
  const { answer, body } = judged;
  switch (answer.status) {
    case 401: {
      const sentence = `${host} refused the token for ${subjectOf(facts)}, also after it was renewed`;
      const details = { ...facts, status: 401 };
      return { kind: 'unauthorised', error: new KekaError('credentials_refused', sentence, { details }) };
    }
    case 403:
      // Keka itself refuses with a text or JSON; a web page comes from a firewall in between.
      return body.kind === 'other' && body.looksLike === 'html'
        ? { kind: 'failed', error: notJson('html', facts, 403) }
        : privilegeMissing(facts, request, 403);
    case 404:
      return judgeNotFound(facts, request);
  }
  const envelope = membersOf(body.kind === 'json' ? body.value : null);
  return answer.status >= 300 || envelope.succeeded === false
    ? judgeRefusal(envelope, { status: answer.status, words: wordsOf(body, answer.text) }, facts, request)
    : judgeEnvelope(envelope, answer.status, facts, request);
}

/** The login host was reached to get the token, so names resolve here; this one alone does not exist. */
function isUnknownName(error: KekaError, request: PageRequest): boolean {
  return error.details.systemCode === 'ENOTFOUND' && !request.hostHasServed;
}

/**
 * Keka answers 404 for a subdomain without a company and also for a module that the company's plan lacks. The two look
 * alike, so what decides is whether the host has served this client before.
 */
function judgeNotFound(facts: RequestFacts, request: PageRequest): Verdict<KekaPage> {
  if (request.hostHasServed) return privilegeMissing(facts, request, 404);
  const sentence = `${facts.host} answered 404 for ${facts.endpoint}: no company has this subdomain, or its plan lacks this part`;
  return failed('company_not_found', sentence, { ...facts, status: 404 });
}

function privilegeMissing(
  facts: RequestFacts,
  { privilege }: PageRequest,
  status: number,
): Verdict<KekaPage> {
  const sentence = `Keka does not let this API key read ${facts.endpoint} (${status}): the privilege "${privilege}" is missing`;
  return failed('privilege_missing', sentence, { ...facts, status, privilege });
}

function judgeRefusal(
  envelope: Envelope,
  { status, words }: { readonly status: number; readonly words: readonly string[] },
  facts: RequestFacts,
  request: PageRequest,
): Verdict<KekaPage> {
  const details = { ...facts, status };
  // The message is nearly always the same; the reason stands in `errors`, or in the title of an ASP.NET answer.
  const candidates = [envelope.errors, envelope.title, envelope.message].map((value) => reasonsIn(value));
  const texts = [...candidates.flat(), ...words];
  if (refusalsOfRange.some((refusal) => texts.some((text) => refusal.test(text)))) {
    return failed('range_refused', `Keka refuses these dates for ${facts.endpoint}`, details);
  }
  const reason = safeReason(candidates.find((reasons) => reasons.length > 0) ?? [], request.secrets);
  const sentence = `Keka answered that the request for ${subjectOf(facts)} failed (${status})`;
  return failed('said_failed', reason === '' ? sentence : `${sentence}: ${reason}`, { ...details, reason });
}

/** A body that is words and no envelope. Only for recognising what they speak of; they are not passed on. */
function wordsOf(body: JsonAnswer, text: string): readonly string[] {
  if (body.kind === 'json') return typeof body.value === 'string' ? [body.value] : [];
  return body.kind === 'other' && body.looksLike === 'text' ? [text.slice(0, 10_000)] : [];
}

function judgeEnvelope(
  envelope: Envelope,
  status: number,
  facts: RequestFacts,
  request: PageRequest,
): Verdict<KekaPage> {
  const parsed =
    envelope.succeeded === true
      ? parsePage(envelope, request)
      : { ok: false as const, field: 'succeeded', reason: 'is neither true nor false' };
  if (parsed.ok) return { kind: 'done', value: parsed.page };
  const sentence = `${subjectOf(facts)} is not as agreed: ${parsed.field} ${parsed.reason}`;
  return failed('malformed_page', sentence, { ...facts, status, field: parsed.field });
}

function failed(
  code: KekaError['code'],
  message: string,
  details: KekaError['details'],
): { readonly kind: 'failed'; readonly error: KekaError } {
  return { kind: 'failed', error: new KekaError(code, message, { details }) };
}
