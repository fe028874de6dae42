import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../sandbox/scenario/fault-schema.ts';
import { guid, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import {
  attendanceRequests,
  codesOf,
  dumpDays,
  readCoverage,
  type Stage,
  useStages,
} from '../support/case-stage.ts';

// Group E of the known failures, the pages: nothing that is missing may look like absence.

const stages = useStages();

const attendance = '/api/v1/time/attendance';
const day = '2026-03-11';

/** More people than two pages hold; they are in no directory, which is not what these tests are about. */
const people = 405;

async function openRead(): Promise<Stage> {
  const stage = await stages.open({ scenario: smallScenario(people, [day]) });
  await stage.fetch(day);
  // Something to store, so that a chunk that is wrongly committed shows.
  stage.control.upsertAttendance([
    record(3, day, { lastOutOfTheDay: null }),
    record(people - 1, day, { lastOutOfTheDay: null }),
  ]);
  stage.control.reset();
  return stage;
}

function pagesOf(stage: Stage): readonly (number | null)[] {
  return attendanceRequests(stage)
    .filter(({ status }) => status === 200)
    .map(({ page }) => page)
    .sort((a, b) => (a ?? 0) - (b ?? 0));
}

describe('C40: all pages are read, whatever the links say', () => {
  it.each([
    ['absolute links', {}],
    ['no links', { links: 'null' }],
    ['links left out', { links: 'missing' }],
    ['relative links', { links: 'relative' }],
    ['links to another host', { links: 'other-host' }],
    ['numbers as text', { numbers: 'strings' }],
    ['records by person', { recordOrder: 'by-person' }],
  ] as const)('with %s', async (_, switches) => {
    const stage = await stages.open({ scenario: 'paging-250' });
    stage.control.changeSwitches(switches);
    const { run } = await stage.fetch(day);
    expect(run.counts).toMatchObject({ inserted: 250, invalid: 0 });
    expect(run.chunks).toMatchObject([
      { state: 'committed', announced: 250, received: 250, pages: 2, attempts: 1 },
    ]);
    expect(pagesOf(stage)).toEqual([1, 2]);
    expect((await stage.company.daily(day)).rows).toHaveLength(250);
    expect(stage.control.requests().some(({ host }) => host === 'elsewhere')).toBe(false);
  });

  it.each([
    ['more', 260],
    ['fewer', 240],
  ])('a total of %s records than came stores nothing and concludes nothing', async (_, totalRecords) => {
    const directory = 'employee_id,first_name,last_name\nE1,Asha,Rao';
    const stage = await stages.open({ scenario: smallScenario(250, ['2026-03-10', day]), directory });
    await stage.fetch('2026-03-10');
    stage.control.addFault({ match: { path: attendance }, answer: { kind: 'edit', set: { totalRecords } } });
    const fetched = await stage.fetch(day);
    expect(fetched.run).toMatchObject({ state: 'partial', counts: { inserted: 0 } });
    expect(fetched.run.chunks).toMatchObject([{ state: 'unverified', attempts: 2, received: 250 }]);
    expect(fetched.problems).toMatchObject([
      { code: 'totals_disagree', date: day, details: { expected: totalRecords, actual: 250 } },
    ]);
    expect(await stage.company.row(day, 'E1')).toMatchObject({ status: 'not_read_yet' });
    expect(await readCoverage(stage)).toEqual({ '2026-03-10': 250 });
  });

  it('records that are left out of a page are missed', async () => {
    const stage = await openRead();
    const before = await dumpDays(stage);
    stage.control.addFault({
      match: { path: attendance, page: 2 },
      answer: { kind: 'edit', dropRecords: [0, 7] },
    });
    const fetched = await stage.fetch(day);
    expect(fetched.problems[0]).toMatchObject({
      code: 'totals_disagree',
      details: { expected: people, actual: people - 2 },
    });
    expect(await dumpDays(stage)).toEqual(before);
  });
});

describe('C41: many pages', () => {
  it('are all read: sixty of them', async () => {
    const stage = await stages.open({ scenario: 'paging-many', directory: null });
    const { run } = await stage.fetch(day);
    expect(run.counts).toMatchObject({ inserted: 12_000, invalid: 0 });
    expect(run.pages).toBe(60);
    expect(await readCoverage(stage)).toEqual({ [day]: 12_000 });
  });

  it('beyond the limit fail the run and store nothing of the window', async () => {
    const stage = await stages.open({
      scenario: smallScenario(people, ['2026-03-10', day]),
      limits: { pages: 4 },
    });
    await stage.fetch(day);
    stage.control.upsertAttendance([record(3, day, { lastOutOfTheDay: null })]);
    const before = await dumpDays(stage);
    stage.control.reset();
    const { run, problems } = await stage.fetch('2026-03-10', day);
    expect(run).toMatchObject({
      state: 'failed',
      errorCode: 'page_limit',
      counts: { inserted: 0, changed: 0 },
    });
    expect(problems[0]).toMatchObject({ code: 'page_limit', details: { totalPages: 5, pageLimit: 4 } });
    expect(await dumpDays(stage)).toEqual(before);
    expect(await readCoverage(stage)).toEqual({ [day]: people });
    expect(attendanceRequests(stage)).toHaveLength(1);
  });
});

describe('C43: somebody edits while the pages are read', () => {
  const insertFirst = (person: number, nth: number): FaultInput => ({
    match: { path: attendance, page: 2, nth },
    answer: { kind: 'change-attendance', position: 'first', upsert: [record(person, day)] },
  });
  const remove = (person: number, nth: number): FaultInput => ({
    match: { path: attendance, page: 2, nth },
    answer: { kind: 'change-attendance', remove: [{ employeeIdentifier: guid(person), date: day }] },
  });
  const numbersOf = async (stage: Stage) =>
    new Set((await stage.company.daily(day)).rows.map(({ employeeNumber }) => employeeNumber));

  it('a record that is inserted once: the second reading is whole', async () => {
    const stage = await stages.open({ scenario: 'paging-shift' });
    const fetched = await stage.fetch(day);
    expect(fetched.run.chunks).toMatchObject([
      { state: 'committed', attempts: 2, announced: 251, received: 251 },
    ]);
    expect(fetched.run.counts).toMatchObject({ inserted: 251, invalid: 0 });
    expect(codesOf(fetched)).not.toContain('totals_disagree');
    expect(await numbersOf(stage)).toContain('E900');
  });

  it('a record that is removed once: the one that slipped to the page before is not lost', async () => {
    const stage = await stages.open({ scenario: { ...smallScenario(250, [day]), faults: [remove(5, 1)] } });
    const fetched = await stage.fetch(day);
    expect(fetched.run.counts).toMatchObject({ inserted: 249 });
    const numbers = await numbersOf(stage);
    expect(numbers.size).toBe(249);
    expect(numbers).toContain('E201');
    expect(numbers).not.toContain('E5');
    expect(codesOf(fetched)).not.toContain('totals_disagree');
  });

  it.each([
    ['inserted', insertFirst(901, 1), insertFirst(902, 2)],
    ['removed', remove(5, 1), remove(6, 2)],
    ['first inserted, then removed', insertFirst(901, 1), remove(6, 2)],
  ])(
    'a record that is %s during both readings: partial, and nothing is changed',
    async (_, first, second) => {
      const stage = await openRead();
      const before = await dumpDays(stage);
      stage.control.addFault(first);
      stage.control.addFault(second);
      const fetched = await stage.fetch(day);
      expect(fetched.run).toMatchObject({
        state: 'partial',
        counts: { inserted: 0, changed: 0, unchanged: 0 },
      });
      expect(fetched.run.chunks).toMatchObject([
        { state: 'unverified', attempts: 2, errorCode: 'totals_disagree' },
      ]);
      expect(codesOf(fetched)).toContain('totals_disagree');
      expect(await dumpDays(stage)).toEqual(before);
      // The next run finds peace and is whole.
      const after = await stage.fetch(day);
      expect(after.run.chunks).toMatchObject([{ state: 'committed', attempts: 1 }]);
      expect(codesOf(after)).not.toContain('totals_disagree');
    },
  );

  it('a record that is added at the end needs no second reading', async () => {
    const stage = await stages.open({
      scenario: {
        ...smallScenario(250, [day]),
        faults: [
          {
            match: { path: attendance, page: 2 },
            answer: { kind: 'change-attendance', upsert: [record(901, day)] },
          },
        ],
      },
    });
    const { run } = await stage.fetch(day);
    expect(run.chunks).toMatchObject([{ state: 'committed', attempts: 1, announced: 251 }]);
    expect(await numbersOf(stage)).toContain('E901');
  });

  it('a list that grows by a page while it is read is read to its new end', async () => {
    const more = Array.from({ length: 30 }, (_, index) => record(900 + index, day));
    const stage = await stages.open({
      scenario: {
        ...smallScenario(380, [day]),
        faults: [
          { match: { path: attendance, page: 2 }, answer: { kind: 'change-attendance', upsert: more } },
        ],
      },
    });
    const { run } = await stage.fetch(day);
    expect(run.counts.inserted).toBe(410);
    expect(pagesOf(stage)).toEqual([1, 2, 3]);
  });
});

describe('C44: an error in the middle', () => {
  it.each([
    ['first', 1],
    ['middle', 2],
    ['last', 3],
  ])(
    'of the %s page fails the run, names the page, and leaves every stored day as it was',
    async (_, page) => {
      const stage = await openRead();
      const before = await dumpDays(stage);
      stage.control.addFault({
        match: { path: attendance, page },
        answer: { kind: 'respond', status: 500, body: 'Internal Server Error' },
      });
      const { run, problems } = await stage.fetch(day);
      expect(run).toMatchObject({
        state: 'failed',
        errorCode: 'server_error',
        counts: { changed: 0, unchanged: 0 },
      });
      expect(run.errorMessage).toContain(`500 for page ${page} of /time/attendance`);
      expect(problems[0]).toMatchObject({
        code: 'server_error',
        date: day,
        details: { page, status: 500, tries: 4 },
      });
      expect(await dumpDays(stage)).toEqual(before);
      stage.control.clearFaults();
      expect((await stage.fetch(day)).run.counts).toMatchObject({ changed: 2, unchanged: people - 2 });
    },
  );

  it.each([500, 502, 503, 504])('that goes away with the next try costs nothing: %i', async (status) => {
    const stage = await openRead();
    stage.control.addFault({
      match: { path: attendance, page: 2 },
      times: 2,
      answer: { kind: 'respond', status },
    });
    const { run } = await stage.fetch(day);
    expect(run).toMatchObject({ counts: { changed: 2, unchanged: people - 2 }, retries: 2 });
    expect(pagesOf(stage)).toEqual([1, 2, 3]);
  });

  it('keeps the chunks before it and names the dates that were not reached', async () => {
    const { tenant } = smallScenario(0, [], { tenantChanges: { switches: { ageLimit: 'none' } } });
    const generate = { seed: 11, people: 3, days: 120, manner: 'plain' } as const;
    const stage = await stages.open({ scenario: { tenant, generate }, directory: null });
    stage.control.addFault({
      match: { path: attendance, query: { to: day } },
      answer: { kind: 'respond', status: 500 },
    });
    const { run, problems } = await stage.fetch('2025-12-01', day);
    expect(run).toMatchObject({ state: 'partial', errorCode: 'server_error', counts: { inserted: 3 * 89 } });
    expect(run.chunks.map(({ from, to, state }) => [from, to, state])).toEqual([
      ['2025-12-01', '2026-02-27', 'committed'],
      ['2026-02-28', day, 'failed'],
    ]);
    expect(problems[0]).toMatchObject({ code: 'server_error', date: '2026-02-28', dateTo: day });
    expect(Object.keys(await readCoverage(stage)).at(-1)).toBe('2026-02-27');
  });

  it('a network that breaks off, cuts and garbles again and again fails one run and not the next', async () => {
    const stage = await stages.open({ scenario: 'bad-network', directory: null });
    const { run } = await stage.fetch(day);
    expect(run).toMatchObject({ state: 'failed', counts: { inserted: 0 } });
    expect(await dumpDays(stage)).toEqual([]);
    expect((await stage.fetch(day)).run.counts).toMatchObject({ inserted: 250 });
  });
});
