import { describe, expect, it } from 'vitest';
import { type EndedRun, planFollowUp } from './plan-follow-up.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');
const run = (change: Partial<EndedRun>): EndedRun => ({
  state: 'failed',
  isComplete: false,
  errorCode: 'server_error',
  ...change,
});

/** The minutes until each further try, until there is none. */
function waitsOf(ended: EndedRun, spread = 0): readonly number[] {
  const waits: number[] = [];
  for (let attempts = 1; attempts < 50; attempts += 1) {
    const next = planFollowUp(ended, { attempts, now, spread });
    if (next === null) break;
    waits.push(now.until(next.at).total('minutes'));
  }
  return waits;
}

describe('the next try', () => {
  it('C48: comes later each time, and after a day’s worth of tries leaves it to the next due time', () => {
    const waits = waitsOf(run({}));
    expect(waits).toEqual([1, 5, 15, 30, 60, 120, 240, 240]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(24 * 60);
  });

  it('comes at once when the process died, but not again and again when each one dies', () => {
    expect(waitsOf(run({ state: 'interrupted', errorCode: 'interrupted' })).slice(0, 4)).toEqual([
      0, 0, 1, 5,
    ]);
  });

  it('C75, C76: leaves Keka some time when its answer is in doubt', () => {
    const doubtful = run({ state: 'partial', errorCode: null });
    expect(planFollowUp(doubtful, { attempts: 1, now, spread: 0 })).toMatchObject({ reason: 'suspicious' });
    expect(waitsOf(doubtful)[0]).toBe(15);
  });

  it('is spread, so that not everybody comes back at the same moment', () => {
    expect(waitsOf(run({}), 1)).toEqual([1.2, 6, 18, 36, 72, 144, 288, 288]);
  });

  it.each(['credentials_refused', 'key_expired', 'privilege_missing', 'cancelled'] as const)(
    'does not come after %s: a person is needed first',
    (errorCode) => {
      expect(waitsOf(run({ errorCode }))).toEqual([]);
    },
  );

  it('does not come after a run that got everything, whatever a person has to look at', () => {
    expect(waitsOf(run({ state: 'partial', isComplete: true, errorCode: null }))).toEqual([]);
  });
});
