import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../sandbox/scenario/fault-schema.ts';
import type { Scenario } from '../sandbox/scenario/parse-scenario.ts';
import type { RateLimitChanges, SwitchChanges } from '../sandbox/scenario/switches.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import {
  credentials,
  guid,
  record,
  smallScenario,
  smallScenarioStart,
} from '../sandbox/testing/small-scenario.ts';
import { parseAttendanceRecord } from '../src/keka/attendance-record.ts';
import { parseEmployeeRecord } from '../src/keka/employee-record.ts';
import type { KekaClient } from '../src/keka/keka-client.ts';
import { createKekaHosts } from '../src/keka/keka-hosts.ts';
import { createRequestBudget } from '../src/keka/request-budget.ts';
import { advanceWhenQuiet } from './support/advance-when-quiet.ts';
import { FakeClock } from './support/fake-clock.ts';
import { kekaClientOf, subdomain } from './support/keka-client-of.ts';

// The client against the sandbox, which knows Keka only from its documentation and from what others saw live.

const day = Temporal.PlainDate.from('2026-03-11');
const yesterday = { from: day, to: day };

async function open(
  scenario: Scenario,
  options: { clock?: FakeClock; limits?: Record<string, number>; company?: string } & {
    [Name in keyof typeof credentials]?: string;
  } = {},
) {
  const {
    clock = new FakeClock(smallScenarioStart, { autoAdvance: true }),
    limits = {},
    company = 'acme',
    ...given
  } = options;
  const sandbox = await startSandbox({ scenario, clock });
  const hosts = createKekaHosts({
    loginUrl: sandbox.loginOrigin,
    tenantUrl: sandbox.tenantOrigin('company').replace('company', '{subdomain}'),
  });
  const client = kekaClientOf(
    { hosts },
    { clock, limits, credentials: { ...credentials, ...given }, subdomain: subdomain(company) },
  );
  return {
    sandbox,
    hosts,
    client,
    clock,
    async [Symbol.asyncDispose]() {
      await client.close();
      await sandbox.close();
    },
  };
}

async function employeeNumbers(client: KekaClient, window = yesterday, pageSize = 100): Promise<string[]> {
  const numbers: string[] = [];
  for await (const { records } of client.readAttendance(window, { pageSize })) {
    for (const raw of records) {
      const parsed = parseAttendanceRecord(raw);
      if (!parsed.ok) throw new Error(`${parsed.field} ${parsed.reason}`);
      numbers.push(parsed.record.employeeNumber ?? '');
    }
  }
  return numbers.sort();
}

function people(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `E${index + 1}`).sort();
}

describe('a whole read', () => {
  it('brings all of 250 people, over three pages', async () => {
    await using keka = await open(smallScenario(250, ['2026-03-11']));
    expect(await employeeNumbers(keka.client)).toEqual(people(250));
    expect(keka.client.usage()).toMatchObject({ requests: 3, tokenRequests: 1, retries: 0 });
  });

  it('only ever reads, from the two hosts, with both dates and the product in the header', async () => {
    await using keka = await open(smallScenario(250, ['2026-03-11']));
    await employeeNumbers(keka.client);
    const log = keka.sandbox.control.requests();
    expect(log.map(({ host, method }) => `${method} ${host}`)).toEqual([
      'POST login',
      'GET tenant',
      'GET tenant',
      'GET tenant',
    ]);
    for (const { host, query, userAgent } of log) {
      expect(userAgent).toMatch(/^Hajiri\//);
      if (host === 'tenant') expect(query).toMatchObject({ from: '2026-03-11', to: '2026-03-11' });
    }
  });

  it('of a generated company leaves no record that the parsers refuse, apart from those made to be refused', async () => {
    const tenant = smallScenario(0, []).tenant;
    const generate = { seed: 7, people: 120, days: 30, manner: 'lifelike' } as const;
    await using keka = await open({ tenant, generate });
    const window = { from: Temporal.PlainDate.from('2026-02-11'), to: day };
    const attendance = (await Array.fromAsync(keka.client.readAttendance(window))).flatMap(
      ({ records }) => records,
    );
    const employees = (await Array.fromAsync(keka.client.readEmployees())).flatMap(({ records }) => records);
    const refused = [...attendance.map(parseAttendanceRecord), ...employees.map(parseEmployeeRecord)].filter(
      (parsed) => !parsed.ok,
    );
    expect(refused).toEqual([]);
    expect(attendance.length).toBeGreaterThan(2000);
    expect(employees.length).toBeGreaterThanOrEqual(120);
  });

  const switches: SwitchChanges[] = [
    { links: 'null' },
    { links: 'missing' },
    { links: 'relative' },
    { links: 'other-host', linkFilters: 'dropped' },
    { recordOrder: 'by-person' },
    { unknownParameters: 'refuse' },
    { numbers: 'strings' },
    { leaveDayStatus: 'zero' },
    {
      leaveDayStatus: 'removed',
      overtimeFields: 'removed',
      premiseName: 'removed',
      locationAddress: 'removed',
    },
    { premiseName: 'null', locationAddress: 'null' },
    { tokenSeconds: 1 },
    { maximumRangeDays: 1 },
  ];
  it.each(switches)('is the same with %j', async (changes) => {
    await using keka = await open(smallScenario(25, ['2026-03-11']));
    keka.sandbox.control.changeSwitches(changes);
    expect(await employeeNumbers(keka.client, yesterday, 10)).toEqual(people(25));
    expect(keka.sandbox.control.requests().filter(({ host }) => host === 'elsewhere')).toEqual([]);
  });

  it.each<SwitchChanges>([
    { emptyData: 'array', emptyTotalPages: 0 },
    { emptyData: 'array', emptyTotalPages: 1 },
    { emptyData: 'null', emptyTotalPages: 0 },
    { emptyData: 'null', emptyTotalPages: 1 },
  ])('of a day without records is one empty page with %j', async (changes) => {
    await using keka = await open(smallScenario(3, []));
    keka.sandbox.control.changeSwitches(changes);
    const pages = await Array.fromAsync(keka.client.readAttendance(yesterday));
    expect(pages).toMatchObject([{ totalRecords: 0, totalPages: 1, records: [] }]);
  });

  it('of employees can be narrowed to those changed since a moment', async () => {
    await using keka = await open(smallScenario(3, []));
    keka.sandbox.control.upsertEmployees([{ id: guid(2), displayName: 'Asha Iyer', employeeNumber: 'E2' }]);
    const lastModified = Temporal.Instant.from(smallScenarioStart).subtract({ hours: 1 });
    const pages = await Array.fromAsync(keka.client.readEmployees({ lastModified }));
    expect(pages.flatMap(({ records }) => records)).toMatchObject([{ displayName: 'Asha Iyer' }]);
  });
});

describe('the limit of requests', () => {
  const limits: RateLimitChanges[] = [
    { window: 'fixed' },
    { window: 'sliding' },
    { window: 'sliding', scope: 'key' },
    { window: 'fixed', scope: 'endpoint' },
  ];
  it.each(limits)('is never met by a read of 150 pages with %j', async (limit) => {
    const clock = new FakeClock(smallScenarioStart);
    await using keka = await open(smallScenario(150, ['2026-03-11']), { clock });
    keka.sandbox.control.changeRateLimit({ requests: 50, ...limit });
    const budget = createRequestBudget({ requestsPerMinute: 50, clock });
    await using client = kekaClientOf({ hosts: keka.hosts }, { clock, credentials, budget });
    // Nothing is under way: all that was sent has been answered, and somebody waits for the clock.
    const isQuiet = (): boolean => {
      const answered = keka.sandbox.control
        .requests()
        .filter(({ host, status }) => host === 'tenant' && status !== null);
      return answered.length === client.usage().requests && clock.sleeping > 0;
    };
    const reading = employeeNumbers(client, yesterday, 1);
    expect(await advanceWhenQuiet(clock, reading, isQuiet)).toEqual(people(150));
    expect(client.usage()).toMatchObject({ requests: 150, rateLimited: 0, retries: 0 });
    expect(clock.now().since(smallScenarioStart).total('seconds')).toBeLessThan(123);
  });

  const refusals: RateLimitChanges[] = [
    { body: 'json', retryAfter: 'none' },
    { body: 'empty', retryAfter: 'seconds' },
    { body: 'text', retryAfter: 'http-date' },
    { body: 'json', retryAfter: 'absurd', window: 'sliding' },
  ];
  it.each(refusals)('is survived when somebody else has used it up, with %j', async (limit) => {
    await using keka = await open(smallScenario(25, ['2026-03-11']));
    keka.sandbox.control.changeRateLimit({ requests: 2, ...limit });
    expect(await employeeNumbers(keka.client, yesterday, 10)).toEqual(people(25));
    expect(keka.client.usage().rateLimited).toBeGreaterThan(0);
  });
});

describe('a token', () => {
  it('that is revoked in the middle costs no record', async () => {
    await using keka = await open(smallScenario(120, ['2026-03-11']));
    keka.sandbox.control.addFault({ match: { page: 7 }, times: 1, answer: { kind: 'revoke-token' } });
    expect(await employeeNumbers(keka.client, yesterday, 10)).toEqual(people(120));
    expect(keka.client.usage().tokenRequests).toBe(2);
  });

  it('that is refused again ends the read', async () => {
    await using keka = await open(smallScenario(30, ['2026-03-11']));
    keka.sandbox.control.addFault({ match: { host: 'tenant', page: 2 }, answer: { kind: 'revoke-token' } });
    await expect(employeeNumbers(keka.client, yesterday, 10)).rejects.toMatchObject({
      code: 'credentials_refused',
    });
  });

  it.each([400, 401] as const)(
    'is refused with %i for what a person has to mend',
    async (credentialErrorStatus) => {
      const scenario = smallScenario(1, []);
      const changes = { credentialErrorStatus, credentialErrorDescription: 'present' } as const;
      await using wrongSecret = await open(scenario, { clientSecret: 'p q=r' });
      wrongSecret.sandbox.control.changeSwitches(changes);
      await expect(wrongSecret.client.requestToken()).rejects.toMatchObject({ code: 'credentials_refused' });
      await using wrongKey = await open(scenario, { apiKey: 'ab c/d==' });
      wrongKey.sandbox.control.changeSwitches(changes);
      await expect(wrongKey.client.requestToken()).rejects.toMatchObject({ code: 'key_expired' });
      await using revoked = await open(scenario);
      revoked.sandbox.control.changeKey('main', { revoked: true });
      await expect(revoked.client.requestToken()).rejects.toMatchObject({ code: 'key_expired' });
    },
  );
});

describe('a refusal', () => {
  it.each(['json-string', 'text'] as const)(
    'for a missing privilege names it, as %s',
    async (forbiddenBody) => {
      await using keka = await open(smallScenario(3, ['2026-03-11']));
      keka.sandbox.control.changeSwitches({ forbiddenBody });
      keka.sandbox.control.changeKey('main', { privileges: ['employees'] });
      await expect(employeeNumbers(keka.client)).rejects.toMatchObject({
        code: 'privilege_missing',
        details: { privilege: 'Mark Attendance' },
      });
      expect(await Array.fromAsync(keka.client.readEmployees())).toHaveLength(1);
    },
  );

  it('of an unknown company is told apart', async () => {
    await using keka = await open(smallScenario(1, []), { company: 'nobody' });
    await expect(employeeNumbers(keka.client)).rejects.toMatchObject({ code: 'company_not_found' });
  });

  it.each(['list', 'map'] as const)(
    'of old dates and long ranges is told apart, with errors as %s',
    async (errorsShape) => {
      await using keka = await open(smallScenario(1, []));
      keka.sandbox.control.changeSwitches({ errorsShape });
      const old = Temporal.PlainDate.from('2025-10-01');
      await expect(employeeNumbers(keka.client, { from: old, to: old })).rejects.toMatchObject({
        code: 'range_refused',
      });
      const long = { from: Temporal.PlainDate.from('2025-12-01'), to: day };
      await expect(employeeNumbers(keka.client, long)).rejects.toMatchObject({ code: 'range_refused' });
    },
  );
});

describe('a fault', () => {
  const passing: FaultInput['answer'][] = [
    { kind: 'reset' },
    { kind: 'truncate', bytes: 40, announced: 'cut' },
    { kind: 'truncate', bytes: 40, announced: 'full' },
    { kind: 'respond', status: 500 },
    { kind: 'respond', status: 502, body: '<html>Bad Gateway</html>' },
    { kind: 'respond', status: 503 },
    { kind: 'drip', chunkBytes: 500, pauseMilliseconds: 5 },
    { kind: 'edit', set: { totalPages: 9 } },
  ];
  it.each(passing)('that passes costs no record: $kind $status $announced', async (answer) => {
    await using keka = await open(smallScenario(30, ['2026-03-11']));
    keka.sandbox.control.addFault({ match: { host: 'tenant', page: 2 }, times: 1, answer });
    expect(await employeeNumbers(keka.client, yesterday, 10)).toEqual(people(30));
  });

  const lasting: [FaultInput['answer'], string][] = [
    [{ kind: 'respond', status: 500 }, 'server_error'],
    [{ kind: 'respond', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'not_json'],
    [{ kind: 'respond', status: 200 }, 'not_json'],
    [{ kind: 'respond', status: 200, body: { succeeded: false, errors: ['x'], data: null } }, 'said_failed'],
    [{ kind: 'truncate', bytes: 40, announced: 'cut' }, 'not_json'],
    [{ kind: 'truncate', bytes: 40, announced: 'full' }, 'network_refused'],
    [{ kind: 'reset' }, 'network_refused'],
    [{ kind: 'redirect' }, 'redirect_refused'],
    [{ kind: 'flood', bytes: 200_000 }, 'response_too_large'],
    [{ kind: 'edit', set: { data: null } }, 'malformed_page'],
    [{ kind: 'edit', set: { pageNumber: 1 } }, 'malformed_page'],
    [{ kind: 'edit', set: { totalPages: 70 } }, 'page_limit'],
  ];
  it.each(lasting)('that lasts ends the read: %j is %s', async (answer, code) => {
    await using keka = await open(smallScenario(30, ['2026-03-11']), {
      limits: { responseBytes: 100_000, pages: 60 },
    });
    keka.sandbox.control.addFault({ match: { host: 'tenant', page: 2 }, answer });
    await expect(employeeNumbers(keka.client, yesterday, 10)).rejects.toMatchObject({ code });
    expect(keka.sandbox.control.requests().filter(({ host }) => host === 'elsewhere')).toEqual([]);
  });

  it('of an answer that never comes ends with network_timeout', async () => {
    const limits = { requestMilliseconds: 40, tries: 2 };
    await using keka = await open(smallScenario(30, ['2026-03-11']), { limits });
    keka.sandbox.control.addFault({ match: { host: 'tenant', page: 2 }, answer: { kind: 'hang' } });
    await expect(employeeNumbers(keka.client, yesterday, 10)).rejects.toMatchObject({
      code: 'network_timeout',
    });
  });

  it('of the login host is no fault of the credentials', async () => {
    await using keka = await open(smallScenario(1, []));
    keka.sandbox.control.addFault({ match: { host: 'login' }, answer: { kind: 'respond', status: 503 } });
    await expect(keka.client.requestToken()).rejects.toMatchObject({ code: 'server_error' });
  });

  it('of one record leaves the others readable', async () => {
    await using keka = await open(smallScenario(3, ['2026-03-11']));
    keka.sandbox.control.upsertAttendance([record(2, '2026-03-11', { totalGrossHours: 'nine' })]);
    const pages = await Array.fromAsync(keka.client.readAttendance(yesterday));
    const parsed = pages.flatMap(({ records }) => records).map(parseAttendanceRecord);
    expect(parsed.filter(({ ok }) => ok)).toHaveLength(2);
    expect(parsed.find(({ ok }) => !ok)).toMatchObject({
      field: 'totalGrossHours',
      hint: { employeeNumber: 'E2', date: '2026-03-11' },
    });
  });
});
