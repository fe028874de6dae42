import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { useStages } from '../../test/support/case-stage.ts';
import { readSettings } from '../config/read-settings.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { createLog } from '../log/log.ts';
import { createHttpServer, type HttpServer } from './create-server.ts';

const accessToken = 'an-access-token-of-the-test';

describe('a browser', () => {
  const stages = useStages();
  let installation: Installation;
  let server: HttpServer;
  beforeAll(async () => {
    const stage = await stages.open({ scenario: smallScenario(1, ['2026-03-10']) });
    const settings = readSettings(stage.installation.environment);
    const log = createLog('silent');
    installation = await openInstallation({ settings, clock: stage.clock, log, claim: 'shared' });
    server = await createHttpServer(installation, { accessToken });
  });
  afterAll(async () => {
    await server?.close();
    await installation?.close();
  });

  const open = (payload: Record<string, unknown>) =>
    server.inject({
      method: 'POST',
      url: '/api/v1/access',
      payload,
      headers: { 'sec-fetch-site': 'same-origin' },
    });

  it('hands in the token once and carries a cookie that scripts and other sites cannot use', async () => {
    const { statusCode, headers, cookies } = await open({ accessToken });
    expect(statusCode).toBe(204);
    expect(headers['set-cookie']).toMatch(/; HttpOnly; SameSite=Strict$/);
    const [cookie] = cookies;
    const carried = { [cookie?.name ?? '']: cookie?.value ?? '' };
    const runs = await server.inject({ url: '/api/v1/runs', cookies: carried });
    expect(runs.statusCode).toBe(200);
  });

  it('is given nothing for another token, and none is told', async () => {
    const refused = await open({ accessToken: 'guessed' });
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect(refused.body).not.toContain(accessToken);
    for (const payload of [{}, { accessToken: '' }, { accessToken: 1 }, { accessToken, extra: 1 }]) {
      expect((await open(payload)).statusCode).toBe(422);
    }
    const forged = await server.inject({ url: '/api/v1/runs', cookies: { hajiri_access: 'guessed' } });
    expect(forged.statusCode).toBe(401);
  });

  it('is believed by its header first, where there is one', async () => {
    const both = await server.inject({
      url: '/api/v1/runs',
      headers: { authorization: 'Bearer guessed' },
      cookies: { hajiri_access: accessToken },
    });
    expect(both.statusCode).toBe(401);
  });
});
