import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { readScenarioDirectory } from '../read-scenario-directory.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import type { Sandbox } from '../start-sandbox.ts';
import { ask, askToken, envelope, type Form, type Reply, records, signIn } from '../testing/ask-sandbox.ts';
import { sandboxPerTest } from '../testing/sandbox-per-test.ts';

const start = sandboxPerTest();
const here = import.meta.dirname;
const folders = (await readdir(here, { withFileTypes: true })).filter((entry) => entry.isDirectory());

async function open(name: string): Promise<{ sandbox: Sandbox; form: Form }> {
  const folder = join(here, name);
  const [key] = (await loadScenario(folder)).tenant.keys;
  if (key === undefined) throw new Error('a scenario has a key');
  const form = {
    grant_type: 'kekaapi',
    scope: 'kekaapi',
    client_id: key.clientId,
    client_secret: key.clientSecret,
    api_key: key.apiKey,
  };
  return { sandbox: await start({ folder }), form };
}

async function openReader(name: string) {
  const { sandbox, form } = await open(name);
  const company = name === 'demo' ? 'sandalwood' : 'acme';
  const read = async (query: string): Promise<Reply> =>
    ask(sandbox, `/time/attendance?${query}`, { company, token: await signIn(sandbox, form) });
  return { sandbox, form, read };
}

const march = (from: number, to = from): string =>
  `from=2026-03-${String(from).padStart(2, '0')}&to=2026-03-${String(to).padStart(2, '0')}&pageSize=200`;

describe('every scenario that comes along', () => {
  it.each(folders.map(({ name }) => name))('%s starts, signs in and says what it shows', async (name) => {
    const { sandbox, form } = await open(name);
    expect((await askToken(sandbox, form)).status).toBe(200);
    const readme = await readFile(join(here, name, 'README.md'), 'utf8');
    expect(readme.trim().split('\n')).toHaveLength(1);
    expect(readme.length).toBeGreaterThan(40);
    if (name !== 'demo') expect(sandbox.control.today().toString()).toMatch(/^2026-03-/u);
  });

  it('has a directory wherever there are people', async () => {
    for (const { name } of folders) {
      const csv = await readScenarioDirectory(join(here, name), new FakeClock('2026-03-12T05:30:00Z'));
      expect(csv, name).toMatch(/^employee_id,first_name,last_name,email,team,/u);
    }
  });
});

describe('what the scenarios show on 11 March 2026', () => {
  it.each([
    ['paging-250', 250],
    ['paging-many', 12_000],
    ['empty-day', 0],
    ['half-empty-day', 120],
    ['bad-records', 240],
    ['range-rules', 3],
    ['identity', 13],
    ['hostile-text', 13],
  ])('%s has %i records', async (name, total) => {
    const { read } = await openReader(name);
    expect(envelope(await read(march(11)))['totalRecords']).toBe(total);
  });

  it.each([
    ['error-in-middle', `${march(11)}&pageNumber=2`, 500],
    ['error-in-middle', `${march(11)}&pageNumber=3`, 200],
    ['rate-limit-always', march(11), 429],
    ['privilege-missing', march(11), 403],
    ['token-dies-again', `${march(11)}&pageNumber=7`, 401],
    ['range-rules', 'from=2025-12-11&to=2026-03-11', 400],
    ['other-host', `${march(11)}&pageNumber=2`, 302],
    ['maintenance-page', march(11), 200],
    ['not-success', march(11), 200],
  ])('%s answers %s with %i', async (name, query, status) => {
    const { read } = await openReader(name);
    expect((await read(query)).status).toBe(status);
  });

  it('empty-day and half-empty-day are full on the day before', async () => {
    for (const name of ['empty-day', 'half-empty-day']) {
      const { read } = await openReader(name);
      expect(envelope(await read(march(10)))['totalRecords']).toBe(240);
    }
  });

  it('emptied-day is full once', async () => {
    const { read } = await openReader('emptied-day');
    expect(envelope(await read(march(11)))['totalRecords']).toBe(240);
    expect(envelope(await read(march(11)))).toMatchObject({ totalRecords: 0, data: [], succeeded: true });
  });

  it('data-null announces records that it does not send', async () => {
    const { read } = await openReader('data-null');
    expect(envelope(await read(march(11)))).toMatchObject({ succeeded: true, totalRecords: 80, data: null });
  });

  it('paging-shift repeats one record and skips one, once', async () => {
    const { read } = await openReader('paging-shift');
    const readAll = async (): Promise<string[]> => {
      const pages = [await read(march(11)), await read(`${march(11)}&pageNumber=2`)];
      return pages.flatMap((page) => records(page).map((row) => String(row['employeeIdentifier'])));
    };
    const first = await readAll();
    expect([first.length, new Set(first).size]).toEqual([251, 250]);
    const second = await readAll();
    expect([second.length, new Set(second).size]).toEqual([251, 251]);
  });

  it('token-dies asks for one new token', async () => {
    const { sandbox, form } = await openReader('token-dies');
    const token = await signIn(sandbox, form);
    const page = async (held: string): Promise<number> =>
      (await ask(sandbox, `/time/attendance?${march(11)}&pageNumber=7`, { token: held })).status;
    expect(await page(token)).toBe(401);
    expect(await page(await signIn(sandbox, form))).toBe(200);
  });

  it('rate-limit lets 50 pass in a minute', async () => {
    const { sandbox, form } = await openReader('rate-limit');
    const token = await signIn(sandbox, form);
    const replies = await Promise.all(
      Array.from({ length: 51 }, () => ask(sandbox, `/time/attendance?${march(11)}`, { token })),
    );
    expect(replies.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
  });

  it('bad-network fails in four ways and then answers', async () => {
    const { read } = await openReader('bad-network');
    await expect(read(march(11))).rejects.toThrow('fetch failed');
    await expect(read(march(11))).rejects.toThrow(/terminated|fetch failed/u);
    const cut = await read(march(11));
    expect([cut.status, cut.text.length]).toEqual([200, 2000]);
    expect((await read(march(11))).status).toBe(502);
    expect(records(await read(march(11)))).toHaveLength(200);
  });

  it('credentials has a good key, an expired one and a revoked one', async () => {
    const { sandbox, form } = await openReader('credentials');
    const status = async (change: Form): Promise<unknown> =>
      (JSON.parse((await askToken(sandbox, { ...form, ...change })).text) as { error?: string }).error ??
      'ok';
    expect(await status({})).toBe('ok');
    expect(await status({ api_key: 'ZXhwaXJlZC1rZXk=' })).toBe('invalid_grant');
    expect(await status({ api_key: 'cmV2b2tlZC1rZXk=' })).toBe('invalid_grant');
    expect(await status({ grant_type: 'client_credentials' })).toBe('unauthorized_client');
  });

  it('odd-shapes turns everything round', async () => {
    const { read } = await openReader('odd-shapes');
    const page = envelope(await read(march(11)));
    expect(page).toMatchObject({ totalPages: '1' });
    expect(page['nextPage']).toBeUndefined();
    expect(envelope(await read(march(13)))).toMatchObject({ data: null, totalPages: '1', totalRecords: '0' });
  });
});

describe('what changes while the clock of a scenario runs', () => {
  const punchSchema = z.looseObject({ timestamp: z.string() }).nullable();

  async function outs(
    read: (query: string) => Promise<Reply>,
    query: string,
  ): Promise<Record<string, unknown>> {
    const rows = records(await read(query));
    return Object.fromEntries(
      rows.map((row) => [
        `${String(row['employeeNumber'])} ${String(row['attendanceDate']).slice(8, 10)}`,
        punchSchema.parse(row['lastOutOfTheDay'])?.timestamp ?? null,
      ]),
    );
  }

  it('late-correction', async () => {
    const { sandbox, read } = await openReader('late-correction');
    expect(await outs(read, march(2, 12))).toEqual({
      'E003 02': null,
      'E002 09': null,
      'E005 10': '2026-03-10T12:40:00Z',
      'E004 11': '2026-03-11T12:40:00Z',
      'E001 12': '2026-03-12T12:30:00Z',
    });
    sandbox.control.advanceClock('PT4H');
    expect(await outs(read, march(12))).toEqual({ 'E001 12': '2026-03-12T14:40:00Z' });
    sandbox.control.setClock('2026-03-15T00:00:00Z');
    expect(await outs(read, march(2, 12))).toMatchObject({
      'E002 09': '2026-03-09T12:40:00Z',
      'E004 11': null,
    });
    expect(Object.keys(await outs(read, march(10)))).toEqual([]);
    sandbox.control.setClock('2026-03-27T07:00:00Z');
    expect(await outs(read, march(2))).toEqual({ 'E003 02': '2026-03-02T12:40:00Z' });
  });

  it('night-shift', async () => {
    const { sandbox, read } = await openReader('night-shift');
    expect(await outs(read, march(11))).toMatchObject({ 'E003 11': null, 'E004 11': null });
    sandbox.control.advanceClock('PT6H');
    expect(await outs(read, march(11))).toMatchObject({
      'E003 11': '2026-03-11T19:50:00Z',
      'E004 11': '2026-03-12T00:35:00Z',
    });
  });
});
