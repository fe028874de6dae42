import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the provider says about whoever signs in there. */
export type Claims = {
  readonly sub: string;
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
};

export type StubProvider = {
  readonly issuer: string;
  /** Does what a person does at the provider: takes the address that Hajiri gave, and returns the one to come back to. */
  signIn(
    url: string,
    claims: Claims,
    change?: { readonly nonce?: string; readonly audience?: string },
  ): string;
  close(): Promise<void>;
};

export const stubClient = { id: 'hajiri-of-the-test', secret: 'canary-oidc-client-secret' };

/** An OIDC provider on loopback: discovery, keys, codes with PKCE, signed ID tokens. */
export async function openStubProvider(): Promise<StubProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map<string, { challenge: string; idToken: string }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = answer(request.url ?? '', Buffer.concat(chunks).toString());
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function answer(path: string, body: string): { status: number; body: object } {
    if (path === '/.well-known/openid-configuration') {
      return {
        status: 200,
        body: {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          id_token_signing_alg_values_supported: ['RS256'],
        },
      };
    }
    if (path === '/keys') {
      return {
        status: 200,
        body: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] },
      };
    }
    const given = new URLSearchParams(body);
    const code = codes.get(given.get('code') ?? '');
    codes.delete(given.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    if (path !== '/token' || code === undefined || code.challenge !== challenge) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    return {
      status: 200,
      body: { access_token: 'at', token_type: 'Bearer', expires_in: 60, id_token: code.idToken },
    };
  }

  return {
    issuer,
    signIn(url, claims, change = {}) {
      const asked = new URL(url).searchParams;
      const now = Math.floor(Date.now() / 1000);
      const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const payload = {
        iss: issuer,
        aud: change.audience ?? stubClient.id,
        iat: now,
        exp: now + 60,
        nonce: change.nonce ?? asked.get('nonce') ?? undefined,
        ...claims,
      };
      const signed = `${encode({ alg: 'RS256', kid: 'k1' })}.${encode(payload)}`;
      const idToken = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
      const code = createHash('sha256').update(idToken).digest('base64url');
      codes.set(code, { challenge: asked.get('code_challenge') ?? '', idToken });
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', asked.get('state') ?? '');
      return `${back.pathname}${back.search}`;
    },
    close: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}
