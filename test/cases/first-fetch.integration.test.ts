import { describe, expect, it } from 'vitest';
import { useStages } from '../support/case-stage.ts';

describe('C76 at the first fetch of several days', () => {
  const stages = useStages();

  it.each([
    ['empty-day', 'suspicious_empty', 0],
    ['half-empty-day', 'suspicious_count', 120],
  ])('%s: the other days of the window say what to expect', async (scenario, code, actual) => {
    const stage = await stages.open({ scenario });
    const { run, problems } = await stage.fetch('2026-03-04', '2026-03-11');
    expect(run.state).toBe('partial');
    // The odd day is left out; the seven others are stored.
    expect(run.counts.inserted).toBe(7 * 240);
    expect(problems.filter((problem) => problem.code.startsWith('suspicious'))).toMatchObject([
      { code, date: '2026-03-11', details: { expected: 240, actual } },
    ]);
    expect((await stage.company.daily('2026-03-11')).dataAsOf).toBeNull();
    expect((await stage.company.daily('2026-03-10')).dataAsOf).not.toBeNull();

    const accepted = await stage.fetch('2026-03-11', '2026-03-11', { acceptUnusualCount: true });
    expect(accepted.run.counts.inserted).toBe(actual);
    expect((await stage.company.daily('2026-03-11')).dataAsOf).not.toBeNull();
  });

  it('days before the first record are no reason to doubt: the company may not have used Keka', async () => {
    const stage = await stages.open({ scenario: 'paging-250' });
    const { run, problems } = await stage.fetch('2026-03-01', '2026-03-11');
    expect(run.counts.inserted).toBeGreaterThan(0);
    expect(problems.filter((problem) => problem.code.startsWith('suspicious'))).toEqual([]);
  });
});
