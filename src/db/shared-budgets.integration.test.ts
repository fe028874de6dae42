import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { until } from '../../test/support/until.ts';
import { createBudgetRegistry } from '../keka/budget-registry.ts';
import { createSharedBudgets } from './shared-budgets.ts';

const start = '2026-03-12T05:30:00Z';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());
beforeEach(() => database.pool.query('delete from hajiri_shared.keka_request'));

/** Several processes, as far as the database can tell. */
function processes(count: number, clock: FakeClock) {
  return Array.from({ length: count }, () => createSharedBudgets(database.pool, clock)('keka acme'));
}

describe('the budget of several processes', () => {
  it('lets a process that is alone go by its own count', async () => {
    const [alone] = processes(1, new FakeClock(start));
    for (let sent = 0; sent < 20; sent += 1) expect(await alone?.(5)).toBe(0);
  });

  it('counts what a process that died has sent, for a minute', async () => {
    const clock = new FakeClock(start);
    const [died, next] = processes(2, clock);
    for (let sent = 0; sent < 3; sent += 1) expect(await died?.(5)).toBe(0);
    clock.advance({ seconds: 10 });
    expect([await next?.(5), await next?.(5)]).toEqual([0, 0]);
    expect(await next?.(5)).toBe(50_800);
    clock.advance({ milliseconds: 50_800 });
    expect(await next?.(5)).toBe(0);
  });

  it('is one for each company', async () => {
    const clock = new FakeClock(start);
    const [acme, bolt] = [
      createSharedBudgets(database.pool, clock),
      createSharedBudgets(database.pool, clock),
    ];
    expect(await acme('keka acme')(1)).toBe(0);
    expect(await bolt('keka bolt')(1)).toBe(0);
    expect(await bolt('keka acme')(1)).toBeGreaterThan(0);
  });

  it('is not blocked for hours by requests that were written under a clock far ahead', async () => {
    const clock = new FakeClock('2026-04-01T00:00:00Z');
    const [ahead, right] = processes(2, clock);
    expect(await ahead?.(1)).toBe(0);
    clock.set(start);
    expect(await right?.(1)).toBe(0);
  });

  it('is never exceeded in any minute, whoever asks when, and is used up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.nat(8000)), { minLength: 20, maxLength: 50 }),
        fc.integer({ min: 3, max: 12 }),
        async (asked, limit) => {
          await database.pool.query('delete from hajiri_shared.keka_request');
          const clock = new FakeClock(start);
          // An answer of the database takes no time on this clock.
          const state = { asking: 0, isDone: false };
          const counted = (take: (most: number) => Promise<number>) => async (most: number) => {
            state.asking += 1;
            return take(most).finally(() => (state.asking -= 1));
          };
          const pass = async (milliseconds: number) => {
            await until(() => state.asking === 0);
            clock.advance({ milliseconds });
            await until(() => state.asking === 0);
          };
          // With the budget that each process keeps by itself, as they come together in the program.
          const registries = processes(3, clock).map((take) =>
            createBudgetRegistry(clock, () => counted(take)),
          );
          const sent: number[] = [];
          const waiting: Promise<void>[] = [];
          const { signal } = new AbortController();
          for (const [who, pause] of asked) {
            const budget = registries[who]?.get('keka acme', limit);
            const spent = budget?.spend(async (slot) => {
              await slot.ready(signal);
              slot.sent();
              sent.push(clock.now().epochMilliseconds);
              slot.answered();
            });
            if (spent !== undefined) waiting.push(spent);
            await pass(pause);
          }
          void Promise.all(waiting).then(() => (state.isDone = true));
          while (!state.isDone) await pass(1000);
          sent.sort((a, b) => a - b);
          for (const [index, at] of sent.entries()) {
            const inMinute = sent.slice(index).filter((other) => other < at + 60_000).length;
            expect(inMinute).toBeLessThanOrEqual(limit);
          }
          expect(sent).toHaveLength(asked.length);
        },
      ),
      { numRuns: 10 },
    );
  });
});
