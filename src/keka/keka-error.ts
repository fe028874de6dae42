import { HajiriError } from '../errors/hajiri-error.ts';
import type { ProblemCode } from '../errors/problem-codes.ts';

/** Everything that a conversation with Keka can end in, besides an answer and an abort by the caller. */
export type KekaErrorCode = Extract<
  ProblemCode,
  | 'credentials_refused'
  | 'key_expired'
  | 'privilege_missing'
  | 'company_not_found'
  | 'rate_limited'
  | 'range_refused'
  | 'not_json'
  | 'said_failed'
  | 'server_error'
  | 'network_dns'
  | 'network_refused'
  | 'network_timeout'
  | 'network_tls'
  | 'malformed_page'
  | 'response_too_large'
  | 'redirect_refused'
  | 'page_limit'
>;

/**
 * The one error of `src/keka/`. Its details are chosen field by field (endpoint, page, status, host, …) and it
 * never has a `cause`: the causes here are parser and socket errors, which quote bodies and addresses.
 */
export class KekaError extends HajiriError<KekaErrorCode> {
  override readonly name = 'KekaError';
}
