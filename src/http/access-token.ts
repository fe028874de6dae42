import { createHash, timingSafeEqual } from 'node:crypto';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { browserAccess } from '../contract/access-token.ts';
import type { Authentication } from './authenticate.ts';

const cookieName = 'hajiri_access';

/**
 * As long as nobody is an owner, lets a browser ask as who holds the token that `serve` printed: it hands the token in
 * once and carries a cookie from then on.
 */
export async function addBrowserAccess(app: FastifyInstance, authentication: Authentication): Promise<void> {
  await app.register(fastifyCookie);
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/access',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'Opens the pages in this browser: a cookie takes the place of the access token',
        body: browserAccess,
        security: [],
      },
    },
    async (request, reply) => {
      const { accessToken } = request.body;
      await authentication.requireAccessToken(accessToken);
      // Not readable by scripts, and not sent along from the pages of others. It ends with the browser.
      return reply
        .setCookie(cookieName, accessToken, { httpOnly: true, sameSite: 'strict', path: '/api' })
        .code(204)
        .send();
    },
  );
}

/** What a request brings in place of a session: in its header, or, for what only reads, in the cookie of a browser. */
export function givenToken({ headers, method, cookies }: FastifyRequest): string | null {
  const { authorization } = headers;
  if (authorization !== undefined) return /^Bearer (.+)$/.exec(authorization)?.[1] ?? '';
  return method === 'GET' || method === 'HEAD' ? (cookies[cookieName] ?? null) : null;
}

/** Compared as hashes, in a time that does not depend on where they differ. */
export function isEqualToken(given: string, accessToken: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(accessToken));
}
