import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datesOf } from '../date-window.ts';
import { oldestServed, planReads, type ReadPlanInput } from './plan-reads.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const ages = [1, 2, 3, 5, 7, 10, 14, 21, 28, 35];

/** A connection that lives: it remembers what was read when. */
function openLife(from: string) {
  const lastReadOn = new Map<string, Temporal.PlainDate | null>();
  const readsOf = new Map<string, number[]>();
  return {
    lastReadOn,
    readsOf,
    morning(today: Temporal.PlainDate, change: Partial<ReadPlanInput> = {}) {
      const plan = planReads({
        today,
        ages,
        promisedFrom: day(from),
        servedFrom: oldestServed(today),
        lastReadOn,
        unfinished: [],
        ...change,
      });
      for (const { date } of plan.dates) {
        lastReadOn.set(date.toString(), today);
        const read = readsOf.get(date.toString()) ?? [];
        readsOf.set(date.toString(), [...read, date.until(today, { largestUnit: 'days' }).days]);
      }
      return plan;
    },
  };
}

describe('what a morning reads', () => {
  it('is yesterday alone at first', () => {
    const life = openLife('2026-03-11');
    expect(
      life.morning(day('2026-03-12')).dates.map(({ date, reason }) => `${date.toString()} ${reason}`),
    ).toEqual(['2026-03-11 new']);
  });

  it('C28: is in the long run every date at exactly the promised ages, and no more than that', () => {
    const life = openLife('2026-01-01');
    for (const today of datesOf({ from: day('2026-01-02'), to: day('2026-06-30') })) {
      expect(life.morning(today).dates.length).toBeLessThanOrEqual(ages.length);
    }
    for (const date of datesOf({ from: day('2026-01-01'), to: day('2026-05-20') })) {
      expect(life.readsOf.get(date.toString())).toEqual(ages);
    }
  });

  it('C62: is everything since the last success after days without any, once', () => {
    const life = openLife('2026-03-01');
    for (const today of datesOf({ from: day('2026-03-02'), to: day('2026-03-10') })) life.morning(today);
    const back = life.morning(day('2026-03-15'));
    const missed = back.dates.filter(({ reason }) => reason === 'missed' || reason === 'new');
    expect(missed.map(({ date }) => date.toString())).toEqual([
      '2026-03-10',
      '2026-03-11',
      '2026-03-12',
      '2026-03-13',
      '2026-03-14',
    ]);
    expect(life.morning(day('2026-03-15')).dates).toEqual([]);
  });

  it('has each date read at the latest promised age that it reached while nothing ran', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (isUp) => {
        const life = openLife('2026-03-01');
        const start = day('2026-03-02');
        for (const [index, up] of isUp.entries()) if (up) life.morning(start.add({ days: index }));
        for (const [index, up] of isUp.entries()) {
          if (!up) continue;
          const today = start.add({ days: index });
          for (let age = 1; age <= index + 1; age += 1) {
            const read = life.readsOf.get(today.subtract({ days: age }).toString()) ?? [];
            const reached = ages.findLast((one) => one <= age) ?? 0;
            // Whatever age it has reached by a morning that ran, it was read at that age or later, up to then.
            expect(read.some((one) => one >= reached && one <= age)).toBe(true);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('names what can no longer be read, and tries the longer reading of "three months"', () => {
    expect(oldestServed(day('2026-05-30')).toString()).toBe('2026-02-28');
    expect(oldestServed(day('2026-12-12')).toString()).toBe('2026-09-12');
    expect(oldestServed(day('2026-05-01')).toString()).toBe('2026-01-31');
    const plan = openLife('2025-11-01').morning(day('2026-03-12'));
    expect(plan.lost).toEqual({ from: day('2025-11-01'), to: day('2025-12-11') });
    expect(plan.dates[0]).toEqual({ date: day('2025-12-12'), reason: 'missed' });
    expect(plan.dates).toHaveLength(90);
  });

  it('leaves a date alone that somebody has read at that age already', () => {
    const life = openLife('2026-03-01');
    life.lastReadOn.set('2026-03-11', day('2026-03-12'));
    expect(life.morning(day('2026-03-12'), { promisedFrom: day('2026-03-11') }).dates).toEqual([]);
  });

  it('reads again what was read before it was over, or under a clock that was ahead', () => {
    const life = openLife('2026-03-10');
    life.lastReadOn.set('2026-03-11', day('2026-03-11'));
    life.lastReadOn.set('2026-03-10', null);
    expect(life.morning(day('2026-03-12')).dates.map(({ reason }) => reason)).toEqual(['recheck', 'recheck']);
  });

  it('C18: reads a date again with a shift that ended since', () => {
    const life = openLife('2026-03-10');
    life.lastReadOn.set('2026-03-11', day('2026-03-12'));
    const again = life.morning(day('2026-03-12'), {
      promisedFrom: day('2026-03-11'),
      unfinished: [day('2026-03-11')],
    });
    expect(again.dates).toEqual([{ date: day('2026-03-11'), reason: 'unfinished' }]);
  });
});
