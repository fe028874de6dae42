import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentials, guid, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import type { KekaClient } from '../../src/keka/keka-client.ts';
import { dumpContent, type Stage, useStages } from '../support/case-stage.ts';

// What must hold for every list of records and every sequence of fetches, not only for the known ones.

const stages = useStages();

const attendance = '/api/v1/time/attendance';
const firstDay = Temporal.PlainDate.from('2026-03-02');
const dayOf = (index: number): string => firstDay.add({ days: index }).toString();

/** As the company's own client, with another size of page. */
async function clientWithPages(stage: Stage, pageSize: number): Promise<KekaClient> {
  const client = await stage.company.client();
  return { ...client, readAttendance: (window, how) => client.readAttendance(window, { ...how, pageSize }) };
}

describe('any list of records, in pages of any size and order', () => {
  const slots = ['same day', 'next day', 'twin', 'twin without an out'] as const;
  type Slot = (typeof slots)[number];
  type Served = {
    readonly key: string;
    readonly day: string;
    readonly raw: Readonly<Record<string, unknown>>;
  };

  /** Full pages, and a last one that may lack some slots. */
  const pages = fc.integer({ min: 1, max: 7 }).chain((pageSize) =>
    fc.record({
      pageSize: fc.constant(pageSize),
      concurrency: fc.integer({ min: 1, max: 5 }),
      pages: fc.array(fc.array(fc.constantFrom(...slots), { minLength: pageSize, maxLength: pageSize }), {
        maxLength: 6,
      }),
      missing: fc.nat(pageSize - 1),
    }),
  );

  /** What a page holds: a new person of this day or of the next one, or the person before once more. */
  function fill(wanted: readonly Slot[], state: { person: number; day: number }): readonly Served[] {
    const onPage: Served[] = [];
    for (const slot of wanted) {
      const before = onPage.at(-1);
      if (before !== undefined && slot === 'twin') onPage.push(before);
      else if (before !== undefined && slot === 'twin without an out') {
        onPage.push({ ...before, raw: { ...before.raw, lastOutOfTheDay: null } });
      } else {
        const isNext = slot === 'next day' && state.day < 9;
        state.day += isNext ? 1 : 0;
        state.person = isNext ? 1 : state.person + 1;
        const person = (state.person * 7919) % 10_007;
        const day = dayOf(state.day);
        onPage.push({ key: `${guid(person)} ${day}`, day, raw: record(person, day) });
      }
    }
    return onPage;
  }

  it('gives exactly the different ones of them, each once, and of twins the fuller one', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async ({ pageSize, concurrency, pages, missing }) => {
        const state = { person: 0, day: 0 };
        const served = pages.flatMap((page, number) =>
          fill(number === pages.length - 1 ? page.slice(missing) : page, state),
        );
        const entries = served.map(({ day, raw }, slot) => ({
          $day: day,
          $person: `slot ${slot}`,
          $record: raw,
        }));
        const stage = await stages.open({ scenario: { ...smallScenario(0, []), attendance: entries } });
        const client = await clientWithPages(stage, pageSize);
        const { run } = await stage.fetch(dayOf(0), dayOf(9), {
          client,
          concurrency,
          acceptUnusualCount: true,
        });
        await client.close();

        expect(run.pages).toBe(Math.max(1, Math.ceil(served.length / pageSize)));
        const different = Map.groupBy(served, ({ key }) => key);
        expect(run.counts).toMatchObject({ inserted: different.size, changed: 0, unchanged: 0 });
        const stored = await dumpContent(stage);
        expect(stored).toHaveLength(different.size);
        for (const [first] of different.values()) {
          const text = JSON.stringify(first?.raw);
          expect(stored.filter((line) => line.endsWith(text))).toHaveLength(1);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('any sequence of fetches while the company goes on working', () => {
  const days = 10;
  const people = 6;

  const none = { firstInOfTheDay: null, lastOutOfTheDay: null, totalGrossHours: 0, totalEffectiveHours: 0 };
  const night = (day: string) => ({
    shiftStartTime: `${day}T16:30:00Z`,
    shiftEndTime: `${Temporal.PlainDate.from(day).add({ days: 1 }).toString()}T00:30:00Z`,
  });
  const kinds: readonly ((day: string) => object)[] = [
    () => ({}),
    () => none,
    () => ({ lastOutOfTheDay: null }),
    () => ({ firstInOfTheDay: null }),
    (day) => ({ lastOutOfTheDay: { timestamp: `${day}T15:00:00.1234567Z`, premiseName: 'Gate 2' } }),
    (day) => ({ ...none, ...night(day) }),
    (day) => ({ ...night(day), lastOutOfTheDay: null }),
    () => ({ ...none, dayType: 2 }),
    () => ({ dayType: 2, lastOutOfTheDay: null }),
    () => ({ dayType: 1, firstInOfTheDay: null }),
    () => ({ ...none, dayType: 3 }),
    () => ({ dayType: 9, lastOutOfTheDay: null }),
    () => ({ ...none, dayType: null, shiftStartTime: null, shiftEndTime: null }),
    () => ({ employeeNumber: 'renumbered' }),
  ];

  type Step =
    | {
        readonly do: 'write' | 'remove';
        readonly person: number;
        readonly day: number;
        readonly kind: number;
      }
    | {
        readonly do: 'fetch' | 'fail';
        readonly from: number;
        readonly length: number;
        readonly pageSize: number;
      }
    | { readonly do: 'wait'; readonly hours: number };
  const at = {
    person: fc.integer({ min: 1, max: people }),
    day: fc.nat(days - 1),
    kind: fc.nat(kinds.length - 1),
  };
  const window = { from: fc.nat(days - 1), length: fc.nat(days), pageSize: fc.integer({ min: 2, max: 20 }) };
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), ...at }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), ...at }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('fetch' as const), ...window }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), ...window }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }),
    },
  );

  async function take(stage: Stage, records: Map<string, object>, step: Step): Promise<void> {
    switch (step.do) {
      case 'write': {
        const day = dayOf(step.day);
        const raw = record(step.person, day, kinds[step.kind]?.(day));
        records.set(`${step.person} ${day}`, raw);
        stage.control.upsertAttendance([raw]);
        return;
      }
      case 'remove':
        records.delete(`${step.person} ${dayOf(step.day)}`);
        stage.control.removeAttendance([{ employeeIdentifier: guid(step.person), date: dayOf(step.day) }]);
        return;
      case 'wait':
        stage.clock.advance({ hours: step.hours });
        return;
      case 'fetch':
      case 'fail': {
        if (step.do === 'fail') {
          stage.control.addFault({
            match: { path: attendance, page: 2 },
            answer: { kind: 'respond', status: 500 },
          });
        }
        const client = await clientWithPages(stage, step.pageSize);
        const to = Math.min(days - 1, step.from + step.length);
        await stage.fetch(dayOf(step.from), dayOf(to), { client, acceptUnusualCount: true });
        await client.close();
        stage.control.clearFaults();
      }
    }
  }

  it('ends in the same days as one fetch of how things are in the end; what Keka lost is kept', async () => {
    const start = fc.array(fc.nat(kinds.length - 1), { minLength: days * people, maxLength: days * people });
    await fc.assert(
      fc.asyncProperty(start, fc.array(step, { minLength: 3, maxLength: 14 }), async (start, steps) => {
        const records = new Map<string, object>();
        for (const [index, kind] of start.entries()) {
          const [person, day] = [(index % people) + 1, dayOf(Math.floor(index / people))];
          records.set(`${person} ${day}`, record(person, day, kinds[kind]?.(day)));
        }
        const { tenant } = smallScenario(0, [], {
          tenantChanges: { keys: [{ name: 'main', ...credentials }] },
        });
        const stage = await stages.open({
          scenario: { tenant, attendance: [...records.values()] },
          now: '2026-03-09T03:00:00Z',
        });
        for (const one of steps) await take(stage, records, one);
        stage.clock.set('2026-03-20T05:30:00Z');
        const all = { do: 'fetch', from: 0, length: days, pageSize: 200 } as const;
        await take(stage, records, all);

        const clean = await stages.open({
          scenario: { tenant, attendance: [...records.values()] },
          now: '2026-03-20T05:30:00Z',
        });
        await take(clean, records, all);
        const isWithdrawn = (line: string) => !line.includes('"missed_reads": 0');
        const lines = await dumpContent(stage);
        expect(lines.filter((line) => !isWithdrawn(line))).toEqual(await dumpContent(clean));
        expect(lines.filter(isWithdrawn).length).toBeLessThanOrEqual(
          steps.filter((one) => one.do === 'remove').length,
        );
      }),
      { numRuns: 20 },
    );
  });
});
