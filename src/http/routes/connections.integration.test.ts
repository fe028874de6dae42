import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { credentials, smallScenario } from '../../../sandbox/testing/small-scenario.ts';
import { type Stage, useStages } from '../../../test/support/case-stage.ts';
import { dumpDatabase } from '../../../test/support/dump-database.ts';
import { readSettings } from '../../config/read-settings.ts';
import { readConnection, readConnections } from '../../connections/read-connections.ts';
import { readDraft } from '../../connections/test-draft.ts';
import { connectionTestEvents } from '../../contract/connections.ts';
import type { UserId } from '../../db/schema.ts';
import { type Installation, openInstallation } from '../../installation.ts';
import { createLog } from '../../log/log.ts';
import { createHttpServer, type HttpServer } from '../create-server.ts';
import { listen } from '../serve-http.ts';

const accessToken = 'an-access-token-of-the-test';

describe('connections over HTTP', () => {
  const stages = useStages();
  const logged: string[] = [];
  let stage: Stage;
  let installation: Installation;
  let server: HttpServer;
  let origin: string;
  beforeAll(async () => {
    stage = await stages.open({
      scenario: smallScenario(3, ['2026-03-11']),
      directory: 'employee_id,first_name,last_name\nE1,Asha,Rao\nE2,Binod,Das\n',
    });
    installation = await openInstallation({
      settings: readSettings(stage.installation.environment),
      clock: stage.clock,
      log: createLog('debug', { write: (line) => void logged.push(line) }),
      claim: 'shared',
    });
    server = await createHttpServer(installation, { accessToken });
    origin = await listen(server, 0);
  });
  afterEach(() => {
    stage.control.clearFaults();
    stage.control.changeKey('main', { privileges: ['employees', 'attendance'], revoked: false });
  });
  afterAll(async () => {
    await server?.close();
    await installation?.close();
  });

  type Asked = { readonly status: number; readonly type: string; readonly text: string };
  async function ask(method: string, path: string, body?: unknown): Promise<Asked> {
    const response = await fetch(`${origin}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
  }
  const shown = z.looseObject({
    id: z.uuid(),
    name: z.string(),
    secrets: z.looseObject({ state: z.string() }),
  });
  const add = async (name: string) =>
    shown.parse(
      JSON.parse((await ask('POST', 'connections', { name, subdomain: 'acme', credentials })).text),
    );
  /** The events of a live test, checked against what the contract says of each. */
  async function test(body: unknown) {
    const { status, type, text } = await ask('POST', 'connections/test', body);
    expect({ status, type }).toEqual({ status: 200, type: 'text/event-stream' });
    const events = text
      .split('\n\n')
      .filter((one) => one !== '')
      .map((one) => {
        const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(one) ?? [];
        return { event, data: JSON.parse(data) as unknown };
      });
    const begun = connectionTestEvents.begun.parse(events[0]?.data);
    const ended = connectionTestEvents.ended.parse(events.at(-1)?.data);
    const steps = events.slice(1, -1).map(({ data }) => connectionTestEvents.step.parse(data));
    return { host: begun.host, passed: ended.passed, steps };
  }

  it('are added, listed, changed and removed, and never show a secret', async () => {
    const made = await ask('POST', 'connections', { name: 'second', subdomain: 'acme', credentials });
    expect(made.status).toBe(201);
    const { id } = shown.parse(JSON.parse(made.text));
    expect(JSON.parse(made.text)).toMatchObject({
      name: 'second',
      host: 'acme.keka.com',
      identificationKey: 'employee_number',
      requestsPerMinute: 50,
    });
    const changed = await ask('PATCH', `connections/${id}`, { requestsPerMinute: 20 });
    expect(JSON.parse(changed.text)).toMatchObject({ id, requestsPerMinute: 20, secrets: { state: 'set' } });
    const list = await ask('GET', 'connections');
    expect(
      z
        .array(shown)
        .parse(JSON.parse(list.text))
        .map(({ name }) => name),
    ).toEqual(['second', 'test']);
    expect(await ask('GET', `connections/${id}`)).toEqual(changed);
    // Secrets that were not given stay: the connection still works.
    expect((await test({ connection: id })).passed).toBe(true);
    expect((await ask('DELETE', `connections/${id}`)).status).toBe(204);
    expect((await ask('GET', `connections/${id}`)).status).toBe(404);
    for (const { text } of [made, changed, list]) {
      expect(text).not.toContain(credentials.clientSecret);
      expect(text).not.toContain(credentials.apiKey);
      expect(text).not.toContain(credentials.clientId);
    }
    expect(logged.join('')).not.toContain(credentials.clientSecret);
  });

  it.each([
    [{ name: '', subdomain: 'acme', credentials }, 'name'],
    [{ name: 'x', subdomain: 'https://acme.keka.com', credentials }, 'subdomain'],
    [{ name: 'x', subdomain: 'evil.example/#', credentials }, 'subdomain'],
    [{ name: 'x', subdomain: 'acme', credentials: { ...credentials, apiKey: ' ' } }, 'credentials.apiKey'],
    [{ name: 'x', subdomain: 'acme', credentials: { clientId: 'a' } }, 'credentials.clientSecret'],
    [{ name: 'x', subdomain: 'acme' }, 'credentials'],
    [{ name: 'test', subdomain: 'acme', credentials }, 'name'],
    [{ name: 'x', subdomain: 'acme', credentials, more: 1 }, 'more'],
    [{ name: 'x', subdomain: 'acme', credentials, requestsPerMinute: 0 }, 'requestsPerMinute'],
  ])('refuses %j, and says which field', async (body, field) => {
    const before = await dumpDatabase(stages.database.pool);
    const { status, text } = await ask('POST', 'connections', body);
    expect(status).toBe(422);
    const { faults } = z
      .looseObject({ faults: z.array(z.object({ field: z.string() })) })
      .parse(JSON.parse(text));
    expect(faults.map((fault) => fault.field)).toContain(field);
    expect(await dumpDatabase(stages.database.pool)).toEqual(before);
  });

  it('are tried before they are saved, and nothing is stored by it', async () => {
    const before = await dumpDatabase(stages.database.pool);
    const tried = await test({ subdomain: 'acme', credentials });
    expect(tried).toMatchObject({ host: 'acme.keka.com', passed: true });
    expect(tried.steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'name passed',
      'sign_in passed',
      'attendance passed',
      'employees passed',
      'matching warned',
    ]);
    expect(tried.steps.at(-1)?.message).toBe(
      '2 of the first 3 people are in the directory. Not found, for example: E3.',
    );
    expect(await dumpDatabase(stages.database.pool)).toEqual(before);
  });

  it('remember the day from which the key is refused, until told otherwise', async () => {
    const { id } = await add('expiring');
    const change = async (body: unknown) => JSON.parse((await ask('PATCH', `connections/${id}`, body)).text);
    expect(await change({ keyExpiresOn: '2026-12-31' })).toMatchObject({ keyExpiresOn: '2026-12-31' });
    expect(await change({ requestsPerMinute: 40 })).toMatchObject({ keyExpiresOn: '2026-12-31' });
    expect((await ask('PATCH', `connections/${id}`, { keyExpiresOn: '2026-02-30' })).status).toBe(422);
    expect(await change({ keyExpiresOn: null })).toMatchObject({ keyExpiresOn: null });
    await ask('DELETE', `connections/${id}`);
  });

  it('tell what is wrong: secret, company, privilege', async () => {
    const wrong = await test({
      subdomain: 'acme',
      credentials: { ...credentials, clientSecret: 'mistyped' },
    });
    expect(wrong.passed).toBe(false);
    expect(wrong.steps.slice(1)).toMatchObject([
      { name: 'sign_in', outcome: 'failed', code: 'credentials_refused' },
    ]);
    const nobody = await test({ subdomain: 'nobody', credentials });
    expect(nobody.steps[2]).toMatchObject({ name: 'attendance', code: 'company_not_found' });
    stage.control.changeKey('main', { privileges: ['employees'] });
    const lacking = await test({ subdomain: 'acme', credentials });
    expect(lacking.passed).toBe(false);
    expect(lacking.steps[2]).toMatchObject({ name: 'attendance', code: 'privilege_missing' });
    expect(lacking.steps[3]).toMatchObject({ name: 'employees', outcome: 'passed' });
    expect(lacking.steps[2]?.whatToDo).toContain('Mark Attendance');
  });

  it('try what was changed in the form together with what is stored', async () => {
    const { id } = await add('third');
    expect((await test({ connection: id, subdomain: 'nobody' })).passed).toBe(false);
    const byMail = await test({ connection: id, identificationKey: 'email' });
    expect(byMail.steps.at(-1)?.message).toContain('asha.rao.1@acme.example');
    // The other keys are told as well: one of them may fit better.
    expect(byMail.steps.at(-1)?.keys).toMatchObject([
      { key: 'employee_number', example: 'E1', matched: 2, of: 3, misses: ['E3'] },
      { key: 'attendance_number', matched: 0, of: 3 },
      { key: 'email', example: 'asha.rao.1@acme.example', matched: 0, of: 3 },
      { key: 'guid', matched: 0, of: 3 },
    ]);
    const unknown = await ask('POST', 'connections/test', {
      connection: '00000000-0000-4000-8000-000000000009',
    });
    expect(unknown.status).toBe(404);
    expect(unknown.type).toContain('problem+json');
    const nothing = await ask('POST', 'connections/test', { subdomain: 'acme' });
    expect(nothing.status).toBe(422);
    await ask('DELETE', `connections/${id}`);
  });

  it('are shown and tried only to those who may', async () => {
    const as = (role: 'auditor' | 'manager') => ({
      ...stage.company.context,
      actor: {
        kind: 'person' as const,
        userId: '00000000-0000-4000-8000-000000000001' as UserId,
        name: 'Asha Rao',
        membership: role === 'manager' ? { role, teams: ['Sales'] } : { role },
      },
    });
    const key = stage.company.encryptionKey;
    const draft = { subdomain: 'acme', credentials };
    await expect(readConnections(as('manager'), key)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(readConnection(as('manager'), key, 'x')).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(readDraft(as('manager'), key, draft)).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await readConnections(as('auditor'), key)).toHaveLength(1);
    await expect(readDraft(as('auditor'), key, draft)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('stop asking Keka when the reader goes away', async () => {
    stage.control.addFault({ match: { path: '/api/v1/*' }, answer: { kind: 'hang' } });
    const leaving = new AbortController();
    const response = await fetch(`${origin}/api/v1/connections/test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ subdomain: 'acme', credentials }),
      signal: leaving.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    leaving.abort();
    await expect(reader?.read()).rejects.toThrow();
    // The server has nothing left to wait for, so it closes at once.
    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
