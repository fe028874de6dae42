import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type AccountsStage,
  openAccountsStage,
  type TestBrowser,
} from '../../test/support/accounts-stage.ts';
import { makeApiToken } from '../accounts/tokens/token-text.ts';
import { createdToken, tokenList } from '../contract/tokens.ts';

const problem = z.looseObject({ code: z.string(), detail: z.string() });

describe('API tokens', () => {
  let stage: AccountsStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openAccountsStage();
    own = await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  const create = async (name: string, scopes: readonly string[], days?: number) =>
    createdToken.parse(
      await own.post('/api/v1/tokens', { name, scopes, ...(days === undefined ? {} : { days }) }),
    );
  async function ask(token: string, path: string, init: RequestInit = {}) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${stage.origin}${path}`, { ...init, headers });
    return { status: response.status, body: await response.text(), headers: response.headers };
  }
  const list = async () => tokenList.parse(await own.get('/api/v1/tokens'));
  const codeOf = ({ body }: { body: string }) => problem.parse(JSON.parse(body)).code;

  it('are shown once, stored as a hash, and never told again', async () => {
    const { token, made } = await create('reports', ['read_reports']);
    expect(token).toMatch(/^hjr_[0-9A-Za-z]{49}$/);
    expect(made).toMatchObject({
      name: 'reports',
      scopes: ['read_reports'],
      state: 'good',
      lastUsedAt: null,
    });
    expect(made.ending).toBe(token.slice(-4));
    const stored = await stage.database.pool.query<{ row: string }>(
      'select t::text as row from api_token t union all select e::text from audit_entry e',
    );
    const told = [...stored.rows.map(({ row }) => row), ...stage.logged, JSON.stringify(await list())].join(
      '\n',
    );
    expect(told).toContain('reports');
    expect(told).not.toContain(token);
    expect(told).not.toContain(token.slice(4, 40));
  });

  it('let a program do what their scopes say, and nothing else', async () => {
    const { token } = await create('narrow', ['read_reports']);
    expect(await ask(token, '/api/v1/reports/daily')).toMatchObject({ status: 200 });
    expect(await ask(token, '/api/v1/runs')).toMatchObject({ status: 200 });
    for (const path of ['/api/v1/connections', '/api/v1/audit-trail', '/api/v1/tokens']) {
      const refused = await ask(token, path);
      expect([path, refused.status, codeOf(refused)]).toEqual([path, 403, 'not_allowed']);
    }
    const created = await ask(token, '/api/v1/tokens', {
      method: 'POST',
      body: JSON.stringify({ name: 'more', scopes: ['manage_connections'] }),
    });
    expect(created.status).toBe(403);
    // Addresses that are about a person know no token.
    expect(await ask(token, '/api/v1/session')).toMatchObject({ status: 401 });
    const wide = await create('wide', ['manage_connections', 'start_runs']);
    expect(wide.made.scopes).toEqual(['start_runs', 'manage_connections']);
    expect(await ask(wide.token, '/api/v1/connections')).toMatchObject({ status: 200 });
    expect(await ask(wide.token, '/api/v1/reports/daily')).toMatchObject({ status: 403 });
  });

  it('belong to one organisation, whatever a program asks for', async () => {
    const { token } = await create('acme only', ['read_reports']);
    expect(await ask(token, '/api/v1/runs?organisation=Acme')).toMatchObject({ status: 200 });
    const other = await ask(token, '/api/v1/runs?organisation=Bolt');
    expect([other.status, codeOf(other)]).toEqual([404, 'not_found']);
  });

  it('are named in the audit trail, when they are made, used for a change, and revoked', async () => {
    const { token, made } = await create('audited', ['manage_connections']);
    const changed = await ask(token, '/api/v1/connections', {
      method: 'POST',
      body: JSON.stringify({
        name: 'main',
        subdomain: 'acme',
        credentials: { clientId: 'c', clientSecret: 's', apiKey: 'k' },
      }),
    });
    expect(changed.status).toBe(201);
    await own.ask('DELETE', `/api/v1/tokens/${made.id}`);
    const { rows } = await stage.database.pool.query<{
      actor_kind: string;
      actor_name: string;
      action: string;
    }>('select actor_kind, actor_name, action from audit_entry order by id desc limit 3');
    expect(rows.map((row) => `${row.actor_kind} ${row.actor_name} ${row.action}`)).toEqual([
      'person Asha Rao revoked the API token',
      'token audited added the connection',
      'person Asha Rao created the API token',
    ]);
  });

  it('tell when they were last used, to the minute', async () => {
    const { token, made } = await create('used', ['read_reports']);
    const lastUse = async () => (await list()).find(({ id }) => id === made.id)?.lastUsedAt;
    expect(await lastUse()).toBeNull();
    await ask(token, '/api/v1/runs');
    const first = await lastUse();
    expect(first).toBe(stage.clock.now().toString());
    stage.clock.set(stage.clock.now().add({ seconds: 30 }).toString());
    await ask(token, '/api/v1/runs');
    expect(await lastUse()).toBe(first);
    stage.clock.set(stage.clock.now().add({ seconds: 31 }).toString());
    await ask(token, '/api/v1/runs');
    expect(await lastUse()).toBe(stage.clock.now().toString());
  });

  it('are refused alike when they are unknown, mistyped, revoked or expired', async () => {
    const revoked = await create('revoked', ['read_reports']);
    await own.ask('DELETE', `/api/v1/tokens/${revoked.made.id}`);
    const expired = await create('expired', ['read_reports'], 1);
    await stage.database.pool.query(
      "update api_token set expires_at = now() - interval '1 s' where id = $1",
      [expired.made.id],
    );
    const good = (await create('good', ['read_reports'])).token;
    const mistyped = `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}`;
    const answers = [];
    for (const token of [revoked.token, expired.token, makeApiToken(), mistyped, 'hjr_']) {
      const { status, body, headers } = await ask(token, '/api/v1/runs');
      expect(headers.get('www-authenticate')).toBe('Bearer');
      answers.push({ status, ...problem.parse(JSON.parse(body)), requestId: '' });
    }
    expect(answers[0]).toMatchObject({ status: 401, code: 'token_refused' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const states = new Map((await list()).map(({ name, state }) => [name, state]));
    expect([states.get('revoked'), states.get('expired'), states.get('good')]).toEqual([
      'revoked',
      'expired',
      'good',
    ]);
  });

  it('come in the header alone: no cookie and no address carries one', async () => {
    const { token } = await create('header', ['read_reports']);
    const attempts = [
      fetch(`${stage.origin}/api/v1/runs?token=${token}`),
      fetch(`${stage.origin}/api/v1/runs`, { headers: { cookie: `hajiri_access=${token}` } }),
      fetch(`${stage.origin}/api/v1/runs`, { headers: { authorization: `Basic ${token}` } }),
    ];
    for (const attempt of attempts) expect((await attempt).status).toBe(401);
  });

  it('are refused with what is wrong about a new one, and then there is none', async () => {
    const before = await list();
    const inputs = [
      [{ name: '', scopes: ['read_reports'] }, 'name'],
      [{ name: 'x', scopes: [] }, 'scopes'],
      [{ name: 'x', scopes: ['everything'] }, 'scopes'],
      [{ name: 'x', scopes: ['read_reports'], days: 0 }, 'days'],
      [{ name: 'x', scopes: ['read_reports'], days: 1096 }, 'days'],
      [{ name: 'reports', scopes: ['read_reports'] }, 'name'],
    ] as const;
    for (const [input, field] of inputs) {
      const { status, body } = await own.ask('POST', '/api/v1/tokens', input);
      expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining(`"field":"${field}`)]);
    }
    expect(await list()).toEqual(before);
  });

  it('stop whoever guesses, and nobody else', async () => {
    const { token } = await create('busy', ['read_reports']);
    const statuses = [];
    for (let index = 0; index < 101; index += 1) {
      statuses.push((await ask(makeApiToken(), '/api/v1/runs')).status);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.at(-1)).toBe(429);
    expect(await ask(token, '/api/v1/runs')).toMatchObject({ status: 200 });
  });
});
