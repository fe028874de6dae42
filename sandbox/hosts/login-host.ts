import type { SandboxState } from '../sandbox-state.ts';
import type { KeySettings } from '../scenario/tenant-schema.ts';
import { type Answer, emptyAnswer, htmlAnswer, jsonAnswer } from './answers.ts';
import { isAgentRefused } from './rate-limiter.ts';
import type { LogHandle } from './request-log.ts';
import type { SandboxRequest } from './sandbox-request.ts';

type TokenError =
  | 'invalid_request'
  | 'invalid_client'
  | 'unsupported_grant_type'
  | 'unauthorized_client'
  | 'invalid_scope'
  | 'invalid_grant';

/** Grants that the identity server knows, but that no Keka key may use. */
const otherGrants = new Set(['client_credentials', 'authorization_code', 'refresh_token', 'password']);

const noStore = { 'cache-control': 'no-store, no-cache, max-age=0', pragma: 'no-cache' };

export function refuseLoginAgent(request: SandboxRequest, state: SandboxState): Answer | null {
  const refused = isAgentRefused(request.headers['user-agent'], state.switches().userAgent);
  return refused ? htmlAnswer(403, 'Forbidden') : null;
}

/** POST /connect/token with the five form fields. */
export async function answerToken(
  request: SandboxRequest,
  state: SandboxState,
  log: LogHandle,
): Promise<Answer> {
  if (request.path !== '/connect/token') return htmlAnswer(404, 'Not Found');
  if (request.method !== 'POST') return emptyAnswer(405, { allow: 'POST' });
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\b/iu.test(type)) return tokenRefusal('invalid_request', state);
  const form = new URLSearchParams(await request.readBody());
  const checked = checkGrant(form, state);
  if (typeof checked === 'string') return tokenRefusal(checked, state);
  log.note({ key: checked.name });
  const seconds = state.switches().tokenSeconds;
  const token = state.tokens.issue({ keyName: checked.name, clientId: checked.clientId, seconds });
  return jsonAnswer(
    200,
    { access_token: token, expires_in: seconds, token_type: 'Bearer', scope: 'kekaapi' },
    noStore,
  );
}

/** In the order of an identity server: the client first, then the grant, the scope, and last the key itself. */
function checkGrant(form: URLSearchParams, state: SandboxState): KeySettings | TokenError {
  const ofClient = state.keys
    .all()
    .filter(
      ({ clientId, clientSecret }) =>
        clientId === form.get('client_id') && clientSecret === form.get('client_secret'),
    );
  if (ofClient.length === 0) return 'invalid_client';
  const grant = form.get('grant_type') ?? '';
  if (otherGrants.has(grant)) return 'unauthorized_client';
  if (grant !== 'kekaapi') return 'unsupported_grant_type';
  if (form.get('scope') !== 'kekaapi') return 'invalid_scope';
  const given = form.get('api_key') ?? otherSpelling(form, state);
  const key = ofClient.find(({ apiKey }) => apiKey === given);
  return key !== undefined && state.keys.isAlive(key) ? key : 'invalid_grant';
}

function otherSpelling(form: URLSearchParams, state: SandboxState): string | null {
  return state.switches().apiKeyField === 'api_key-or-apikey' ? form.get('apikey') : null;
}

const descriptions: Record<TokenError, string> = {
  invalid_request: 'The request is not a form',
  invalid_client: 'Unknown client, or its secret is wrong',
  unsupported_grant_type: 'The grant type is not supported',
  unauthorized_client: 'The client may not use this grant type',
  invalid_scope: 'The scope is missing or unknown',
  invalid_grant: 'The api key is not valid',
};

function tokenRefusal(error: TokenError, state: SandboxState): Answer {
  const { credentialErrorStatus, credentialErrorDescription } = state.switches();
  const isCredential = error === 'invalid_client' || error === 'invalid_grant';
  return jsonAnswer(
    isCredential ? credentialErrorStatus : 400,
    credentialErrorDescription === 'present' ? { error, error_description: descriptions[error] } : { error },
    noStore,
  );
}
