import type { KekaErrorCode } from './keka-error.ts';

export type NetworkCode = Extract<KekaErrorCode, `network_${string}`>;

export type NetworkFault = {
  readonly code: NetworkCode;
  /** The system's own short name, such as `ECONNRESET`; "unknown" when it has none of the known form. */
  readonly systemCode: string;
};

const nameNotFound: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NONAME',
  'EAI_FAIL',
  'ENODATA',
]);

const tooSlow: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

const unverified =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|EPROTO$)/;

/** Sorts what a socket, the resolver or the HTTP parser reported. The message of the error is never passed on. */
export function classifyNetworkError(error: unknown): NetworkFault {
  const systemCode = codeOf(error);
  if (error instanceof Error && error.name === 'TimeoutError')
    return { code: 'network_timeout', systemCode: 'deadline' };
  if (nameNotFound.has(systemCode)) return { code: 'network_dns', systemCode };
  if (tooSlow.has(systemCode)) return { code: 'network_timeout', systemCode };
  if (unverified.test(systemCode)) return { code: 'network_tls', systemCode };
  return { code: 'network_refused', systemCode };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(error.code))
    return error.code;
  // Several addresses were tried and each failed: the first failure speaks for all.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error.cause === undefined ? 'unknown' : codeOf(error.cause);
}
