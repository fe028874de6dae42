import type { AccessToken } from './access-token.ts';
import { exchange } from './exchange.ts';
import { judgeToken } from './judge-token.ts';
import { commonHeaders, type KekaConnection } from './keka-connection.ts';
import { tryUntilSettled } from './try-until-settled.ts';

/** Exchanges the three credentials for a token at the login host. Not counted by Keka's limit, nor by our budget. */
export async function fetchToken(connection: KekaConnection, signal: AbortSignal): Promise<AccessToken> {
  const { credentials, limits, traffic } = connection;
  const url = connection.hosts.tokenUrl(connection.environment);
  // URLSearchParams encodes: a "+" of an API key that is sent as it is would arrive as a blank.
  const form = new URLSearchParams({
    grant_type: 'kekaapi',
    scope: 'kekaapi',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    api_key: credentials.apiKey,
  });
  const attempt = async () => {
    traffic.add('tokenRequests');
    const result = await exchange(connection.dispatcher, {
      url,
      method: 'POST',
      headers: { ...commonHeaders, 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMilliseconds: limits.requestMilliseconds,
      maximumBytes: limits.responseBytes,
      signal,
    });
    return judgeToken(result, url.host);
  };
  return tryUntilSettled(attempt, connection, signal, {
    onUnauthorised: () => false,
    onRefusal: (milliseconds) => traffic.pause(milliseconds, 'too_many_requests', signal),
  });
}
