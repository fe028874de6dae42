import { createHash, timingSafeEqual } from 'node:crypto';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { browserSession } from '../contract/session.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import type { Who } from '../installation.ts';

const cookieName = 'hajiri_access';

/** Lets a browser ask as who holds the token: it hands the token in once and carries a cookie from then on. */
export async function addBrowserSession(app: FastifyInstance, accessToken: string): Promise<void> {
  await app.register(fastifyCookie);
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/session',
    {
      schema: {
        summary: 'Opens the pages in this browser: a cookie takes the place of the access token',
        body: browserSession,
        security: [],
      },
    },
    (request, reply) => {
      requireEqual(request.body.accessToken, accessToken);
      // Not readable by scripts, and not sent along from the pages of others. It ends with the browser.
      return reply
        .setCookie(cookieName, accessToken, { httpOnly: true, sameSite: 'strict', path: '/api' })
        .code(204)
        .send();
    },
  );
}

/** From the header, or, for what only reads, from the cookie of a browser. Throws `unauthenticated`. */
export function requireToken(request: FastifyRequest, accessToken: string): void {
  const header = request.headers.authorization;
  if (header !== undefined) return requireEqual(/^Bearer (.+)$/.exec(header)?.[1] ?? '', accessToken);
  const onlyReads = request.method === 'GET' || request.method === 'HEAD';
  requireEqual((onlyReads ? request.cookies[cookieName] : undefined) ?? '', accessToken);
}

/** Compared as hashes, in a time that does not depend on where they differ. */
function requireEqual(given: string, accessToken: string): void {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(given), digest(accessToken))) return;
  throw new HajiriError(
    'unauthenticated',
    'This address needs the access token that Hajiri printed at its start.',
  );
}

/** Who holds the token read it on this machine, where every command may be given. */
export function holderOfAccessToken(request: FastifyRequest): Who {
  return {
    actor: { kind: 'command_line', user: 'access token' },
    origin: { address: request.ip, requestId: request.id },
  };
}
