import type { FastifyRequest } from 'fastify';
import { importFileTypes } from '../contract/employee-imports.ts';
import { HajiriError, InvalidInputError } from '../errors/hajiri-error.ts';

const acceptedTypes = new RegExp(
  `^(?:${['application/json', ...importFileTypes].map((type) => RegExp.escape(type)).join('|')})(?:\\s*;|$)`,
  'i',
);
const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * A browser sends the cookie with whatever another site makes it ask. So a request that may change something must show
 * that a page of ours made it: by Sec-Fetch-Site, or by Origin in a browser that does not send it. A request with a token
 * in its header needs no such proof: no other site can make a browser send that, and the cookie counts for nothing then.
 * Throws `cross_site_refused`.
 */
export function requireSameOrigin(
  request: FastifyRequest,
  publicOrigin: string,
  isConfigured: boolean,
): void {
  if (harmless.has(request.method) || !request.url.startsWith('/api/')) return;
  if (request.headers.authorization !== undefined) return;
  if (!isOurs(request, publicOrigin, isConfigured)) {
    throw new HajiriError(
      'cross_site_refused',
      'This request did not come from a page of this Hajiri, or its address is not the configured one.',
    );
  }
  // What a form can send without asking first is neither JSON nor one of the files that are imported.
  const type = request.headers['content-type'];
  if (type !== undefined && !acceptedTypes.test(type)) {
    throw new InvalidInputError([{ field: 'request', reason: 'has a content type that is not JSON' }]);
  }
}

function isOurs({ headers }: FastifyRequest, publicOrigin: string, isConfigured: boolean): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (origin === publicOrigin) return true;
  // Without a public address, whoever sits at this machine may call it by any of its own names.
  const { hostname, host } = new URL(origin);
  return !isConfigured && loopbackNames.has(hostname) && host === headers.host;
}
