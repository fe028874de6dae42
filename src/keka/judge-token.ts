import type { AccessToken } from './access-token.ts';
import type { Exchange } from './exchange.ts';
import { membersOf } from './json-answer.ts';
import { judgeExchange, notJson, type RequestFacts } from './judge-exchange.ts';
import { KekaError } from './keka-error.ts';
import type { Verdict } from './verdict.ts';

// Only these are ever copied from the answer. The free text beside them can quote what was sent.
const knownErrors: ReadonlySet<unknown> = new Set([
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'invalid_request',
  'unauthorized_client',
  'unsupported_grant_type',
]);

const unstatedLifetimeSeconds = 600;
const longestLifetimeSeconds = 7 * 86_400;

/** Decides what the answer of the login host means. A 400 or 401 is final: only a person can mend it. Pure. */
export function judgeToken(exchange: Exchange, host: string): Verdict<AccessToken> {
  const facts: RequestFacts = { host, endpoint: '/connect/token' };
  const judged = judgeExchange(exchange, facts);
  if (judged.kind !== 'answer') return judged;
  const { status } = judged.answer;
  if (judged.body.kind === 'other' && judged.body.looksLike === 'html' && status !== 401 && status !== 400) {
    return { kind: 'failed', error: notJson('html', facts, status) };
  }
  const members = membersOf(judged.body.kind === 'json' ? judged.body.value : null);
  if (status >= 200 && status < 300) return judgeGrant(members, facts, status);
  if (status === 400 || status === 401 || status === 403) return refused(members.error, facts, status);
  return failed(
    new KekaError('said_failed', `${host} answered ${status} to the request for a token`, {
      details: { ...facts, status },
    }),
  );
}

function judgeGrant(
  members: Readonly<Record<string, unknown>>,
  facts: RequestFacts,
  status: number,
): Verdict<AccessToken> {
  const { access_token: value, expires_in: lifetime } = members;
  // A header value: visible ASCII alone, so that nothing in it can end the header.
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,16384}$/.test(value)) {
    const details = { ...facts, status, field: 'access_token' };
    return failed(new KekaError('malformed_page', `${facts.host} sent no usable token`, { details }));
  }
  return { kind: 'done', value: { value, lifetimeSeconds: readLifetime(lifetime) } };
}

function readLifetime(lifetime: unknown): number {
  const seconds = typeof lifetime === 'string' ? Number(lifetime) : lifetime;
  if (typeof seconds !== 'number' || !(seconds > 0)) return unstatedLifetimeSeconds;
  return Math.min(seconds, longestLifetimeSeconds);
}

function refused(given: unknown, facts: RequestFacts, status: number): Verdict<AccessToken> {
  const error = knownErrors.has(given) && typeof given === 'string' ? given : null;
  const details = { ...facts, status, error };
  if (error === 'invalid_grant') {
    return failed(new KekaError('key_expired', `${facts.host} refused the API key (${error})`, { details }));
  }
  const sentence = `${facts.host} refused the Client ID or Client Secret (${error ?? status})`;
  return failed(new KekaError('credentials_refused', sentence, { details }));
}

function failed(error: KekaError): { readonly kind: 'failed'; readonly error: KekaError } {
  return { kind: 'failed', error };
}
