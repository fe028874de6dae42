import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createBudgetRegistry } from './budget-registry.ts';
import { createRequestBudget, type RequestBudget } from './request-budget.ts';

const start = '2026-04-01T05:30:00Z';
const minute = 60_000;

/** What becomes of one simulated request, in milliseconds. */
type Fate = {
  readonly connecting: number;
  readonly travelling: number;
  readonly processing: number;
  readonly end: 'answered' | 'never sent' | 'broken off before arrival' | 'broken off after arrival';
};

/** Does the requests with so many workers and returns when each arrived at the server, sorted. */
async function arrivalsAt(
  budget: RequestBudget,
  clock: FakeClock,
  fates: readonly Fate[],
  workers: number,
): Promise<number[]> {
  const arrivals: number[] = [];
  const queue = [...fates];
  const arrive = (): void => void arrivals.push(clock.now().epochMilliseconds);
  const work = async (): Promise<void> => {
    for (let fate = queue.shift(); fate !== undefined; fate = queue.shift()) {
      const { connecting, travelling, processing, end } = fate;
      await budget.spend(async (slot) => {
        await clock.sleep(connecting);
        if (end === 'never sent') return;
        slot.sent();
        await clock.sleep(travelling);
        arrive();
        if (end === 'broken off before arrival') return;
        await clock.sleep(processing);
        if (end === 'answered') slot.answered();
      });
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return arrivals.sort((a, b) => a - b);
}

/** The largest number of arrivals that a server which counts in windows from `phase` on sees in one of them. */
function fullestFixedWindow(arrivals: readonly number[], phase: number): number {
  const counts = Map.groupBy(arrivals, (at) => Math.floor((at - phase) / minute));
  return Math.max(...[...counts.values()].map((window) => window.length));
}

function fullestSlidingWindow(arrivals: readonly number[]): number {
  let from = 0;
  let fullest = 0;
  for (const [to, at] of arrivals.entries()) {
    while (at - (arrivals[from] ?? at) > minute) from += 1;
    fullest = Math.max(fullest, to - from + 1);
  }
  return fullest;
}

const spread = 750;
const connecting = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 400 }));
const processing = fc.integer({ min: 0, max: 3000 });
const answered = fc.record<Fate>({
  connecting,
  travelling: fc.integer({ min: 0, max: spread }),
  processing,
  end: fc.constant('answered'),
});
const failing = fc.record<Fate>({
  connecting,
  // A request that is broken off may have been stuck under way for long.
  travelling: fc.integer({ min: 0, max: 30_000 }),
  processing,
  end: fc.constantFrom('never sent', 'broken off before arrival', 'broken off after arrival'),
});
const fate = fc.oneof({ weight: 6, arbitrary: answered }, { weight: 1, arbitrary: failing });

describe('a request budget', () => {
  it('never lets a server with fixed or sliding windows see more than the limit in 60 seconds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { minLength: 30, maxLength: 160 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: minute - 1 }),
        async (fates, requestsPerMinute, workers, phase) => {
          const clock = new FakeClock(start, { autoAdvance: true });
          const budget = createRequestBudget({ requestsPerMinute, clock });
          const arrivals = await arrivalsAt(budget, clock, fates, workers);
          expect(arrivals).toHaveLength(fates.filter(({ end }) => end !== 'never sent').length);
          if (arrivals.length === 0) return;
          expect(fullestSlidingWindow(arrivals)).toBeLessThanOrEqual(requestsPerMinute);
          expect(fullestFixedWindow(arrivals, phase)).toBeLessThanOrEqual(requestsPerMinute);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    { answersIn: 120, workers: 4 },
    { answersIn: 900, workers: 4 },
    { answersIn: 4000, workers: 8 },
  ])(
    'uses at least 98 % of 50 a minute over an hour when answers take $answersIn ms',
    async ({ answersIn, workers }) => {
      const clock = new FakeClock(start, { autoAdvance: true });
      const budget = createRequestBudget({ requestsPerMinute: 50, clock });
      const fates = Array.from(
        { length: 3001 },
        (_, index): Fate => ({
          connecting: index % 50 < workers ? 150 : 0,
          travelling: 40,
          processing: answersIn - 40,
          end: 'answered',
        }),
      );
      const arrivals = await arrivalsAt(budget, clock, fates, workers);
      const span = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
      expect(3000 / (span / minute) / 50).toBeGreaterThanOrEqual(0.98);
      expect(fullestSlidingWindow(arrivals)).toBe(50);
    },
  );

  it('lets the limit through at once and the next only when the first has left the window', async () => {
    const clock = new FakeClock(start);
    const budget = createRequestBudget({ requestsPerMinute: 2, clock, guardMilliseconds: 50 });
    const answered = (): Promise<void> =>
      budget.spend(async (slot) => {
        slot.sent();
        slot.answered();
      });
    await answered();
    clock.advance({ seconds: 10 });
    await answered();
    expect(budget.expectedWait()).toBe(50_050);
    let third = false;
    const waiting = answered().then(() => {
      third = true;
    });
    clock.advance({ milliseconds: 50_049 });
    await turn();
    expect(third).toBe(false);
    clock.advance({ milliseconds: 1 });
    await waiting;
    expect(third).toBe(true);
  });

  it('serves in the order of asking, and an aborted one leaves the line', async () => {
    const clock = new FakeClock(start, { autoAdvance: true });
    const budget = createRequestBudget({ requestsPerMinute: 1, clock });
    const served: string[] = [];
    const leaver = new AbortController();
    const ask = (name: string, signal?: AbortSignal): Promise<void> =>
      budget.spend(async (slot) => {
        slot.sent();
        slot.answered();
        served.push(name);
      }, signal);
    const all = [ask('a'), ask('b'), ask('left', leaver.signal), ask('c')];
    leaver.abort(new Error('changed my mind'));
    const results = await Promise.allSettled(all);
    expect(served).toEqual(['a', 'b', 'c']);
    expect(results[2]).toMatchObject({ status: 'rejected', reason: { message: 'changed my mind' } });
    expect(clock.now().since(start).total('seconds')).toBeCloseTo(120.1, 1);
  });

  it('refuses an aborted signal without taking a place', async () => {
    const budget = createRequestBudget({ requestsPerMinute: 1, clock: new FakeClock(start) });
    await expect(budget.spend(async () => 'never', AbortSignal.abort(new Error('gone')))).rejects.toThrow(
      'gone',
    );
    expect(budget.expectedWait()).toBe(0);
  });

  it('frees the place of work that failed before it was sent', async () => {
    const budget = createRequestBudget({ requestsPerMinute: 1, clock: new FakeClock(start) });
    const failing = budget.spend(async () => {
      throw new Error('no route');
    });
    await expect(failing).rejects.toThrow('no route');
    await expect(budget.spend(async () => 'served')).resolves.toBe('served');
  });

  it('lets nobody through during a pause, and a shorter pause does not end a longer one', async () => {
    const clock = new FakeClock(start, { autoAdvance: true });
    const budget = createRequestBudget({ requestsPerMinute: 50, clock });
    budget.pauseUntil(clock.now().add({ seconds: 90 }));
    budget.pauseUntil(clock.now().add({ seconds: 5 }));
    expect(budget.expectedWait()).toBe(90_000);
    await budget.spend(async () => undefined);
    expect(clock.now().toString()).toBe('2026-04-01T05:31:30Z');
  });

  it('does not stand still for an hour when the clock of the machine is set back by an hour', async () => {
    const clock = new FakeClock(start, { autoAdvance: true });
    const budget = createRequestBudget({ requestsPerMinute: 1, clock });
    await budget.spend(async (slot) => slot.sent());
    budget.pauseUntil(clock.now().add({ seconds: 30 }));
    clock.set('2026-04-01T04:30:00Z');
    await budget.spend(async () => undefined);
    expect(clock.now().since('2026-04-01T04:30:00Z').total('minutes')).toBeLessThanOrEqual(11);
  });

  it('lets the waiting through when the limit is raised', async () => {
    const budget = createRequestBudget({ requestsPerMinute: 1, clock: new FakeClock(start) });
    const ask = (): Promise<string> =>
      budget.spend(async (slot) => {
        slot.sent();
        return 'served';
      });
    await ask();
    const waiting = ask();
    budget.limitTo(2);
    await expect(waiting).resolves.toBe('served');
  });

  it('tells a newcomer about the others in the line', async () => {
    const clock = new FakeClock(start);
    const budget = createRequestBudget({ requestsPerMinute: 1, clock, guardMilliseconds: 0 });
    const leaver = new AbortController();
    await budget.spend(async (slot) => {
      slot.sent();
      slot.answered();
    });
    expect(budget.expectedWait()).toBe(60_000);
    const waiting = budget.spend(async () => undefined, leaver.signal);
    expect(budget.expectedWait()).toBe(120_000);
    leaver.abort();
    await expect(waiting).rejects.toThrow();
    expect(budget.expectedWait()).toBe(60_000);
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses %d requests per minute', (requestsPerMinute) => {
    expect(() => createRequestBudget({ requestsPerMinute, clock: new FakeClock(start) })).toThrow(RangeError);
  });
});

describe('the registry of budgets', () => {
  it('gives everybody with the same key the same budget, with the number given last', async () => {
    const registry = createBudgetRegistry(new FakeClock(start));
    const budget = registry.get('keka:acme', 1);
    await budget.spend(async (slot) => slot.sent());
    expect(registry.get('keka:acme', 1).expectedWait()).toBeGreaterThan(0);
    expect(registry.get('keka:other', 1).expectedWait()).toBe(0);
    expect(registry.get('keka:acme', 2)).toBe(budget);
    expect(budget.expectedWait()).toBe(0);
  });
});

async function turn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  await promise;
}
