import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { HajiriError } from '../errors/hajiri-error.ts';
import type { Who } from '../installation.ts';

/** Compared as hashes, in a time that does not depend on where they differ. Throws `unauthenticated`. */
export function requireToken(request: FastifyRequest, accessToken: string): void {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
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
