import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isPagePath } from '../../contract/page-paths.ts';
import type { HajiriError } from '../../errors/hajiri-error.ts';
import { policyWithNonce } from '../security-headers.ts';

/** The built pages, or why there are none; without either, addresses of pages are not there. */
export type Pages = { readonly folder: string } | { readonly missing: HajiriError } | undefined;

/** Answers an address of a page, or returns undefined where it is none. Throws `pages_not_built`. */
export type AnswerPage = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;

const oneYearSeconds = 31_536_000;
/** Where the document has the nonce of its answer. */
const noncePlace = 'nonce-of-this-answer';

/** Serves the files of the pages, and returns what answers their addresses. */
export async function addPages(app: FastifyInstance, pages: Pages): Promise<AnswerPage> {
  if (pages === undefined) return () => undefined;
  if ('missing' in pages) {
    return (request) => {
      if (wantsPage(request)) throw pages.missing;
      return undefined;
    };
  }
  const document = await readFile(join(pages.folder, 'index.html'), 'utf8');
  // The names of these files change with their content.
  await app.register(fastifyStatic, {
    root: join(pages.folder, 'assets'),
    prefix: '/assets/',
    preCompressed: true,
    index: false,
    maxAge: oneYearSeconds * 1000,
    immutable: true,
    schemaHide: true,
  });
  await app.register(fastifyStatic, {
    root: join(pages.folder, 'fixed'),
    prefix: '/fixed/',
    decorateReply: false,
    preCompressed: true,
    index: false,
    maxAge: 0,
    schemaHide: true,
  });
  return (request, reply) => {
    if (!wantsPage(request)) return undefined;
    const nonce = randomBytes(16).toString('base64url');
    return reply
      .code(isPagePath(pathOf(request)) ? 200 : 404)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', policyWithNonce(nonce))
      .send(document.replaceAll(noncePlace, nonce));
  };
}

/** A browser that goes to an address says that it wants HTML; programs and the app itself do not. */
function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = pathOf(request);
  if (/^\/(?:api|assets|fixed)(?:\/|$)/.test(path)) return false;
  return isPagePath(path) || (request.headers.accept ?? '').includes('text/html');
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0] ?? '';
}
