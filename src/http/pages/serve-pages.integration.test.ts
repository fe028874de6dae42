import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { smallScenario } from '../../../sandbox/testing/small-scenario.ts';
import { useStages } from '../../../test/support/case-stage.ts';
import { readSettings } from '../../config/read-settings.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { type Installation, openInstallation } from '../../installation.ts';
import { createLog } from '../../log/log.ts';
import { createHttpServer, type HttpServer } from '../create-server.ts';

const accessToken = 'an-access-token-of-the-test';
const html = { accept: 'text/html,application/xhtml+xml' };

describe('the pages, over HTTP', () => {
  const stages = useStages();
  let installation: Installation;
  let server: HttpServer;
  let script: string;
  beforeAll(async () => {
    const stage = await stages.open({ scenario: smallScenario(1, ['2026-03-10']) });
    installation = await openInstallation({
      settings: readSettings(stage.installation.environment),
      clock: stage.clock,
      log: createLog('silent'),
      claim: 'shared',
    });
    const folder = inject('pagesFolder');
    server = await createHttpServer(installation, { accessToken, pages: { folder } });
    const scripts = await readdir(join(folder, 'assets'));
    script = `/assets/${scripts.find((name) => /^index.*\.js$/.test(name))}`;
  });
  afterAll(async () => {
    await server?.close();
    await installation?.close();
  });

  const ask = (url: string, headers: Record<string, string> = {}) => server.inject({ url, headers });

  it('answer at the address of a page, anew each time, with a policy that names its nonce alone', async () => {
    const [first, second] = [await ask('/'), await ask('/?anything=1')];
    for (const { statusCode, headers } of [first, second]) {
      expect(statusCode).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      });
    }
    const nonces = [first, second].map(({ body }) => /nonce="([^"]+)"/.exec(body)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    const policy = String(first.headers['content-security-policy']);
    expect(policy.split(';')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonces[0]}'`,
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
    expect(policy).not.toContain('unsafe');
    // Nothing that such a policy would refuse is in the document.
    expect(first.body).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });

  it('bring files that stay, compressed as the browser can take it', async () => {
    const plain = await ask(script);
    expect(plain.statusCode).toBe(200);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const coding of ['br', 'gzip']) {
      const packed = await ask(script, { 'accept-encoding': coding });
      expect(packed.headers).toMatchObject({ 'content-encoding': coding, vary: 'accept-encoding' });
      expect(packed.headers['content-type']).toContain('javascript');
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    }
    const fixed = await ask('/fixed/first-paint.js');
    expect(fixed.headers['cache-control']).toBe('public, max-age=0');
  });

  it('say that there is nothing at another address, to people in words and to programs as a problem', async () => {
    const page = await ask('/nothing-here', html);
    expect(page.statusCode).toBe(404);
    expect(page.headers['content-type']).toContain('text/html');
    for (const [url, headers] of [
      ['/nothing-here', {}],
      ['/api/v1/nothing', html],
      ['/api', html],
      ['/assets/nothing.js', html],
      ['/fixed/..%2findex.html', html],
    ] as const) {
      const refused = await ask(url, headers);
      expect(refused.statusCode, url).toBe(404);
      expect(refused.headers['content-type'], url).toContain('application/problem+json');
    }
    const posted = await server.inject({ method: 'POST', url: '/', headers: html });
    expect(posted.statusCode).toBe(404);
  });

  it('that could not be built are told as a problem, and the API answers', async () => {
    const missing = new HajiriError(
      'pages_not_built',
      'The pages for the browser could not be built (EROFS).',
    );
    const without = await createHttpServer(installation, { accessToken, pages: { missing } });
    const page = await without.inject({ url: '/', headers: html });
    expect(page.statusCode).toBe(503);
    expect(page.json()).toMatchObject({
      code: 'pages_not_built',
      detail: 'The pages for the browser could not be built (EROFS).',
    });
    expect((await without.inject('/healthz')).statusCode).toBe(200);
    await without.close();
  });
});
