import { readFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { type Stage, useStages } from '../../test/support/case-stage.ts';
import { readSettings } from '../config/read-settings.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { createLog } from '../log/log.ts';
import { createHttpServer, type HttpServer } from './create-server.ts';
import { listen } from './serve-http.ts';

const accessToken = 'an-access-token-of-the-test';
const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  whatToDo: z.string(),
  requestId: z.string(),
});

describe('the REST API', () => {
  const stages = useStages();
  const logged: string[] = [];
  let stage: Stage;
  let installation: Installation;
  let server: HttpServer;
  let origin: string;
  let run: string;

  beforeAll(async () => {
    stage = await stages.open({
      scenario: smallScenario(3, ['2026-03-10', '2026-03-11']),
      directory: 'employee_id,first_name,last_name\nE1,"=Asha, ""A""",Rao\nE2,प्रिया,Thakur\n',
    });
    ({
      run: { id: run },
    } = await stage.fetch('2026-03-10', '2026-03-11'));
    installation = await openInstallation({
      settings: readSettings(stage.installation.environment),
      clock: stage.clock,
      log: createLog('debug', { write: (line) => void logged.push(line) }),
      claim: 'shared',
    });
    server = await createHttpServer(installation, { accessToken });
    origin = await listen(server, 0);
  });
  afterAll(async () => {
    await server?.close();
    await installation?.close();
  });

  type Asked = { readonly status: number; readonly headers: Headers; readonly body: string };
  async function ask(path: string, init: Omit<RequestInit, 'headers'> = {}): Promise<Asked> {
    const headers = { authorization: `Bearer ${accessToken}` };
    const response = await fetch(`${origin}${path}`, { ...init, headers });
    // As bytes, because reading as text drops a byte order mark.
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body: bytes.toString('utf8') };
  }
  async function json(path: string): Promise<unknown> {
    const { status, body } = await ask(path);
    expect(status, body).toBe(200);
    return JSON.parse(body);
  }
  function expectProblem(
    { status, headers, body }: Asked,
    wanted: { status: number; code: string },
  ): unknown {
    expect(status, body).toBe(wanted.status);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    const parsed = problem.parse(JSON.parse(body));
    expect(parsed).toMatchObject({ ...wanted, type: `docs/problems/${wanted.code}.md` });
    return parsed;
  }

  describe('who may ask', () => {
    const openToEverybody = new Set([
      'GET /healthz',
      'HEAD /healthz',
      'GET /readyz',
      'HEAD /readyz',
      'GET /api/v1/sign-in-options',
      'HEAD /api/v1/sign-in-options',
      'POST /api/v1/owner-link',
      'POST /api/v1/owner-link/accept',
      'POST /api/v1/session/provider',
      'GET /api/auth/callback/oidc',
      'HEAD /api/auth/callback/oidc',
      'POST /api/v1/invitation',
      'POST /api/v1/invitation/accept',
      'POST /api/v1/password-reset',
      'POST /api/v1/password-reset/accept',
      'POST /api/v1/access',
      'POST /api/v1/session',
      'DELETE /api/v1/session',
      'POST /api/v1/session/second-factor',
    ]);
    /** Every route as the server itself lists them: `/api/v1/runs/:id (GET, HEAD)`. */
    function routes(): readonly (readonly [method: string, path: string])[] {
      const listed = server.printRoutes({ commonPrefix: false });
      const parts: string[] = [];
      return listed.split('\n').flatMap((line) => {
        const found = /^([│ ├└─]*)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
        if (found === null) return [];
        const [, indent = '', part = '', methods] = found;
        parts.splice(indent.length / 4 - 1, parts.length, part);
        return (methods?.split(', ') ?? []).map((method) => [method, parts.join('')] as const);
      });
    }

    it('knows which routes there are', () => {
      expect(routes()).toEqual(
        expect.arrayContaining([
          ['GET', '/healthz'],
          ['GET', '/api/v1/reports/daily'],
          ['HEAD', '/api/v1/reports/integration'],
          ['GET', '/api/v1/runs/:id'],
          ['GET', '/api/v1/openapi.json'],
        ]),
      );
    });

    it.each([
      ['without a token', {}],
      ['with another token', { authorization: 'Bearer another-token-of-the-test' }],
      ['with a part of the token', { authorization: `Bearer ${accessToken.slice(0, -1)}` }],
      ['with an empty token', { authorization: 'Bearer ' }],
      ['in another scheme', { authorization: `Basic ${Buffer.from(`x:${accessToken}`).toString('base64')}` }],
      ['with the token as a cookie', { cookie: `token=${accessToken}` }],
    ])('refuses every route but health and signing in %s', async (_, headers) => {
      for (const [method, path] of routes()) {
        if (openToEverybody.has(`${method} ${path}`)) continue;
        const url = `${origin}${path.replace(':id', run)}`;
        // As a page of ours asks.
        const page = { 'sec-fetch-site': 'same-origin' };
        const response = await fetch(url, { method, headers: { ...page, ...headers } });
        expect(response.status, `${method} ${path}`).toBe(401);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
        if (method === 'HEAD') continue;
        const asked = { status: response.status, headers: response.headers, body: await response.text() };
        expectProblem(asked, { status: 401, code: 'unauthenticated' });
        expect(asked.body).not.toMatch(/Asha|Thakur|2026-03/);
      }
    });

    it('takes no token out of the address', async () => {
      const response = await fetch(`${origin}/api/v1/runs?access_token=${accessToken}`);
      expect(response.status).toBe(401);
    });

    it.each(['/healthz', '/readyz'])(
      'tells anybody that it is well, and nothing else, at %s',
      async (path) => {
        const response = await fetch(`${origin}${path}`);
        expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
      },
    );

    it('is reached from this machine only', async () => {
      const { port } = new URL(origin);
      expect(server.addresses()).toEqual([{ address: '127.0.0.1', family: 'IPv4', port: Number(port) }]);
      const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
      for (const { address } of others.filter(({ address }) => address !== '127.0.0.1')) {
        const { promise, resolve, reject } = Promise.withResolvers<string>();
        const socket = createConnection({ host: address, port: Number(port) });
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
        socket.once('connect', () => reject(new Error(`reached at ${address}`)));
        await promise;
        socket.destroy();
      }
    });
  });

  describe('what it answers', () => {
    it.each([
      ['search=thakur', ['E2']],
      ['status=not_linked', []],
      ['flag=not_linked', [null]],
      ['flag=not_linked&flag=leaver', [null]],
      ['team=-&sort=-employeeId', [null, 'E2', 'E1']],
      ['sort=name&search=e', ['E1', null, 'E2']],
    ])('the rows that filters leave, in JSON and in CSV alike: %s', async (query, wanted) => {
      const { rows } = z
        .object({ rows: z.array(z.looseObject({ employeeId: z.string().nullable() })) })
        .parse(await json(`/api/v1/reports/daily?${query}`));
      expect(rows.map(({ employeeId }) => employeeId)).toEqual(wanted);
      const { body: csv } = await ask(`/api/v1/reports/daily?${query}&format=csv`);
      const lines = parse<Readonly<Record<string, string>>>(csv, { columns: true, bom: true });
      expect(lines.map((line) => line['Employee ID'])).toEqual(wanted.map((one) => one ?? ''));
    });

    it('yesterday, where the company is, when nothing else is said', async () => {
      expect(await json('/api/v1/reports/daily')).toMatchObject({
        date: '2026-03-11',
        zone: 'Asia/Kolkata',
        dataAsOf: '2026-03-12T05:30:00Z',
        rows: [
          { employeeId: 'E1', firstIn: { time: '09:12', dayOffset: 0, instant: '2026-03-11T03:42:00Z' } },
          {},
          {},
        ],
      });
    });

    it.each([
      ['/api/v1/reports/daily?date=2026-03-10', ['report', 'daily', '--date', '2026-03-10']],
      ['/api/v1/reports/integration', ['report', 'integration']],
      ['/api/v1/reports/integration?date=2026-03-10', ['report', 'integration', '--date', '2026-03-10']],
      ['/api/v1/runs', ['runs', 'list']],
    ])('%s as the command line does', async (path, argv) => {
      const { out } = await stage.run(...argv, '--json');
      expect(await json(path)).toEqual(JSON.parse(out));
    });

    it('one run with its chunks, by its id', async () => {
      expect(await json(`/api/v1/runs/${run}`)).toMatchObject({
        id: run,
        counts: { inserted: 6, unlinked: 1 },
        chunks: [{ from: '2026-03-10', to: '2026-03-11', state: 'committed' }],
      });
      expect(await json(`/api/v1/reports/integration?run=${run}`)).toMatchObject({ run: { id: run } });
      expect(await json('/api/v1/runs?limit=1')).toHaveLength(1);
    });

    it('the daily report as a CSV file that a spreadsheet opens', async () => {
      const { status, headers, body } = await ask('/api/v1/reports/daily?date=2026-03-10&format=csv');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(headers.get('content-disposition')).toBe(
        'attachment; filename="daily-attendance-2026-03-10.csv"',
      );
      expect(headers.get('cache-control')).toBe('no-store');
      const lines = body.split('\r\n');
      expect(lines[0]).toMatch(/^\uFEFFDate,Employee ID,Name,.*First in \(Asia\/Kolkata\)/);
      expect(lines.slice(1, 4).map((line) => line.slice(0, 40))).toEqual([
        // A formula is disarmed; quotes and commas are kept.
        expect.stringContaining('2026-03-10,E1,"\'=Asha, ""A"" Rao"') as string,
        expect.stringContaining('2026-03-10,E2,प्रिया Thakur') as string,
        expect.stringContaining('2026-03-10,,Asha Rao 3') as string,
      ]);
      const { out } = await stage.run('report', 'daily', '--date', '2026-03-10', '--format', 'csv');
      expect(body).toBe(out);
    });

    it('the integration report as a CSV file', async () => {
      const { headers, body } = await ask('/api/v1/reports/integration?format=csv');
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(headers.get('content-disposition')).toBe(`attachment; filename="integration-${run}.csv"`);
      expect(body).toMatch(/^\uFEFFWho,Employee ID,/);
      expect(body).toContain('Asha Rao 3,,E3,2026-03-10 to 2026-03-11 (2 days),not_in_directory,');
    });

    it('the audit trail, as JSON and as the CSV file of the command line', async () => {
      const entries = z
        .array(z.looseObject({ action: z.string(), subject: z.looseObject({ name: z.string().nullable() }) }))
        .parse(await json('/api/v1/audit-trail?search=connection'));
      expect(entries.map(({ action }) => action)).toEqual(['added the connection']);
      const { headers, body } = await ask('/api/v1/audit-trail?format=csv');
      expect(headers.get('content-disposition')).toBe('attachment; filename="audit-trail.csv"');
      expect(body).toMatch(/^\uFEFFWhen \(UTC\),Who,What,Which,Before,After,From\r\n/);
      expect(body).toContain('added the connection');
      const { out } = await stage.run('audit', '--format', 'csv', '--limit', '100');
      expect(body).toBe(out);
    });

    it('its own description', async () => {
      const described = z
        .looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) })
        .parse(await json('/api/v1/openapi.json'));
      expect(described.openapi).toMatch(/^3\.1/);
      const paths = Object.keys(described.paths);
      expect(paths.length).toBeGreaterThan(3);
      // What the document for people leaves out, nobody finds.
      const page = await readFile(new URL('../../docs/api.md', import.meta.url), 'utf8');
      expect(paths.filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
    });
  });

  describe('what it refuses', () => {
    const notADate = 'must be a date that exists, written YYYY-MM-DD';
    it.each([
      ['reports/daily?date=2026-02-30', 'date', notADate],
      ['reports/daily?date=11-03-2026', 'date', notADate],
      ['reports/daily?date=', 'date', notADate],
      ['reports/daily?date=2026-03-11&date=2026-03-10', 'date', notADate],
      ['reports/daily?date=2026-03-13', 'date', 'lies in the future (today is 2026-03-12 in Asia/Kolkata)'],
      ['reports/daily?format=doc', 'format', 'must be json, csv, xlsx or pdf'],
      ['reports/daily?status=late', 'status', 'must be a status of the report'],
      ['reports/daily?sort=height', 'sort', 'must be a column, with - before it for the other way round'],
      ['reports/daily?day=2026-03-11', 'day', 'is not a parameter of this address'],
      ['reports/daily?organisation=', 'organisation', 'must not be empty'],
      ['reports/integration?date=2026-13-01', 'date', notADate],
      ['reports/integration?run=latest', 'run', 'must be the id of a run'],
      ['runs?limit=0', 'limit', 'must be at least 1'],
      ['runs?limit=1001', 'limit', 'must be at most 1000'],
      ['runs?limit=ten', 'limit', 'must be a whole number'],
      ['runs?limit=1.5', 'limit', 'must be a whole number'],
      ['runs/latest', 'id', 'must be the id of a run'],
    ])('GET %s', async (path, field, reason) => {
      const refused = expectProblem(await ask(`/api/v1/${path}`), { status: 422, code: 'invalid_input' });
      expect(refused).toMatchObject({ faults: [{ field, reason }] });
    });

    it('all faults at once', async () => {
      const refused = await ask('/api/v1/reports/daily?date=x&format=y&z=1');
      expect(expectProblem(refused, { status: 422, code: 'invalid_input' })).toMatchObject({
        faults: [{ field: 'date' }, { field: 'format' }, { field: 'z' }],
      });
    });

    it.each([
      ['GET', '/'],
      ['GET', '/api/v1/'],
      ['GET', '/api/v1/report/daily'],
      ['GET', '/api/v2/runs'],
      ['POST', '/api/v1/runs'],
      ['DELETE', '/api/v1/reports/daily'],
      ['GET', '/api/v1/runs/00000000-0000-4000-8000-000000000001'],
      ['GET', '/api/v1/reports/integration?run=00000000-0000-4000-8000-000000000001'],
      ['GET', '/api/v1/reports/integration?date=2026-03-01'],
      ['GET', '/api/v1/runs?organisation=Nobody'],
    ])('%s %s is not there', async (method, path) => {
      expectProblem(await ask(path, { method }), { status: 404, code: 'not_found' });
    });

    it('an address that is none', async () => {
      expectProblem(await ask('/api/v1/runs/%E0%A4%A'), { status: 422, code: 'invalid_input' });
    });

    it('a body that is too large', async () => {
      const large = await ask('/api/v1/runs', { method: 'POST', body: 'x'.repeat(70_000) });
      expectProblem(large, { status: 422, code: 'invalid_input' });
      expect(large.body).toContain('has a body that is too large');
    });
  });

  it('tells that the database is away, to health checks too, and comes back with it', async () => {
    const { database: name, ...address } = stages.database.address;
    const administrator = new Client({ ...address, database: 'postgres' });
    await administrator.connect();
    try {
      await administrator.query(`alter database ${name} allow_connections false`);
      await administrator.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        name,
      ]);
      expectProblem(await ask('/readyz'), { status: 503, code: 'database_unavailable' });
      expectProblem(await ask('/api/v1/runs'), { status: 503, code: 'database_unavailable' });
      expect((await ask('/healthz')).status).toBe(200);
    } finally {
      await administrator.query(`alter database ${name} allow_connections true`);
      await administrator.end();
    }
    expect((await ask('/readyz')).status).toBe(200);
    await json('/api/v1/runs');
  });

  it('logs nothing of all this but names of events', () => {
    expect(logged.join('')).not.toMatch(/Asha|Thakur|token/);
  });
});
