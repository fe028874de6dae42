import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProblemSeverity } from '../errors/problem-codes.ts';
import { endStateOf, isComplete, mayBecome } from './run-states.ts';

const ends = ['succeeded', 'partial', 'failed', 'interrupted'] as const;

const severities = fc.array(fc.constantFrom<ProblemSeverity>('failure', 'action', 'notice'), {
  maxLength: 4,
});
const outcome = fc.record({ committed: fc.nat(3), unverified: fc.nat(3), failed: fc.nat(3), severities });

describe('a run', () => {
  it('can end in every way, once', () => {
    for (const end of ends) {
      expect(mayBecome('running', end)).toBe(true);
      for (const other of [...ends, 'running'] as const) expect(mayBecome(end, other)).toBe(false);
    }
    expect(mayBecome('running', 'running')).toBe(false);
    expect(mayBecome('queued', 'running')).toBe(true);
    expect(mayBecome('running', 'queued')).toBe(false);
  });

  it('is complete when everything was read that Keka still serves, whatever a person has to look at', () => {
    const run = { committed: 2, unverified: 0, failed: 0, tooOld: 0 };
    expect(isComplete(run)).toBe(true);
    expect(isComplete({ ...run, failed: 1, tooOld: 1 })).toBe(true);
    expect(isComplete({ ...run, failed: 2, tooOld: 1 })).toBe(false);
    expect(isComplete({ ...run, unverified: 1 })).toBe(false);
    expect(isComplete({ ...run, committed: 0, failed: 1, tooOld: 1 })).toBe(false);
  });

  it('that stored everything without a remark has succeeded', () => {
    expect(endStateOf({ committed: 3, unverified: 0, failed: 0, severities: [] })).toBe('succeeded');
    expect(endStateOf({ committed: 1, unverified: 0, failed: 0, severities: ['notice'] })).toBe('succeeded');
  });

  it('that leaves something for a person to do is partial', () => {
    expect(endStateOf({ committed: 1, unverified: 0, failed: 0, severities: ['notice', 'action'] })).toBe(
      'partial',
    );
  });

  it('of which a part is missing or in doubt is partial, and failed when nothing of it arrived', () => {
    expect(endStateOf({ committed: 2, unverified: 0, failed: 1, severities: ['failure'] })).toBe('partial');
    expect(endStateOf({ committed: 0, unverified: 1, failed: 0, severities: ['action'] })).toBe('partial');
    expect(endStateOf({ committed: 0, unverified: 0, failed: 2, severities: ['failure'] })).toBe('failed');
  });

  it('has succeeded only if all of it was verified and stored and nobody needs to act', () => {
    fc.assert(
      fc.property(outcome, (run) => {
        const state = endStateOf(run);
        if (state === 'succeeded') {
          expect(run.failed + run.unverified).toBe(0);
          expect(run.severities).not.toContain('action');
          expect(run.severities).not.toContain('failure');
        }
        if (state === 'failed') expect(run.committed).toBe(0);
        if (run.failed > 0 && run.committed === 0 && run.unverified === 0) expect(state).toBe('failed');
      }),
    );
  });
});
