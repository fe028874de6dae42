import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** The nonce of the answer that a page is in: style elements that carry it are applied. */
export type StyleNonce = string;

/**
 * What a page may load and run: its own files, and nothing of anybody else. Scripts come from files alone. Style
 * elements that the web app makes while it runs carry the nonce of the page.
 */
const policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** Headers that tell browsers to be strict, on every answer. */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy },
    // Whoever serves it over HTTPS sets this at their proxy: here it would be said over plain HTTP.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

/** The policy of one page, with the nonce of its styles. */
export function policyWithNonce(nonce: StyleNonce): string {
  return Object.entries({ ...policy, 'style-src': [...policy['style-src'], `'nonce-${nonce}'`] })
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join(';');
}
