import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type HajiriHome, makeHome } from '../../test/support/hajiri-home.ts';
import type { HajiriProcess } from '../../test/support/hajiri-process.ts';
import { untilTrue } from '../../test/support/until.ts';

const announced = z.object({ origin: z.url(), ownerLink: z.string(), accessToken: z.string().nullable() });

describe('hajiri serve, as a process', () => {
  let home: HajiriHome;

  beforeAll(async () => {
    home = await makeHome({ HAJIRI_PORT: '0' });
    const database = await home.openDatabase();
    const { exitCode } = await home.run('organisations', 'add', 'Acme', '--zone', 'Asia/Kolkata');
    expect(exitCode).toBe(0);
    await database.close();
  });
  afterAll(() => home?.remove());

  type Serving = z.infer<typeof announced> & { readonly process: HajiriProcess };
  async function serve(more: NodeJS.ProcessEnv = {}): Promise<Serving> {
    const process = home.start(['serve', '--json'], more);
    await process.said('\n');
    return { ...announced.parse(JSON.parse(process.out())), process };
  }

  async function runsAt(origin: string, token: string | null): Promise<number> {
    const response = await fetch(`${origin}/api/v1/runs`, { headers: { authorization: `Bearer ${token}` } });
    await response.arrayBuffer();
    return response.status;
  }

  it('tells its address and a token, serves, and ends within seconds of SIGTERM, whoever is connected', async () => {
    const { origin, ownerLink, accessToken, process } = await serve();
    expect(new URL(origin).hostname).toBe('127.0.0.1');
    expect(ownerLink).toMatch(new RegExp(`^${origin}/owner-link#[\\w-]{43}$`));
    expect(accessToken).toMatch(/^[\w-]{32}$/);
    expect(await runsAt(origin, accessToken)).toBe(200);

    // One who has sent half a request, and one who keeps a connection open.
    const { port } = new URL(origin);
    const half = createConnection({ host: '127.0.0.1', port: Number(port) });
    await once(half, 'connect');
    half.write('GET /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    // Closed or reset: which of the two a cut-off client sees is up to the moment.
    half.on('error', () => {});
    const { promise: halfClosed, resolve } = Promise.withResolvers<void>();
    half.once('close', () => resolve());
    const stoppedAt = performance.now();
    process.signal('SIGTERM');
    const { exitCode, out, told } = await process.ended;
    expect((performance.now() - stoppedAt) / 1000).toBeLessThan(10);
    expect({ exitCode, told }).toEqual({ exitCode: 0, told: '' });
    // The token is told once.
    expect(out.split(accessToken ?? '').length).toBe(2);
    await halfClosed;
    expect(await home.serverPid()).toBeNull();
  });

  it('as a worker has no address, works beside a web process on the same data folder, and ends as quickly', async () => {
    const web = home.start(['serve', '--json', '--role', 'web']);
    await web.said('\n');
    const worker = home.start(['serve', '--json', '--role', 'worker']);
    await worker.said('\n');
    expect(JSON.parse(worker.out())).toEqual({ origin: null, ownerLink: null, accessToken: null });
    const stoppedAt = performance.now();
    worker.signal('SIGTERM');
    web.signal('SIGTERM');
    expect(await Promise.all([worker.ended, web.ended])).toMatchObject([
      { exitCode: 0, told: '' },
      { exitCode: 0, told: '' },
    ]);
    expect((performance.now() - stoppedAt) / 1000).toBeLessThan(10);
  });

  it('refuses a role that there is not', async () => {
    expect(await home.run('serve', '--role', 'boss')).toMatchObject({ exitCode: 2 });
  });

  it('answers what is under way before it ends, and cuts off what waits for too long', async () => {
    const database = await home.openDatabase();
    const first = await serve();
    const blocker = await database.pool.connect();
    const ask = ({ origin, accessToken }: Serving) =>
      fetch(`${origin}/api/v1/reports/daily`, { headers: { authorization: `Bearer ${accessToken}` } }).then(
        ({ status }) => status,
        () => 'cut off',
      );
    /** Waits until so many queries of the server wait for the blocker. */
    const waiting = (count: number) =>
      untilTrue(async () => {
        const { rows } = await database.pool.query<{ waiting: number }>(
          `select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock'`,
        );
        return rows[0]?.waiting === count;
      });
    // One waits for a moment only, the other for ever.
    await blocker.query('begin; lock table date_coverage in access exclusive mode');
    const soon = ask(first);
    await waiting(1);
    first.process.signal('SIGTERM');
    await blocker.query('commit');
    expect(await soon).toBe(200);
    expect(await first.process.ended).toMatchObject({ exitCode: 0, told: '' });

    const second = await serve();
    await blocker.query('begin; lock table date_coverage in access exclusive mode');
    const never = ask(second);
    await waiting(1);
    const stoppedAt = performance.now();
    second.process.signal('SIGTERM');
    expect(await second.process.ended).toMatchObject({ exitCode: 0, told: '' });
    expect((performance.now() - stoppedAt) / 1000).toBeLessThan(10);
    expect(await never).toBe('cut off');
    blocker.release(true);
    await database.close();
  });

  it('uses a token of the configuration, also from a file, and does not repeat it', async () => {
    const token = 'a-token-of-the-configuration';
    const file = join(home.dataFolder, '..', 'token');
    await writeFile(file, `${token}\n`, { mode: 0o600 });
    for (const settings of [{ HAJIRI_ACCESS_TOKEN: token }, { HAJIRI_ACCESS_TOKEN_FILE: file }]) {
      const { origin, accessToken, process } = await serve(settings);
      expect(accessToken).toBeNull();
      expect(await runsAt(origin, token)).toBe(200);
      expect(await runsAt(origin, 'another-token-of-the-test')).toBe(401);
      process.signal('SIGTERM');
      const { exitCode, out, told } = await process.ended;
      expect(exitCode).toBe(0);
      expect(`${out}${told}`).not.toContain(token);
    }
  });

  it('tells people how to try it', async () => {
    const process = home.start(['serve']);
    await process.said('Try: ');
    process.signal('SIGINT');
    const { exitCode, out } = await process.ended;
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^Hajiri serves at http:\/\/127\.0\.0\.1:\d+, for this machine only\. Stop it with Ctrl-C\.\nNobody is an owner yet\. .*within 24 hours:\n {2}http:\/\/127\.0\.0\.1:\d+\/owner-link#\S{43}\nAccess token until then: \S{32}\nOpen in a browser until then: http:\/\/127\.0\.0\.1:\d+\/#access=\S{32}\nTry: curl -H "Authorization: Bearer \S{32}" http:/,
    );
  });

  it('lets other commands work beside it, and refuses a second one on the same folder', async () => {
    const { origin, accessToken, process } = await serve();
    const report = await home.run('report', 'daily');
    expect(report).toMatchObject({ exitCode: 0, told: '' });
    expect(report.out).toContain('Nobody is employed on this date, and Keka has no record of it.');

    const second = await home.run('serve');
    expect(second).toMatchObject({ exitCode: 1, out: '' });
    expect(second.told).toBe(
      [
        `hajiri: Another Hajiri (process ${process.pid}) is already running on the data folder ${home.dataFolder}.`,
        '  What to do: Stop the other one first, or give this one its own folder with HAJIRI_DATA_DIR.',
        '  More: docs/problems/data_folder_in_use.md\n',
      ].join('\n'),
    );
    // Neither took the database away from the first.
    expect(await runsAt(origin, accessToken)).toBe(200);
    process.signal('SIGTERM');
    expect((await process.ended).exitCode).toBe(0);
    expect(await home.serverPid()).toBeNull();
  });

  it('says so when the port is taken, and stops the database again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { exitCode, out, told } = await home.start(['serve'], { HAJIRI_PORT: port }).ended;
    other.close();
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(told).toBe(
      [
        `hajiri: Port ${port} cannot be used (EADDRINUSE). Choose another one with HAJIRI_PORT.`,
        '  What to do: Stop the program that uses it, or choose another port.',
        '  More: docs/problems/port_taken.md\n',
      ].join('\n'),
    );
    expect(await home.serverPid()).toBeNull();
  });
});
