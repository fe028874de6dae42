import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { createBudgetRegistry } from '../../src/keka/budget-registry.ts';
import {
  attendanceRequests,
  codesOf,
  dumpDays,
  readCoverage,
  type Stage,
  useStages,
} from '../support/case-stage.ts';
import { createTestCompany } from '../support/test-company.ts';

// Group E of the known failures, the limit on requests and the ranges of dates.

const stages = useStages();

const day = '2026-03-11';

/** How many requests to the company's host fell into the fullest minute; refused ones count as well. */
function fullestMinute({ control }: Pick<Stage, 'control'>): number {
  const times = control
    .requests()
    .filter(({ host }) => host === 'tenant')
    .map(({ at }) => Temporal.Instant.from(at).epochMilliseconds);
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 60_000).length));
}

function refusals({ control }: Pick<Stage, 'control'>): number {
  return control.requests().filter(({ status }) => status === 429).length;
}

describe('C45: a quota that is used up', () => {
  it('is waited for, a whole minute without any hint, and every page is read once', async () => {
    const stage = await stages.open({ scenario: 'rate-limit', directory: null });
    const began = stage.clock.now();
    const { run } = await stage.fetch(day);
    expect(run).toMatchObject({ counts: { inserted: 12_000, invalid: 0 }, pages: 60 });
    expect(run.rateLimited).toBeGreaterThan(0);
    expect(began.until(stage.clock.now()).total('seconds')).toBeGreaterThanOrEqual(60);
    const pages = attendanceRequests(stage)
      .filter(({ status }) => status === 200)
      .map(({ page }) => page ?? 0);
    expect(pages.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(await readCoverage(stage)).toEqual({ [day]: 12_000 });
  });

  it.each([
    ['none', 'json'],
    ['seconds', 'empty'],
    ['http-date', 'text'],
    ['absurd', 'json'],
  ] as const)(
    'is waited for with a Retry-After of the kind "%s" and a body of the kind "%s"',
    async (retryAfter, body) => {
      const stage = await stages.open({ scenario: smallScenario(1200, [day]) });
      stage.control.changeRateLimit({ requests: 5, retryAfter, body });
      const { run } = await stage.fetch(day);
      expect(run).toMatchObject({ counts: { inserted: 1200 }, pages: 6 });
      expect(run.rateLimited).toBe(refusals(stage));
      expect(run.rateLimited).toBeGreaterThan(0);
      expect(run.waitedSeconds).toBeGreaterThanOrEqual(30);
    },
  );
});

describe('C47: requests are few, and never more than agreed', () => {
  it('1,200 people of one day take six requests, none of them for a single person', async () => {
    const stage = await stages.open({ scenario: smallScenario(1200, [day]) });
    await stage.fetch(day);
    const asked = attendanceRequests(stage);
    expect(asked).toHaveLength(6);
    for (const { query } of asked) expect(query).not.toHaveProperty('employeeIds');
  });

  it.each(['fixed', 'sliding'] as const)(
    'two companies with one key share one budget (%s window): not one refusal',
    async (window) => {
      const scenario = smallScenario(900, [day]);
      const stage = await stages.open({ scenario, connection: { requestsPerMinute: 8 } });
      const budgets = createBudgetRegistry(stage.clock);
      stage.control.changeRateLimit({ requests: 8, window });
      const companies = await Promise.all(
        [1, 2].map(() =>
          createTestCompany({
            database: stages.database,
            clock: stage.clock,
            sandbox: stage.sandbox,
            credentials: stage.company.credentials,
            connection: { requestsPerMinute: 8 },
            budgets,
          }),
        ),
      );
      const reports = await stage.settle(Promise.all(companies.map((company) => company.fetch(day))));
      expect(reports.map(({ run }) => run.counts.inserted)).toEqual([900, 900]);
      expect(refusals(stage)).toBe(0);
      expect(fullestMinute(stage)).toBeLessThanOrEqual(8);
    },
  );
});

describe('C48: a quota that stays used up', () => {
  it('fails the run with a typed error and leaves the dates untouched', async () => {
    const stage = await stages.open({ scenario: smallScenario(3, ['2026-03-10', day]) });
    await stage.fetch(day);
    const before = await dumpDays(stage);
    stage.control.changeRateLimit({ requests: 0 });
    const { run, problems } = await stage.fetch('2026-03-10', day);
    expect(run).toMatchObject({
      state: 'failed',
      errorCode: 'rate_limited',
      counts: { inserted: 0, unchanged: 0 },
    });
    expect(problems[0]).toMatchObject({
      code: 'rate_limited',
      date: '2026-03-10',
      dateTo: day,
      details: { status: 429, endpoint: '/time/attendance' },
    });
    expect(await dumpDays(stage)).toEqual(before);
    expect(await readCoverage(stage)).toEqual({ [day]: 3 });
    expect((await stage.company.daily('2026-03-10')).dataAsOf).toBeNull();
  });

  it('from the first request on is not read as an empty company', async () => {
    const stage = await stages.open({ scenario: 'rate-limit-always', directory: null });
    const fetched = await stage.fetch(day);
    expect(fetched.run).toMatchObject({ state: 'failed', errorCode: 'rate_limited' });
    expect(codesOf(fetched)).toEqual(['rate_limited']);
    expect(await readCoverage(stage)).toEqual({});
  });
});

describe('C49: the dates of a request', () => {
  it('are sent with every page, as plain dates', async () => {
    const stage = await stages.open({ scenario: smallScenario(405, ['2026-01-31']) });
    stage.control.changeSwitches({ unknownParameters: 'refuse' });
    await stage.fetch('2026-01-01', '2026-01-31');
    const asked = attendanceRequests(stage);
    expect(new Set(asked.map(({ page }) => page))).toEqual(new Set([1, 2, 3]));
    expect(asked).toHaveLength(3);
    for (const { query } of asked) expect(query).toMatchObject({ from: '2026-01-01', to: '2026-01-31' });
    expect(Object.keys(await readCoverage(stage))).toHaveLength(31);
    expect((await stage.company.daily('2026-01-31')).rows).toHaveLength(405);
  });

  it('that come back although they were not asked for are left out and told', async () => {
    const stage = await stages.open({ scenario: 'bad-records', directory: null });
    const { run, problems } = await stage.fetch('2026-03-10');
    expect(run).toMatchObject({ state: 'partial', counts: { invalid: 2 } });
    expect(problems.filter(({ code }) => code === 'date_outside_window')).toMatchObject([
      { employeeNumber: 'X006', date: '2026-01-05' },
    ]);
    expect((await stage.company.daily('2026-01-05')).rows).toEqual([]);
    expect(Object.keys(await readCoverage(stage))).toEqual(['2026-03-10']);
  });
});

describe('C50: long, short and impossible ranges', () => {
  const openLong = () =>
    stages.open({
      scenario: {
        ...smallScenario(0, []),
        tenant: {
          ...smallScenario(0, []).tenant,
          switches: { ageLimit: 'none' },
          clock: { start: '2026-07-02T05:30:00Z' },
        },
        generate: { seed: 11, people: 2, days: 200, manner: 'plain' },
      },
      directory: null,
    });
  const daysBetween = (from: string, to: string) =>
    Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

  it.each([
    ['2026-01-01', '2026-06-30', 3],
    ['2026-01-01', '2026-03-30', 1],
    ['2026-01-01', '2026-03-31', 2],
    ['2026-01-01', '2026-04-01', 2],
    ['2026-06-30', '2026-06-30', 1],
  ])(
    '%s to %s is read in %i parts: every day once, none longer than Keka allows',
    async (from, to, parts) => {
      const stage = await openLong();
      const { run } = await stage.fetch(from, to);
      expect(run).toMatchObject({
        counts: { invalid: 0 },
        chunks: expect.objectContaining({ length: parts }),
      });
      const asked = attendanceRequests(stage).map(
        ({ query }) => [query['from'] ?? '', query['to'] ?? ''] as const,
      );
      expect(asked).toHaveLength(parts);
      expect(asked[0]?.[0]).toBe(from);
      expect(asked.at(-1)?.[1]).toBe(to);
      for (const [index, [start, end]] of asked.entries()) {
        expect(daysBetween(start, end)).toBeLessThan(90);
        if (index > 0) expect(daysBetween(asked[index - 1]?.[1] ?? '', start)).toBe(1);
      }
      expect(Object.keys(await readCoverage(stage))).toHaveLength(daysBetween(from, to) + 1);
    },
  );

  it('a range that Keka finds too long is cut until it serves it', async () => {
    const stage = await openLong();
    stage.control.changeSwitches({ maximumRangeDays: 30 });
    const fetched = await stage.fetch('2026-01-01', '2026-06-30');
    expect(codesOf(fetched)).not.toContain('range_refused');
    expect(fetched.run.counts.inserted).toBe(2 * 181);
    expect(Object.keys(await readCoverage(stage))).toHaveLength(181);
  });

  it('days that are too old for Keka are named; the others are stored', async () => {
    const stage = await stages.open({ scenario: 'range-rules', directory: null });
    const { run, problems } = await stage.fetch('2025-11-01', day);
    expect(run).toMatchObject({ state: 'partial', errorCode: null, counts: { inserted: 3 * 90 } });
    expect(problems.filter(({ code }) => code === 'range_refused')).toMatchObject([
      { date: '2025-11-01', dateTo: '2025-12-11' },
    ]);
    expect(Object.keys(await readCoverage(stage)).at(0)).toBe('2025-12-12');
    expect((await stage.company.daily('2025-12-11')).dataAsOf).toBeNull();
    // Found by halving: a request for each refused day would use up the quota.
    expect(attendanceRequests(stage).length).toBeLessThanOrEqual(16);
  });

  it('an error among them names every date that was not reached, older ones too', async () => {
    const stage = await stages.open({ scenario: 'range-rules', directory: null });
    stage.control.addFault({
      match: { path: '/api/v1/time/attendance', query: { to: '2025-12-15' }, nth: [2, 100] },
      answer: { kind: 'respond', status: 500 },
    });
    const { run, problems } = await stage.fetch('2025-11-01', day);
    expect(run).toMatchObject({ state: 'partial', errorCode: 'server_error' });
    const covered = Object.keys(await readCoverage(stage));
    expect([covered.at(0), covered.at(-1)]).toEqual(['2025-12-16', '2026-01-28']);
    expect(problems.slice(0, 2)).toMatchObject([
      { code: 'server_error', date: '2025-11-01', dateTo: '2025-12-15' },
      { code: 'server_error', date: '2026-01-29', dateTo: day },
    ]);
  });

  it('nothing but days that are too old is a failed run', async () => {
    const stage = await stages.open({ scenario: 'range-rules', directory: null });
    const { run, problems } = await stage.fetch('2025-11-01', '2025-11-30');
    expect(run).toMatchObject({ state: 'failed', counts: { inserted: 0 } });
    expect(problems).toMatchObject([{ code: 'range_refused', date: '2025-11-01', dateTo: '2025-11-30' }]);
  });

  it.each([
    [['--from', '2026-03-11', '--to', '2026-03-10'], '--from: lies after --to'],
    [['--from', '2026-03-11'], '--to: is needed with --from'],
    [['--to', '2026-03-11'], '--from: is needed with --to'],
    [['--date', '2026-02-30'], '--date: must be a date that exists'],
    [['--date', '11.03.2026'], '--date: must be a date that exists'],
    [['--from', '2026-03-10', '--to', '2026-04-01'], '--to: lies in the future'],
    [['--date', '2026-03-11', '--from', '2026-03-11'], '--date: cannot be given together'],
  ])('%j is refused before any request, and makes no run', async (options, reason) => {
    const stage = await stages.open({ scenario: smallScenario(1, [day]) });
    const spoken = await stage.run('fetch', ...options);
    expect(spoken.code).toBe(2);
    expect(spoken.told).toContain(reason);
    expect(stage.control.requests()).toEqual([]);
    expect(JSON.parse((await stage.run('runs', 'list', '--json')).out)).toEqual([]);
  });
});
