import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../sandbox/scenario/fault-schema.ts';
import { record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { testConnection } from '../../src/connections/test-connection.ts';
import {
  attendanceRequests,
  codesOf,
  dumpDays,
  readCoverage,
  type Stage,
  type StageOptions,
  tokenRequests,
  useStages,
} from '../support/case-stage.ts';

// Group F of the known failures: authentication, and answers that only look like success.

const stages = useStages();

const attendance = '/api/v1/time/attendance';
const day = '2026-03-11';

async function openRead(options: Partial<StageOptions> = {}): Promise<Stage> {
  const stage = await stages.open({ scenario: smallScenario(3, [day]), ...options });
  await stage.fetch(day);
  stage.control.upsertAttendance([record(2, day, { lastOutOfTheDay: null })]);
  stage.control.reset();
  return stage;
}

async function probe(stage: Stage) {
  const client = await stage.company.client();
  try {
    const connection = await stage.company.connection();
    const { signal } = new AbortController();
    return await stage.settle(testConnection(stage.company.context, { connection, client, signal }));
  } finally {
    await client.close();
  }
}

describe('C52: secrets with characters that a form gives a meaning to', () => {
  it('arrive as they are', async () => {
    const stage = await stages.open({ scenario: 'credentials', directory: null });
    expect(stage.company.credentials).toMatchObject({ clientSecret: 'p&q=r', apiKey: 'ab+c/d==' });
    const { run } = await stage.fetch(day);
    expect(run).toMatchObject({ errorCode: null, counts: { inserted: 25 } });
    expect(tokenRequests(stage)).toMatchObject([{ status: 200, key: 'main' }]);
  });

  it.each([
    ['spaces and percent signs', 'client id 100%', ' 100% +&=?# ', 'key%2Bwith spaces'],
    ['letters beyond Latin', 'client-ü', 'प्रिया', 'schlüssel=='],
  ])('also when they hold %s', async (_, clientId, clientSecret, apiKey) => {
    const credentials = { clientId, clientSecret: clientSecret.trim(), apiKey };
    const scenario = smallScenario(1, [day], { tenantChanges: { keys: [{ name: 'main', ...credentials }] } });
    const stage = await stages.open({ scenario });
    expect((await stage.fetch(day)).run.counts).toMatchObject({ inserted: 1 });
  });

  it.each([
    ['an expired key', { apiKey: 'ZXhwaXJlZC1rZXk=' }, 'key_expired'],
    ['a revoked key', { apiKey: 'cmV2b2tlZC1rZXk=' }, 'key_expired'],
    ['a key that never was', { apiKey: 'bmV2ZXItd2Fz' }, 'key_expired'],
    ['a wrong secret', { clientSecret: 'p%26q%3Dr' }, 'credentials_refused'],
    ['a wrong client', { clientId: 'another-client' }, 'credentials_refused'],
  ])('%s ends the run after one request, with its own reason', async (_, wrong, code) => {
    const good = { clientId: 'client-id-of-acme', clientSecret: 'p&q=r', apiKey: 'ab+c/d==' };
    const stage = await stages.open({
      scenario: 'credentials',
      directory: null,
      credentials: { ...good, ...wrong },
    });
    for (const credentialErrorStatus of [400, 401] as const) {
      stage.control.reset();
      stage.control.changeSwitches({ credentialErrorStatus });
      const { run, problems } = await stage.fetch(day);
      expect(run).toMatchObject({ state: 'failed', errorCode: code, counts: { inserted: 0 } });
      expect(problems).toMatchObject([{ code, date: day }]);
      expect(stage.control.requests()).toMatchObject([{ host: 'login', status: credentialErrorStatus }]);
    }
    expect(await readCoverage(stage)).toEqual({});
  });
});

describe('C53, C57: the test of a connection', () => {
  it('tells a good connection, with the host and what it saw', async () => {
    const stage = await stages.open({ scenario: smallScenario(3, [day]) });
    const { passed, host, steps } = await probe(stage);
    expect({ passed, host }).toEqual({ passed: true, host: 'acme.keka.com' });
    expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['name', 'passed'],
      ['sign_in', 'passed'],
      ['attendance', 'passed'],
      ['employees', 'passed'],
      ['matching', 'warned'],
    ]);
    expect(steps[2]?.message).toBe(`3 records of ${day} can be read from acme.keka.com.`);
    expect(await readCoverage(stage)).toEqual({});
  });

  it('asks for the token at the login host alone, with the one grant that Keka knows', async () => {
    const stage = await stages.open({ scenario: smallScenario(3, [day]) });
    await probe(stage);
    await stage.fetch(day);
    const requests = stage.control.requests();
    expect(
      requests.filter(({ path }) => path.endsWith('/connect/token')).every(({ host }) => host === 'login'),
    ).toBe(true);
    expect(
      tokenRequests(stage).map(({ status, method, authorization }) => [status, method, authorization]),
    ).toEqual([
      [200, 'POST', 'absent'],
      [200, 'POST', 'absent'],
    ]);
    expect(
      requests.every(({ path }) =>
        /^\/(?:connect\/token|api\/v1\/(?:time\/attendance|hris\/employees))$/.test(path),
      ),
    ).toBe(true);
    expect(requests.every(({ method, host }) => method === (host === 'login' ? 'POST' : 'GET'))).toBe(true);
  });

  it.each([
    [
      'a token that is refused',
      { credentials: { clientId: 'c', clientSecret: 's', apiKey: 'k' } },
      'sign_in',
      'credentials_refused',
    ],
    ['a company that does not exist', { subdomain: 'nobody' }, 'attendance', 'company_not_found'],
  ] as const)('tells %s', async (_, options, step, code) => {
    const stage = await stages.open({ scenario: smallScenario(3, [day]), ...options });
    const { passed, steps } = await probe(stage);
    expect(passed).toBe(false);
    expect(steps.find(({ name }) => name === step)).toMatchObject({
      outcome: 'failed',
      code,
      whatToDo: expect.stringMatching(/\w/),
      page: `docs/problems/${code}.md`,
    });
  });

  it('tells that a key may read employees but not attendance', async () => {
    const stage = await stages.open({ scenario: 'privilege-missing', directory: null });
    const { passed, steps } = await probe(stage);
    expect(passed).toBe(false);
    expect(steps.map(({ name, outcome, code }) => [name, outcome, code])).toEqual([
      ['name', 'passed', null],
      ['sign_in', 'passed', null],
      ['attendance', 'failed', 'privilege_missing'],
      ['employees', 'passed', null],
    ]);
    expect(steps[2]?.message).toContain('"Mark Attendance"');
    expect(steps[2]?.message).toContain('/time/attendance');
  });

  it('tells that a key may read attendance but not employees, which is enough to fetch', async () => {
    const stage = await stages.open({ scenario: smallScenario(3, [day]) });
    stage.control.changeKey('main', { privileges: ['attendance'] });
    const { passed, steps } = await probe(stage);
    expect(passed).toBe(true);
    expect(steps.find(({ name }) => name === 'employees')).toMatchObject({
      outcome: 'warned',
      code: 'privilege_missing',
    });
  });

  it('is also a command, with an exit code', async () => {
    const stage = await stages.open({ scenario: 'privilege-missing', directory: null });
    const spoken = await stage.run('connections', 'test');
    expect(spoken.code).toBe(1);
    expect(spoken.out).toMatch(/✓ Sign-in.*\n✗ Attendance: .*Mark Attendance/);
  });
});

describe('C54: the User-Agent', () => {
  it('is on every request, to both hosts, and names the product', async () => {
    const stage = await stages.open({ scenario: 'user-agent', directory: null });
    const { run } = await stage.fetch(day);
    expect(run).toMatchObject({ errorCode: null, counts: { inserted: 25 } });
    const agents = stage.control.requests().map(({ host, userAgent }) => `${host}: ${userAgent}`);
    expect(new Set(agents)).toEqual(
      new Set(['login', 'tenant'].map((host) => `${host}: Hajiri/0.1 (self-hosted attendance reports)`)),
    );
  });

  it.each(['login', 'tenant'] as const)(
    'when the %s host refuses it with a web page, does not blame the key',
    async (host) => {
      const stage = await openRead();
      const before = await dumpDays(stage);
      stage.control.addFault({
        match: { host },
        answer: { kind: 'respond', status: 403, body: '<html><body>Request blocked</body></html>' },
      });
      const { run } = await stage.fetch(day);
      expect(run).toMatchObject({ state: 'failed', errorCode: 'not_json' });
      expect(await dumpDays(stage)).toEqual(before);
    },
  );
});

describe('C55: a token that dies in the middle of a run', () => {
  it('is renewed once, the page repeated, and every record stored once', async () => {
    const stage = await stages.open({ scenario: 'token-dies', directory: null });
    const { run } = await stage.fetch(day);
    expect(run).toMatchObject({ errorCode: null, counts: { inserted: 1500, invalid: 0 }, pages: 8 });
    expect(tokenRequests(stage)).toHaveLength(2);
    const good = attendanceRequests(stage).filter(({ status }) => status === 200);
    expect(new Set(good.map(({ page }) => page)).size).toBe(8);
    expect(good).toHaveLength(8);
  });

  it('and whose successor is refused too ends the run after exactly one renewal', async () => {
    const stage = await stages.open({ scenario: 'token-dies-again', directory: null });
    const { run, problems } = await stage.fetch(day);
    expect(run).toMatchObject({ state: 'failed', errorCode: 'credentials_refused', counts: { inserted: 0 } });
    expect(run.errorMessage).toContain('page 7');
    expect(problems[0]).toMatchObject({ code: 'credentials_refused', details: { page: 7, status: 401 } });
    expect(tokenRequests(stage)).toHaveLength(2);
    expect(attendanceRequests(stage).filter(({ page }) => page === 7)).toHaveLength(2);
    expect(await dumpDays(stage)).toEqual([]);
  });

  it.each(['empty', 'envelope', 'html'] as const)(
    'whatever the body of the refusal is: %s',
    async (unauthorisedBody) => {
      const stage = await stages.open({ scenario: smallScenario(405, [day]) });
      stage.control.changeSwitches({ unauthorisedBody });
      stage.control.addFault({
        match: { path: attendance, page: 3 },
        times: 1,
        answer: { kind: 'revoke-token' },
      });
      expect((await stage.fetch(day)).run).toMatchObject({ counts: { inserted: 405 }, pages: 3 });
      expect(tokenRequests(stage)).toHaveLength(2);
    },
  );

  it('by its age is renewed before Keka refuses it', async () => {
    const stage = await stages.open({ scenario: smallScenario(1200, [day]) });
    stage.control.changeSwitches({ tokenSeconds: 90 });
    // The quota makes the run last some minutes.
    stage.control.changeRateLimit({ requests: 3 });
    const { run } = await stage.fetch(day);
    expect(run.counts).toMatchObject({ inserted: 1200 });
    expect(tokenRequests(stage).length).toBeGreaterThan(1);
    expect(stage.control.requests().filter(({ status }) => status === 401)).toEqual([]);
  });
});

describe('C57: a privilege that is missing', () => {
  it.each(['json-string', 'text'] as const)(
    'fails the run and leaves the rows as they were (%s)',
    async (forbiddenBody) => {
      const stage = await openRead();
      const before = await dumpDays(stage);
      stage.control.changeSwitches({ forbiddenBody });
      stage.control.changeKey('main', { privileges: ['employees'] });
      const { run, problems } = await stage.fetch(day);
      expect(run).toMatchObject({
        state: 'failed',
        errorCode: 'privilege_missing',
        counts: { unchanged: 0 },
      });
      expect(problems[0]).toMatchObject({
        code: 'privilege_missing',
        details: { privilege: 'Mark Attendance', endpoint: '/time/attendance', status: 403 },
      });
      expect(problems[0]?.whatToDo).toContain('Mark Attendance');
      expect(await dumpDays(stage)).toEqual(before);
    },
  );

  it('makes nobody absent in a company that has never been read', async () => {
    const directory = 'employee_id,first_name,last_name\nE1,Asha,Rao';
    const stage = await stages.open({ scenario: 'privilege-missing', directory });
    await stage.fetch(day);
    const { rows, dataAsOf } = await stage.company.daily(day);
    expect(dataAsOf).toBeNull();
    expect(rows.map(({ status }) => status)).toEqual(['not_linked']);
  });

  it('as a part that the plan lacks (404) is no empty answer either', async () => {
    const stage = await openRead();
    const before = await dumpDays(stage);
    stage.control.addFault({
      match: { path: attendance },
      answer: { kind: 'respond', status: 404, body: '<html></html>' },
    });
    const { run } = await stage.fetch(day);
    expect(run.state).toBe('failed');
    expect(['privilege_missing', 'company_not_found']).toContain(run.errorCode);
    expect(await dumpDays(stage)).toEqual(before);
  });
});

describe('C58: status 200 that is no success', () => {
  const canary = 'internal-detail-4711';
  const envelope = { succeeded: true, message: null, errors: null, data: [], pageNumber: 1, pageSize: 200 };

  const answers: readonly (readonly [string, FaultInput['answer'], string])[] = [
    [
      'says that it failed',
      { kind: 'respond', status: 200, body: { succeeded: false, errors: ['x'], data: null } },
      'said_failed',
    ],
    [
      'says that it failed, without a reason',
      { kind: 'respond', status: 200, body: { succeeded: false } },
      'said_failed',
    ],
    ['is a web page', { kind: 'respond', status: 200, body: `<html><b>${canary}</b></html>` }, 'not_json'],
    ['is text', { kind: 'respond', status: 200, body: `We are back soon, ${canary}` }, 'not_json'],
    ['is empty', { kind: 'respond', status: 200, body: '' }, 'not_json'],
    ['has no body at all', { kind: 'respond', status: 200 }, 'not_json'],
    ['is JSON that ends too early', { kind: 'truncate', bytes: 600 }, 'not_json'],
    ['is a transfer that breaks off', { kind: 'truncate', bytes: 600, announced: 'full' }, 'network_refused'],
    [
      'announces 80 records and has none',
      { kind: 'edit', set: { data: null, totalRecords: 80 } },
      'malformed_page',
    ],
    [
      'has an empty list and announces 80',
      { kind: 'edit', set: { data: [], totalRecords: 80 } },
      'malformed_page',
    ],
    ['has an object for a list', { kind: 'edit', set: { data: { [canary]: 1 } } }, 'malformed_page'],
    ['has no totals', { kind: 'edit', set: { totalRecords: null, totalPages: null } }, 'malformed_page'],
    ['is another page than was asked for', { kind: 'edit', set: { pageNumber: 7 } }, 'malformed_page'],
    [
      'does not say whether it succeeded',
      { kind: 'respond', status: 200, body: { ...envelope, succeeded: null } },
      'malformed_page',
    ],
    ['is null', { kind: 'respond', status: 200, body: null }, 'malformed_page'],
    ['is a list', { kind: 'respond', status: 200, body: [{ secret: canary }] }, 'malformed_page'],
    ['is a redirect to elsewhere', { kind: 'redirect', status: 302 }, 'redirect_refused'],
  ];
  it.each(answers)(
    'an answer that %s fails the run with a readable reason and changes nothing',
    async (_, answer, code) => {
      const stage = await openRead();
      const before = await dumpDays(stage);
      stage.control.addFault({ match: { path: attendance }, answer });
      const fetched = await stage.fetch(day);
      expect(fetched.run).toMatchObject({
        state: 'failed',
        errorCode: code,
        counts: { changed: 0, unchanged: 0 },
      });
      expect(codesOf(fetched)).toContain(code);
      expect(fetched.run.errorMessage).toMatch(/^[^{}<>]+$/);
      expect(JSON.stringify(fetched)).not.toContain(canary);
      expect(await dumpDays(stage)).toEqual(before);
      expect(stage.control.requests().some(({ host }) => host === 'elsewhere')).toBe(false);
    },
  );

  it.each(['not-success', 'maintenance-page', 'data-null'])(
    'the scenario "%s" on the first run stores nothing',
    async (scenario) => {
      const stage = await stages.open({ scenario, directory: null });
      const { run } = await stage.fetch(day);
      expect(run).toMatchObject({ state: 'failed', counts: { inserted: 0 } });
      expect(run.errorMessage).toMatch(/^[^{}]+$/);
      expect(await readCoverage(stage)).toEqual({});
      expect((await stage.company.daily(day)).dataAsOf).toBeNull();
    },
  );

  it('of the list of employees costs the names, not the attendance', async () => {
    const stage = await openRead();
    stage.clock.advance({ hours: 24 });
    stage.control.addFault({
      match: { path: '/api/v1/hris/employees' },
      answer: { kind: 'respond', status: 200, body: '<html>' },
    });
    const { run, problems } = await stage.fetch(day);
    expect(run).toMatchObject({ state: 'partial', errorCode: null, counts: { changed: 1, unchanged: 2 } });
    expect(problems[0]).toMatchObject({ code: 'not_json', details: { list: 'employees' } });
    expect(await stage.company.row(day, 'E1')).toMatchObject({ name: 'Asha Rao 1' });
  });
});
