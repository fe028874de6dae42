import { describe, expect, it } from 'vitest';
import { classifyNetworkError } from './network-fault.ts';

function failure(code: string): Error {
  return Object.assign(new Error(`connect to 10.0.0.1 with token abc failed: ${code}`), { code });
}

describe('a network error', () => {
  it.each([
    ['ENOTFOUND', 'network_dns'],
    ['EAI_AGAIN', 'network_dns'],
    ['ECONNREFUSED', 'network_refused'],
    ['ECONNRESET', 'network_refused'],
    ['EPIPE', 'network_refused'],
    ['EHOSTUNREACH', 'network_refused'],
    ['UND_ERR_SOCKET', 'network_refused'],
    ['HPE_INVALID_CONSTANT', 'network_refused'],
    ['ETIMEDOUT', 'network_timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'network_timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'network_timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'network_timeout'],
    ['CERT_HAS_EXPIRED', 'network_tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network_tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'network_tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network_tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network_tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network_tls'],
    ['EPROTO', 'network_tls'],
  ])('%s is %s', (systemCode, code) => {
    expect(classifyNetworkError(failure(systemCode))).toEqual({ code, systemCode });
  });

  it('of several addresses is sorted by the first', () => {
    const error = new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]);
    expect(classifyNetworkError(error)).toEqual({ code: 'network_refused', systemCode: 'ECONNREFUSED' });
  });

  it('may hide in the cause of another', () => {
    const error = new TypeError('failed', { cause: failure('ENOTFOUND') });
    expect(classifyNetworkError(error).code).toBe('network_dns');
  });

  it.each([new Error('token abc'), 'token abc', failure('token abc'), null])(
    'without a known code is "unknown"',
    (error) => {
      expect(classifyNetworkError(error)).toEqual({ code: 'network_refused', systemCode: 'unknown' });
    },
  );
});
