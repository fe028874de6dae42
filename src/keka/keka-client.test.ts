import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { credentials, kekaClientOf, march, pageNumbersOf } from '../../test/support/keka-client-of.ts';
import { pageOf, pagesOf, startStubKeka } from '../../test/support/stub-keka.ts';
import { until } from '../../test/support/until.ts';
import { createRequestBudget } from './request-budget.ts';

describe('what the client asks for', () => {
  it('is every announced page once, whatever the links in the answers say', async () => {
    await using stub = await startStubKeka({ page: pagesOf(7) });
    await using client = kekaClientOf(stub);
    expect(await pageNumbersOf(client.readAttendance(march))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(stub.pages()).toHaveLength(7);
    expect(client.usage()).toMatchObject({ requests: 7, tokenRequests: 1, retries: 0, rateLimited: 0 });
  });

  it('is a plain GET with both dates, the page, the token and the product', async () => {
    await using stub = await startStubKeka({ page: pagesOf(1) });
    await using client = kekaClientOf(stub);
    await pageNumbersOf(client.readAttendance(march, { pageSize: 50 }));
    const [request] = stub.pages();
    expect(request).toMatchObject({ method: 'GET', path: '/time/attendance', body: '' });
    expect(Object.fromEntries(request?.query ?? [])).toEqual({
      from: '2026-03-01',
      to: '2026-03-31',
      pageNumber: '1',
      pageSize: '50',
    });
    expect(request?.headers.authorization).toBe('Bearer token-1');
    expect(request?.headers['user-agent']).toMatch(/^Hajiri\//);
    expect(request?.headers.accept).toBe('application/json');
  });

  it('is pages of 200 when nothing else is said', async () => {
    await using stub = await startStubKeka({ page: pagesOf(1) });
    await using client = kekaClientOf(stub);
    await pageNumbersOf(client.readAttendance(march));
    expect(stub.pages()[0]?.query.get('pageSize')).toBe('200');
  });

  it('names the day in the ISO calendar, also when the caller thinks in another', async () => {
    await using stub = await startStubKeka({ page: pagesOf(1) });
    await using client = kekaClientOf(stub);
    const day = Temporal.PlainDate.from('2026-03-01[u-ca=indian]');
    await pageNumbersOf(client.readAttendance({ from: day, to: day }));
    expect(stub.pages()[0]?.query.get('from')).toBe('2026-03-01');
  });

  it('is all employees, or those changed since a moment', async () => {
    await using stub = await startStubKeka({ page: pagesOf(1) });
    await using client = kekaClientOf(stub);
    await pageNumbersOf(client.readEmployees());
    await pageNumbersOf(
      client.readEmployees({ lastModified: Temporal.Instant.from('2026-03-01T05:30:00.999Z') }),
    );
    expect(stub.pages().map(({ path }) => path)).toEqual(['/hris/employees', '/hris/employees']);
    expect(stub.pages().map(({ query }) => query.get('lastModified'))).toEqual([
      null,
      '2026-03-01T05:30:00+00:00',
    ]);
  });

  it('is a token, with the five fields exactly as they were entered', async () => {
    await using stub = await startStubKeka({ page: pagesOf(1) });
    await using client = kekaClientOf(stub);
    await client.requestToken();
    const [request] = stub.tokens();
    expect(request).toMatchObject({ method: 'POST', path: '/connect/token' });
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(request?.headers['user-agent']).toMatch(/^Hajiri\//);
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.body).not.toContain('ab+c');
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'kekaapi',
      scope: 'kekaapi',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      api_key: credentials.apiKey,
    });
  });

  it('is no second token while the first is good, and a new one shortly before its end', async () => {
    await using stub = await startStubKeka({ page: pagesOf(1) });
    await using client = kekaClientOf(stub);
    await pageNumbersOf(client.readAttendance(march));
    client.clock.advance({ hours: 23, minutes: 57 });
    await pageNumbersOf(client.readAttendance(march));
    expect(client.usage().tokenRequests).toBe(1);
    client.clock.advance({ minutes: 1 });
    await pageNumbersOf(client.readAttendance(march));
    expect(client.usage().tokenRequests).toBe(2);
  });

  it('is nothing when the dates are reversed or the page size is out of range', async () => {
    await using stub = await startStubKeka({ page: pagesOf(1) });
    await using client = kekaClientOf(stub);
    expect(() => client.readAttendance({ from: march.to, to: march.from })).toThrow(/from/);
    expect(() => client.readAttendance(march, { pageSize: 201 })).toThrow(/pageSize/);
    expect(() => client.readEmployees({}, { concurrency: 0 })).toThrow(/concurrency/);
    expect(stub.requests).toEqual([]);
  });
});

describe('the budget of a client', () => {
  it('is kept over all pages, each wait announced and counted', async () => {
    const clock = new FakeClock('2026-04-01T05:30:00Z');
    await using stub = await startStubKeka({ page: pagesOf(25) });
    const waits: [number, string][] = [];
    await using client = kekaClientOf(stub, {
      clock,
      budget: createRequestBudget({ requestsPerMinute: 10, clock }),
      onWait: (milliseconds, reason) => waits.push([milliseconds, reason]),
    });
    const reading = pageNumbersOf(client.readAttendance(march));
    for (const served of [10, 20]) {
      await until(() => stub.pages().length === served && clock.sleeping > 0);
      clock.advance({ seconds: 60 });
      expect(await hasNoNews(() => stub.pages().length)).toBe(true);
      clock.advance({ seconds: 1 });
    }
    expect(await reading).toHaveLength(25);
    expect(waits.every(([milliseconds, reason]) => milliseconds > 0 && reason === 'budget')).toBe(true);
    expect(client.usage()).toMatchObject({ requests: 25, rateLimited: 0, waitedMilliseconds: 122_000 });
  });

  it('is shared by two clients of the same company', async () => {
    await using stub = await startStubKeka({ page: pagesOf(5) });
    const clock = new FakeClock('2026-04-01T05:30:00Z', { autoAdvance: true });
    const budget = createRequestBudget({ requestsPerMinute: 5, clock });
    await using one = kekaClientOf(stub, { clock, budget });
    await using other = kekaClientOf(stub, { clock, budget });
    await Promise.all([pageNumbersOf(one.readAttendance(march)), pageNumbersOf(other.readAttendance(march))]);
    expect(clock.now().since('2026-04-01T05:30:00Z').total('seconds')).toBeGreaterThan(60);
  });
});

describe('stopping', () => {
  it('early closes the connections of what was in flight', async () => {
    let closed = 0;
    let waiting = 0;
    await using stub = await startStubKeka({
      page: pagesOf(9, ({ query }, response) => {
        if (Number(query.get('pageNumber')) <= 2) return undefined;
        waiting += 1;
        response.once('close', () => {
          closed += 1;
        });
        return new Promise(() => undefined);
      }),
    });
    await using client = kekaClientOf(stub);
    for await (const { pageNumber } of client.readAttendance(march)) {
      if (pageNumber === 2) break;
    }
    await until(() => closed === waiting);
    expect(waiting).toBeLessThanOrEqual(4);
  });

  it.each(['the token', 'a page', 'the budget', 'a pause after 429', 'a back-off'])(
    'by signal works while waiting for %s, with the reason of the signal',
    async (wait) => {
      const clock = new FakeClock('2026-04-01T05:30:00Z');
      const never = new Promise<undefined>(() => undefined);
      let hanging = false;
      const hang = () => {
        hanging = true;
        return never;
      };
      await using stub = await startStubKeka({
        page: () => {
          if (wait === 'a page') return hang();
          return { status: wait === 'a back-off' ? 503 : 429 };
        },
        ...(wait === 'the token' ? { token: hang } : {}),
      });
      const budget = createRequestBudget({ requestsPerMinute: 1, clock });
      await using client = kekaClientOf(stub, { clock, budget });
      if (wait === 'the budget') await budget.spend(async (slot) => slot.sent());
      const stop = new AbortController();
      const reading = pageNumbersOf(client.readAttendance(march, { signal: stop.signal }));
      await until(() => hanging || clock.sleeping > 0);
      stop.abort(new Error('cancelled by Asha'));
      await expect(reading).rejects.toThrow('cancelled by Asha');
    },
  );

  it('by close breaks off what is in flight and refuses what comes later', async () => {
    let hanging = false;
    await using stub = await startStubKeka({
      page: () => {
        hanging = true;
        return new Promise(() => undefined);
      },
    });
    const client = kekaClientOf(stub);
    const reading = pageNumbersOf(client.readAttendance(march));
    const outcome = expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => hanging);
    await client.close();
    await outcome;
    await expect(client.requestToken()).rejects.toMatchObject({ name: 'AbortError' });
    await expect(pageNumbersOf(client.readEmployees())).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('early does no harm to the next read', async () => {
    await using stub = await startStubKeka({ page: pagesOf(3) });
    await using client = kekaClientOf(stub);
    for await (const _ of client.readAttendance(march)) break;
    expect(await pageNumbersOf(client.readAttendance(march))).toEqual([1, 2, 3]);
  });
});

describe('an empty list', () => {
  it('is one empty page', async () => {
    await using stub = await startStubKeka({
      page: () => ({ body: { ...pageOf([]), data: null, totalPages: 0, totalRecords: 0 } }),
    });
    await using client = kekaClientOf(stub);
    const pages = await Array.fromAsync(client.readAttendance(march));
    expect(pages).toEqual([{ pageNumber: 1, pageSize: 200, totalPages: 1, totalRecords: 0, records: [] }]);
  });
});

/** Whether a figure stays as it is for some turns of the event loop. */
async function hasNoNews(figure: () => number): Promise<boolean> {
  const before = figure();
  let turns = 0;
  await until(() => {
    turns += 1;
    return turns > 20;
  });
  return figure() === before;
}
