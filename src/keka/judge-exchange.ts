import type { SafeDetails } from '../errors/hajiri-error.ts';
import type { Exchange } from './exchange.ts';
import { type JsonAnswer, readJsonAnswer } from './json-answer.ts';
import { KekaError } from './keka-error.ts';
import type { NetworkCode } from './network-fault.ts';
import type { Verdict } from './verdict.ts';

export type Answer = Extract<Exchange, { kind: 'answer' }>;

/** What every error tells of the request: the host, and for a page the endpoint and its number. */
export type RequestFacts = SafeDetails & {
  readonly host: string;
  readonly endpoint: string;
  readonly page?: number;
};

/** "page 2 of /time/attendance", or the endpoint alone where there are no pages. */
export function subjectOf(facts: RequestFacts): string {
  return facts.page === undefined ? facts.endpoint : `page ${facts.page} of ${facts.endpoint}`;
}

const networkSentences: Readonly<Record<NetworkCode, string>> = {
  network_dns: 'could not be found (DNS)',
  network_refused: 'refused or broke the connection',
  network_timeout: 'did not answer in time',
  network_tls: 'showed a certificate that could not be verified',
};

/**
 * The faults that both hosts share. Returns the answer when it is up to the host's own rules: a JSON body of a 2xx,
 * or any other status that has no meaning common to both.
 */
export function judgeExchange(
  exchange: Exchange,
  facts: RequestFacts,
):
  | Exclude<Verdict<never>, { kind: 'done' | 'unauthorised' }>
  | { readonly kind: 'answer'; readonly answer: Answer; readonly body: JsonAnswer } {
  if (exchange.kind === 'network') return judgeNetwork(exchange, facts);
  const { status } = exchange;
  const details = { ...facts, status };
  if (exchange.kind === 'too_large') {
    return failed(
      new KekaError('response_too_large', `${facts.host} sent more than the limit for ${subjectOf(facts)}`, {
        details,
      }),
    );
  }
  if (status >= 300 && status < 400) {
    // The target is not shown: it can carry a token or another company's name.
    return failed(
      new KekaError(
        'redirect_refused',
        `${facts.host} answered with a redirect (${status}) for ${subjectOf(facts)}; it was not followed`,
        { details },
      ),
    );
  }
  if (status === 429) {
    const error = new KekaError(
      'rate_limited',
      `${facts.host} kept answering 429 (too many requests) for ${subjectOf(facts)}`,
      { details },
    );
    return { kind: 'too_many_requests', retryAfter: exchange.headers.retryAfter, error };
  }
  if (status >= 500 || status === 408) {
    const error = new KekaError('server_error', `${facts.host} answered ${status} for ${subjectOf(facts)}`, {
      details,
    });
    return { kind: 'try_again', tries: 'several', error };
  }
  const body = readJsonAnswer(exchange.text, exchange.headers.contentType);
  return status >= 200 && status < 300 && body.kind !== 'json'
    ? judgeNotJson(body, facts, status)
    : { kind: 'answer', answer: exchange, body };
}

export function notJson(looksLike: string, facts: RequestFacts, status: number): KekaError {
  const seen =
    { html: 'a web page', empty: 'an empty answer', truncated: 'a cut-off answer' }[looksLike] ?? 'a text';
  return new KekaError('not_json', `${facts.host} sent ${seen} instead of ${subjectOf(facts)}`, {
    details: { ...facts, status, looksLike },
  });
}

function judgeNotJson(body: Exclude<JsonAnswer, { kind: 'json' }>, facts: RequestFacts, status: number) {
  return body.kind === 'truncated'
    ? ({ kind: 'try_again', tries: 'two', error: notJson('truncated', facts, status) } as const)
    : failed(notJson(body.looksLike, facts, status));
}

function judgeNetwork(fault: Extract<Exchange, { kind: 'network' }>, facts: RequestFacts) {
  const { code, systemCode } = fault;
  const error = new KekaError(code, `${facts.host} ${networkSentences[code]} for ${subjectOf(facts)}`, {
    details: { ...facts, systemCode },
  });
  // A certificate does not become right within seconds.
  return code === 'network_tls' ? failed(error) : ({ kind: 'try_again', tries: 'several', error } as const);
}

function failed(error: KekaError) {
  return { kind: 'failed', error } as const;
}
