import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { smallScenario } from '../../../sandbox/testing/small-scenario.ts';
import { type Stage, useStages } from '../../../test/support/case-stage.ts';
import { readSettings } from '../../config/read-settings.ts';
import { runEvents } from '../../contract/runs.ts';
import { type Installation, openInstallation } from '../../installation.ts';
import { createLog } from '../../log/log.ts';
import { createHttpServer, type HttpServer } from '../create-server.ts';
import { listen } from '../serve-http.ts';

const accessToken = 'access-token-of-the-tests';

/** Reads events one by one from an answer that stays open. */
function eventsOf(response: Response): () => Promise<{ event: string; data: unknown } | null> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async () => {
    while (!text.includes('\n\n')) {
      const next = await reader?.read();
      if (next === undefined || next.done) return null;
      text += next.value;
    }
    const end = text.indexOf('\n\n');
    const [, event = '', data = ''] = /^event: (.*)\ndata: (.*)$/s.exec(text.slice(0, end)) ?? [];
    text = text.slice(end + 2);
    return { event, data: JSON.parse(data) as unknown };
  };
}

describe('following a run', () => {
  const stages = useStages();
  let stage: Stage;
  let installation: Installation;
  let server: HttpServer;
  let origin: string;
  beforeAll(async () => {
    stage = await stages.open({ scenario: smallScenario(3, ['2026-03-11']) });
    installation = await openInstallation({
      settings: readSettings(stage.installation.environment),
      clock: stage.clock,
      log: createLog('silent'),
      claim: 'shared',
    });
    server = await createHttpServer(installation, { accessToken });
    origin = await listen(server, 0);
  });
  afterAll(async () => {
    await server?.close();
    await installation?.close();
  });

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${origin}/api/v1/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    });
  async function askForRun(): Promise<string> {
    const { id } = await stage.company.connection();
    const asked = await ask(`connections/${id}/runs`, { method: 'POST', body: '{}' });
    return z.object({ id: z.string() }).parse(await asked.json()).id;
  }

  it('tells how it stands at once, then what has changed, and ends with it', async () => {
    const id = await askForRun();
    const response = await ask(`runs/${id}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const next = eventsOf(response);
    const first = await next();
    const standing = runEvents.run.parse(first?.data);
    expect(standing).toMatchObject({
      run: { id, state: 'queued' },
      requestsLeft: 1000,
      requestsPerMinute: 1000,
    });
    await ask(`runs/${id}/cancel`, { method: 'POST', body: '{}' });
    stage.clock.advance({ seconds: 2 });
    const last = runEvents.run.parse((await next())?.data);
    expect(last.run).toMatchObject({ errorCode: 'cancelled' });
    expect(await next()).toBeNull();
  });

  it('tells a run that has ended once', async () => {
    const { run } = await stage.fetch('2026-03-11');
    const client = installation.kekaClient(await stage.company.connection());
    await stage.settle(Array.fromAsync(client.readEmployees()));
    await client.close();
    const next = eventsOf(await ask(`runs/${run.id}/events`));
    const { run: told, requestsLeft } = runEvents.run.parse((await next())?.data);
    expect(told).toMatchObject({ id: run.id, state: run.state });
    expect(requestsLeft).toBe(999);
    expect(await next()).toBeNull();
  });

  it('refuses a run that there is not, before any event', async () => {
    const response = await ask('runs/00000000-0000-4000-8000-000000000009/events');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('problem+json');
  });

  it('does not keep a server that stops', async () => {
    const id = await askForRun();
    const next = eventsOf(await ask(`runs/${id}/events`));
    expect((await next())?.event).toBe('run');
    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(await next()).toBeNull();
  });
});
