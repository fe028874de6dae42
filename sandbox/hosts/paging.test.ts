import { describe, expect, it } from 'vitest';
import { ask, envelope, type Reply, records, signIn } from '../testing/ask-sandbox.ts';
import { sandboxPerTest } from '../testing/sandbox-per-test.ts';
import { smallScenario } from '../testing/small-scenario.ts';

const start = sandboxPerTest();
const day = 'from=2026-03-11&to=2026-03-11';

async function open(people: number) {
  const sandbox = await start(smallScenario(people, ['2026-03-11']));
  const token = await signIn(sandbox);
  const read = (query: string): Promise<Reply> => ask(sandbox, `/time/attendance?${query}`, { token });
  return { sandbox, read, base: `${sandbox.tenantOrigin('acme')}/api/v1/time/attendance` };
}

describe('paging', () => {
  it('gives every record once over all pages', async () => {
    const { read } = await open(250);
    const pages = await Promise.all([1, 2, 3].map((page) => read(`${day}&pageNumber=${page}`)));
    expect(pages.map((page) => records(page).length)).toEqual([100, 100, 50]);
    const numbers = pages.flatMap((page) => records(page).map((row) => row['employeeNumber']));
    expect(numbers).toEqual(Array.from({ length: 250 }, (_, index) => `E${index + 1}`));
  });

  it('writes absolute links that keep the filters; the last page has no next', async () => {
    const { read, base } = await open(250);
    const link = (page: number): string => `${base}?${day}&pageNumber=${page}&pageSize=100`;
    expect(envelope(await read(`${day}&pageNumber=2`))).toMatchObject({
      pageNumber: 2,
      pageSize: 100,
      totalPages: 3,
      totalRecords: 250,
      firstPage: link(1),
      lastPage: link(3),
      nextPage: link(3),
      previousPage: link(1),
    });
    expect(envelope(await read(`${day}&pageNumber=1`))).toMatchObject({
      previousPage: null,
      nextPage: link(2),
    });
    expect(envelope(await read(`${day}&pageNumber=3`))).toMatchObject({
      nextPage: null,
      previousPage: link(2),
    });
  });

  it('has links that can be followed', async () => {
    const { sandbox, read } = await open(3);
    const token = await signIn(sandbox);
    const { nextPage } = envelope(await read(`${day}&pageSize=2`));
    const reply = await fetch(String(nextPage), { headers: { authorization: `Bearer ${token}` } });
    expect(((await reply.json()) as { data: unknown[] }).data).toHaveLength(1);
  });

  it('has an empty page behind the last one', async () => {
    const { read } = await open(3);
    const beyond = await read(`${day}&pageNumber=9`);
    expect(envelope(beyond)).toMatchObject({
      totalRecords: 3,
      totalPages: 1,
      pageNumber: 9,
      nextPage: null,
      data: [],
    });
  });

  it('rounds the number of pages up', async () => {
    const { read } = await open(22);
    expect(envelope(await read(`${day}&pageSize=5`))).toMatchObject({ totalPages: 5, pageSize: 5 });
  });

  it('clamps a page size above 200, or refuses it', async () => {
    const { sandbox, read } = await open(250);
    expect(envelope(await read(`${day}&pageSize=1000`))).toMatchObject({ pageSize: 200, totalPages: 2 });
    sandbox.control.changeSwitches({ pageSizeAboveMaximum: 'refuse' });
    expect((await read(`${day}&pageSize=201`)).status).toBe(400);
    expect((await read(`${day}&pageSize=200`)).status).toBe(200);
  });

  it('refuses numbers that are none', async () => {
    const { read } = await open(1);
    expect((await read(`${day}&pageNumber=two`)).status).toBe(400);
    expect((await read(`${day}&pageSize=1.5`)).status).toBe(400);
  });

  it('says that a result is empty in the way that is switched on', async () => {
    const { sandbox, read } = await open(1);
    const empty = 'from=2026-03-01&to=2026-03-02';
    expect(envelope(await read(empty))).toMatchObject({
      data: [],
      totalPages: 0,
      totalRecords: 0,
      nextPage: null,
    });
    sandbox.control.changeSwitches({ emptyData: 'null', emptyTotalPages: 1 });
    expect(envelope(await read(empty))).toMatchObject({ data: null, totalPages: 1, totalRecords: 0 });
  });

  it('writes links in the other ways', async () => {
    const { sandbox, read } = await open(250);
    sandbox.control.changeSwitches({ links: 'null' });
    expect(envelope(await read(day))).toMatchObject({ nextPage: null, firstPage: null, totalPages: 3 });
    sandbox.control.changeSwitches({ links: 'missing' });
    expect(Object.keys(envelope(await read(day)))).not.toContain('nextPage');
    sandbox.control.changeSwitches({ links: 'relative' });
    expect(envelope(await read(day))).toMatchObject({
      nextPage: `/api/v1/time/attendance?${day}&pageNumber=2&pageSize=100`,
    });
    sandbox.control.changeSwitches({ links: 'absolute', linkFilters: 'dropped' });
    expect(String(envelope(await read(day))['nextPage'])).toMatch(/attendance\?pageNumber=2&pageSize=100$/u);
    sandbox.control.changeSwitches({ numbers: 'strings' });
    expect(envelope(await read(day))).toMatchObject({
      totalRecords: '250',
      totalPages: '3',
      pageNumber: '1',
    });
  });

  it('sees in its log when a client carries its token to another host', async () => {
    const { sandbox, read } = await open(250);
    sandbox.control.changeSwitches({ links: 'other-host' });
    const { nextPage } = envelope(await read(day));
    const url = new URL(String(nextPage));
    expect(url.hostname).toBe('localhost');
    // The other name leads to the same machine; where it does not resolve so, the path alone is asked for.
    url.hostname = '127.0.0.1';
    expect((await fetch(url, { headers: { authorization: 'Bearer x' } })).status).toBe(404);
    expect(sandbox.control.requests().at(-1)).toMatchObject({ host: 'elsewhere', authorization: 'present' });
  });
});
