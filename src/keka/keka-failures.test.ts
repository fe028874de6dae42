import { MockAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { kekaClientOf, march, pageNumbersOf } from '../../test/support/keka-client-of.ts';
import {
  pageOf,
  pagesOf,
  type StubAnswer,
  type StubHandler,
  type StubRequest,
  startStubKeka,
} from '../../test/support/stub-keka.ts';
import { createKekaHosts } from './keka-hosts.ts';

const html = '<!DOCTYPE html><html><body>We are down for maintenance</body></html>';

function onPage(pageNumber: number, answer: StubAnswer | (() => StubAnswer | undefined)): StubHandler {
  return ({ query }: StubRequest) => {
    if (query.get('pageNumber') !== String(pageNumber)) return undefined;
    return typeof answer === 'function' ? answer() : answer;
  };
}

/** Answers with the given ones first, one after the other, then as usual. */
function first(...answers: StubAnswer[]): () => StubAnswer | undefined {
  return () => answers.shift();
}

/** Reads attendance from a stub that answers every page in the same way, and returns the error. */
async function failureOf(
  answer: StubAnswer,
  read: 'attendance' | 'employees' = 'attendance',
): Promise<unknown> {
  await using stub = await startStubKeka({ page: () => answer });
  await using client = kekaClientOf(stub);
  try {
    return await pageNumbersOf(read === 'attendance' ? client.readAttendance(march) : client.readEmployees());
  } catch (error) {
    return error;
  }
}

describe('a server error', () => {
  it('that passes costs a retry and no page', async () => {
    await using stub = await startStubKeka({
      page: pagesOf(3, onPage(2, first({ status: 502 }, { status: 503 }))),
    });
    await using client = kekaClientOf(stub);
    expect(await pageNumbersOf(client.readAttendance(march))).toEqual([1, 2, 3]);
    expect(client.usage()).toMatchObject({ requests: 5, retries: 2 });
  });

  it('that stays names the page and the status', async () => {
    await using stub = await startStubKeka({ page: pagesOf(3, onPage(2, { status: 500, body: html })) });
    const waits: number[] = [];
    await using client = kekaClientOf(stub, {
      onWait: (milliseconds) => waits.push(milliseconds),
      random: () => 0.5,
    });
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      name: 'KekaError',
      code: 'server_error',
      message: expect.stringContaining('500 for page 2 of /time/attendance'),
      details: { endpoint: '/time/attendance', page: 2, status: 500, tries: 4 },
    });
    expect(stub.pages().filter(({ query }) => query.get('pageNumber') === '2')).toHaveLength(4);
    expect(waits).toEqual([1000, 2000, 4000]);
  });
});

describe('too many requests', () => {
  it('is waited out for a minute without a hint, and no page is lost or doubled', async () => {
    const clock = new FakeClock('2026-04-01T05:30:00Z', { autoAdvance: true });
    const opened = clock.now().epochMilliseconds;
    let served = 0;
    await using stub = await startStubKeka({
      page: pagesOf(60, () => {
        // 50 calls, then nothing until the window has turned.
        const inWindow = clock.now().epochMilliseconds - opened < 60_000;
        served += 1;
        return inWindow && served > 50 ? { status: 429 } : undefined;
      }),
    });
    const waits: [number, string][] = [];
    await using client = kekaClientOf(stub, { clock, onWait: (...wait) => waits.push(wait) });
    expect(await pageNumbersOf(client.readAttendance(march))).toEqual(
      Array.from({ length: 60 }, (_, i) => i + 1),
    );
    expect(waits).toContainEqual([60_000, 'too_many_requests']);
    expect(client.usage().rateLimited).toBeGreaterThanOrEqual(1);
    expect(client.usage().waitedMilliseconds).toBeGreaterThanOrEqual(60_000);
  });

  it.each([
    ['7', 7],
    ['Wed, 01 Apr 2026 05:30:20 GMT', 20],
    ['-3', 60],
    ['86400', 60],
    ['in a while', 60],
  ])('with Retry-After %j is waited out for %i s', async (retryAfter, seconds) => {
    const refusal = {
      status: 429,
      headers: { 'retry-after': retryAfter },
      body: '{"error":"rateLimitExceeded"}',
    };
    await using stub = await startStubKeka({ page: pagesOf(1, first(refusal)) });
    await using client = kekaClientOf(stub);
    await pageNumbersOf(client.readAttendance(march));
    expect(client.clock.now().since('2026-04-01T05:30:00Z').total('seconds')).toBe(seconds);
  });

  it('that does not end is given up after five refusals of one page', async () => {
    await using stub = await startStubKeka({ page: () => ({ status: 429, body: 'rateLimitExceeded' }) });
    await using client = kekaClientOf(stub);
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: 'rate_limited',
      details: { page: 1, status: 429, tries: 5 },
    });
    expect(client.clock.now().since('2026-04-01T05:30:00Z').total('minutes')).toBe(4);
    expect(client.usage()).toMatchObject({ requests: 5, rateLimited: 5 });
  });

  it('is given up only when the refusals come in a row', async () => {
    const refusals = Array.from({ length: 4 }, () => ({ status: 429 }));
    await using stub = await startStubKeka({
      page: pagesOf(1, first(...refusals, { status: 503 }, ...refusals)),
    });
    await using client = kekaClientOf(stub);
    expect(await pageNumbersOf(client.readAttendance(march))).toEqual([1]);
    expect(client.usage()).toMatchObject({ requests: 10, retries: 9, rateLimited: 8 });
  });

  it('on the login host is waited out too', async () => {
    const refusals = first({ status: 429, headers: { 'retry-after': '3' } });
    await using stub = await startStubKeka({
      page: pagesOf(1),
      token: () => refusals() ?? { body: { access_token: 'good', expires_in: 3600 } },
    });
    await using client = kekaClientOf(stub);
    await client.requestToken();
    expect(client.clock.now().since('2026-04-01T05:30:00Z').total('seconds')).toBe(3);
  });
});

describe('a token that dies in the middle', () => {
  it('is renewed once, the page is read again and no page is lost', async () => {
    const revoked = new Set<string | undefined>();
    await using stub = await startStubKeka({
      page: pagesOf(12, ({ query, headers }) => {
        if (query.get('pageNumber') === '7') revoked.add('Bearer token-1');
        return revoked.has(headers.authorization) ? { status: 401 } : undefined;
      }),
    });
    await using client = kekaClientOf(stub);
    expect(await pageNumbersOf(client.readAttendance(march))).toEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    expect(client.usage().tokenRequests).toBe(2);
  });

  it('ends the read when the new one is refused as well, after exactly one renewal', async () => {
    await using stub = await startStubKeka({
      page: pagesOf(9, ({ query }) => (Number(query.get('pageNumber')) > 1 ? { status: 401 } : undefined)),
    });
    await using client = kekaClientOf(stub);
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: 'credentials_refused',
      details: { status: 401, endpoint: '/time/attendance' },
    });
    expect(client.usage().tokenRequests).toBe(2);
  });
});

describe('a refusal by the company host', () => {
  it.each(['"Access denied"', 'Forbidden', '', '{"succeeded":false,"errors":["no"]}'])(
    'with 403 and %j names the privilege',
    async (body) => {
      expect(await failureOf({ status: 403, body })).toMatchObject({
        code: 'privilege_missing',
        details: { endpoint: '/time/attendance', privilege: 'Mark Attendance', status: 403 },
      });
      expect(await failureOf({ status: 403, body }, 'employees')).toMatchObject({
        code: 'privilege_missing',
        details: { endpoint: '/hris/employees', privilege: 'Employee' },
      });
    },
  );

  it('with a web page is that of something in between, not of Keka', async () => {
    const error = await failureOf({ status: 403, body: html, headers: { 'content-type': 'text/html' } });
    expect(error).toMatchObject({ code: 'not_json', details: { status: 403, looksLike: 'html' } });
  });

  it('with 404 means an unknown company at first', async () => {
    expect(await failureOf({ status: 404 })).toMatchObject({
      code: 'company_not_found',
      details: { status: 404, endpoint: '/time/attendance' },
    });
  });

  it('with 404 means a missing part of the plan once the company has answered', async () => {
    await using stub = await startStubKeka({
      page: pagesOf(1, ({ path }) => (path === '/time/attendance' ? { status: 404 } : undefined)),
    });
    await using client = kekaClientOf(stub);
    await pageNumbersOf(client.readEmployees());
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: 'privilege_missing',
      details: { status: 404, privilege: 'Mark Attendance' },
    });
  });

  it.each([
    'You can access data of last three months only',
    'You are not allowed to access attendance summary of this period',
    'Difference between from and to should not exceed 90 days',
  ])('because of the dates is told apart: %s', async (reason) => {
    const envelope = { succeeded: false, message: 'An Error Occured', data: null };
    for (const errors of [[reason], { from: [reason] }, reason]) {
      expect(await failureOf({ status: 400, body: { ...envelope, errors } })).toMatchObject({
        code: 'range_refused',
      });
    }
    expect(
      await failureOf({ status: 400, body: { ...envelope, message: reason, errors: null } }),
    ).toMatchObject({
      code: 'range_refused',
    });
    for (const body of [reason, JSON.stringify(reason)]) {
      expect(await failureOf({ status: 400, body })).toMatchObject({ code: 'range_refused' });
    }
    expect(await failureOf({ status: 400, body: `<html>${reason}</html>` })).toMatchObject({
      code: 'said_failed',
    });
  });
});

describe('an answer that says that it failed', () => {
  it.each([
    [200, { succeeded: false, errors: ['Try later', 'Sorry'], data: null }, 'Try later; Sorry'],
    [200, { succeeded: false, errors: { a: ['Try later'] }, message: 'An Error Occured' }, 'Try later'],
    [200, { succeeded: false, errors: null, message: 'An Error Occured' }, 'An Error Occured'],
    [400, { succeeded: false, errors: [], message: null }, ''],
    [400, { title: 'Bad input', status: 400, errors: { from: ['is not a date'] } }, 'is not a date'],
    [400, { title: 'Bad input', status: 400 }, 'Bad input'],
    [400, { title: 'Bad input', errors: {}, message: 'An Error Occured' }, 'Bad input'],
    [405, 'nothing readable', ''],
    [422, ['unexpected'], ''],
  ])('with status %i and %j gives its reason', async (status, body, reason) => {
    expect(await failureOf({ status, body })).toMatchObject({
      code: 'said_failed',
      details: { status, reason },
    });
  });

  it('gives no more of its reason than may be shown', async () => {
    const errors = [
      'asha.rao@acme.example 1c9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0042 9876543210 ab+c/d==key token-1\n',
    ];
    expect(await failureOf({ body: { succeeded: false, errors } })).toMatchObject({
      details: { reason: '[e-mail] [id] [number] [removed] [removed]' },
    });
  });
});

describe('an answer that is no page', () => {
  it.each([
    [html, 'text/html', 'html'],
    [html, 'application/json', 'html'],
    ['{"succeeded":true}', 'text/html', 'html'],
    ['', 'application/json', 'empty'],
    ['   ', 'application/json', 'empty'],
    ['maintenance', 'text/plain', 'text'],
  ])('but %j as %s is not_json', async (body, contentType, looksLike) => {
    await using stub = await startStubKeka({
      page: () => ({ body, headers: { 'content-type': contentType } }),
    });
    await using client = kekaClientOf(stub);
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: 'not_json',
      details: { looksLike, status: 200 },
    });
    expect(stub.pages()).toHaveLength(1);
  });

  it('because it is cut off is asked for once more', async () => {
    const cutOff = { body: '{"succeeded":true,"data":[{"employeeNum' };
    await using stub = await startStubKeka({ page: pagesOf(1, first(cutOff)) });
    await using client = kekaClientOf(stub);
    expect(await pageNumbersOf(client.readAttendance(march))).toEqual([1]);
    expect(await failureOf(cutOff)).toMatchObject({
      code: 'not_json',
      details: { looksLike: 'truncated', tries: 2 },
    });
  });

  it.each([
    [{ data: null, totalRecords: 80 }, 'data'],
    [{ pageNumber: 4 }, 'pageNumber'],
    [{ totalPages: null }, 'totalPages'],
    [{ succeeded: null }, 'succeeded'],
  ])('because of %j is malformed_page', async (change, field) => {
    const error = await failureOf({ body: { ...pageOf([{}]), ...change } });
    expect(error).toMatchObject({ code: 'malformed_page', details: { field, page: 1 } });
  });

  it.each([[[]], ['"text"'], ['null'], ['17'], [{}]])('because it is %j is malformed_page', async (body) => {
    expect(await failureOf({ body })).toMatchObject({ code: 'malformed_page' });
  });

  it('because it is too large is refused', async () => {
    await using stub = await startStubKeka({ page: () => ({ body: pageOf(['x'.repeat(5000)]) }) });
    await using client = kekaClientOf(stub, { limits: { responseBytes: 4000 } });
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: 'response_too_large',
    });
  });

  it('but one of more than the limit of pages ends the read at once', async () => {
    await using stub = await startStubKeka({ page: pagesOf(5001) });
    await using client = kekaClientOf(stub);
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: 'page_limit',
      details: { totalPages: 5001, pageLimit: 5000 },
    });
    expect(stub.pages()).toHaveLength(1);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 307, 308])('with %i is not followed, by token or page', async (status) => {
    await using elsewhere = await startStubKeka({ page: pagesOf(1) });
    const away = { status, headers: { location: `${elsewhere.origin}/tenant/acme/api/v1/time/attendance` } };
    await using pages = await startStubKeka({ page: () => away });
    await using client = kekaClientOf(pages);
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: 'redirect_refused',
    });
    await using tokens = await startStubKeka({ page: pagesOf(1), token: () => away });
    await using other = kekaClientOf(tokens);
    await expect(other.requestToken()).rejects.toMatchObject({ code: 'redirect_refused' });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('a refusal by the login host', () => {
  it.each([
    [400, { error: 'invalid_client' }, 'credentials_refused', 'invalid_client'],
    [401, { error: 'invalid_client' }, 'credentials_refused', 'invalid_client'],
    [
      400,
      { error: 'invalid_grant', error_description: 'for asha@acme.example' },
      'key_expired',
      'invalid_grant',
    ],
    [400, { error: 'unauthorized_client' }, 'credentials_refused', 'unauthorized_client'],
    [400, { error: 'unsupported_grant_type' }, 'credentials_refused', 'unsupported_grant_type'],
    [400, { error: 'invalid_scope' }, 'credentials_refused', 'invalid_scope'],
    [400, { error: 'ab+c/d==key' }, 'credentials_refused', null],
    [400, html, 'credentials_refused', null],
    [401, '', 'credentials_refused', null],
    [403, '', 'credentials_refused', null],
  ])('with %i and %j is final: %s', async (status, body, code, error) => {
    await using stub = await startStubKeka({ page: pagesOf(1), token: () => ({ status, body }) });
    await using client = kekaClientOf(stub);
    await expect(client.requestToken()).rejects.toMatchObject({ code, details: { status, error } });
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({ code });
    expect(stub.tokens()).toHaveLength(2);
    expect(stub.pages()).toHaveLength(0);
  });

  it.each([
    [{ status: 200, body: html }, 'not_json', 1],
    [{ status: 403, body: html }, 'not_json', 1],
    [{ status: 404, body: '' }, 'said_failed', 1],
    [{ status: 503, body: html }, 'server_error', 4],
    [{ body: { expires_in: 3600 } }, 'malformed_page', 1],
    [{ body: { access_token: 'a\r\nX-Evil: 1', expires_in: 3600 } }, 'malformed_page', 1],
    [{ body: { access_token: '', expires_in: 3600 } }, 'malformed_page', 1],
  ])('with %j is %s after %i tries', async (answer, code, tries) => {
    await using stub = await startStubKeka({ page: pagesOf(1), token: () => answer });
    await using client = kekaClientOf(stub);
    await expect(client.requestToken()).rejects.toMatchObject({ code });
    expect(stub.tokens()).toHaveLength(tries);
  });

  it.each([
    [{ access_token: 'good' }, 600],
    [{ access_token: 'good', expires_in: 0 }, 600],
    [{ access_token: 'good', expires_in: '3600' }, 3600],
  ])('is none when %j lacks or misspells the lifetime', async (body, lifetime) => {
    await using stub = await startStubKeka({ page: pagesOf(1), token: () => ({ body }) });
    await using client = kekaClientOf(stub);
    await client.requestToken();
    client.clock.advance({ seconds: lifetime - 121 });
    await pageNumbersOf(client.readAttendance(march));
    expect(stub.tokens()).toHaveLength(1);
    client.clock.advance({ seconds: 1 });
    await pageNumbersOf(client.readAttendance(march));
    expect(stub.tokens()).toHaveLength(2);
  });
});

describe('the network', () => {
  it('that breaks once costs a retry and no page', async () => {
    let broken = false;
    await using stub = await startStubKeka({
      page: pagesOf(2, (_, response) => {
        if (!broken) response.destroy();
        broken = true;
        return undefined;
      }),
    });
    await using client = kekaClientOf(stub);
    expect(await pageNumbersOf(client.readAttendance(march))).toEqual([1, 2]);
    expect(client.usage().retries).toBe(1);
  });

  it('that never answers is network_timeout', async () => {
    await using stub = await startStubKeka({ page: () => new Promise(() => undefined) });
    await using client = kekaClientOf(stub, { limits: { requestMilliseconds: 30, tries: 2 } });
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: 'network_timeout',
      details: { page: 1, tries: 2 },
    });
  });

  type Broken = { host: 'login' | 'acme'; code: string; expected: string; tries: number | undefined };
  it.each<Broken>([
    { host: 'login', code: 'ENOTFOUND', expected: 'network_dns', tries: 4 },
    { host: 'login', code: 'ECONNREFUSED', expected: 'network_refused', tries: 4 },
    { host: 'acme', code: 'EAI_AGAIN', expected: 'network_dns', tries: 4 },
    { host: 'acme', code: 'ENOTFOUND', expected: 'company_not_found', tries: undefined },
    { host: 'acme', code: 'ECONNRESET', expected: 'network_refused', tries: 4 },
    { host: 'acme', code: 'UND_ERR_CONNECT_TIMEOUT', expected: 'network_timeout', tries: 4 },
    { host: 'acme', code: 'CERT_HAS_EXPIRED', expected: 'network_tls', tries: undefined },
  ])('of $host.keka.com with $code is $expected', async ({ host, code, expected, tries }) => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    const failure = Object.assign(new Error(`getaddrinfo ${code}`), { code });
    const login = agent.get('https://login.keka.com').intercept({ path: '/connect/token', method: 'POST' });
    if (host === 'login') login.replyWithError(failure).persist();
    else login.reply(200, { access_token: 'good', expires_in: 3600 });
    const pages = agent.get('https://acme.keka.com').intercept({ path: /^\/api\/v1\/time\/attendance/ });
    pages.replyWithError(failure).persist();
    await using client = kekaClientOf({ hosts: createKekaHosts({}) }, { dispatcher: agent });
    await expect(pageNumbersOf(client.readAttendance(march))).rejects.toMatchObject({
      code: expected,
      details: { host: `${host}.keka.com`, ...(tries === undefined ? {} : { tries }) },
    });
    await agent.close();
  });

  it('reaches a company by its own host alone', async () => {
    const agent = new MockAgent({ enableCallHistory: true });
    agent.disableNetConnect();
    const token = { access_token: 'good', expires_in: 3600 };
    agent
      .get('https://login.kekademo.com')
      .intercept({ path: '/connect/token', method: 'POST' })
      .reply(200, token);
    agent
      .get('https://acme.kekademo.com')
      .intercept({ path: /^\/api\/v1\/hris\/employees/ })
      .reply(200, pageOf([{}]));
    const options = { dispatcher: agent, environment: 'kekademo' } as const;
    await using client = kekaClientOf({ hosts: createKekaHosts({}) }, options);
    expect(await pageNumbersOf(client.readEmployees())).toEqual([1]);
    const origins = agent
      .getCallHistory()
      ?.calls()
      .map(({ origin }) => origin);
    expect(origins).toEqual(['https://login.kekademo.com', 'https://acme.kekademo.com']);
    await agent.close();
  });
});
