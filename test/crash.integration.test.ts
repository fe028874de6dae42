import { beforeAll, describe, expect, it } from 'vitest';
import { type CrashResult, type Phase, runCrashTrial, type Target } from '../bench/crash-trial.ts';

const kills = 26;

// The same as `./hajiri bench crash`, which does it any number of times.
describe('kill -9 of Hajiri, of the database and of both, at random moments of a fetch', () => {
  let result: CrashResult;
  beforeAll(async () => {
    result = await runCrashTrial({ kills, seed: 20_261 });
  }, 300_000);

  it('loses nothing that was told to be committed, and leaves no half chunk, wrong digest or running run', () => {
    expect(result.faults).toEqual([]);
  });

  it('met each of the three, and every part of a fetch', () => {
    const met = (part: Partial<{ target: Target; phase: Phase }>): number =>
      result.kills.filter((kill) =>
        Object.entries(part).every(([name, value]) => kill[name as 'target' | 'phase'] === value),
      ).length;
    expect(result.kills).toHaveLength(kills);
    for (const target of ['hajiri', 'database', 'both'] as const)
      expect(met({ target })).toBeGreaterThanOrEqual(8);
    for (const phase of ['asking', 'storing', 'committing'] as const) {
      expect(met({ phase }), phase).toBeGreaterThanOrEqual(1);
    }
    // Many of them had something to lose.
    expect(result.kills.filter(({ acknowledged }) => acknowledged > 0).length).toBeGreaterThanOrEqual(
      kills / 2,
    );
  });

  it('and one fetch afterwards gives the same rows as a fetch that nobody disturbed', () => {
    // The comparison itself is part of the trial, and of its faults.
    expect(result.connections).toBeGreaterThanOrEqual(3);
    expect(result.rows).toBeGreaterThan(3000);
  });
});
