import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../src/contract/runs.ts';
import { secondsLeft, shareOf } from './run-share.ts';

const startedAt = '2026-03-12T05:30:00Z';
const now = Temporal.Instant.from('2026-03-12T05:31:00Z');
const going = (change: Partial<NonNullable<RunSummary['progress']>>) => ({
  startedAt,
  progress: {
    step: '2026-03-11',
    chunksDone: 0,
    chunks: 1,
    pagesDone: 0,
    pages: 0,
    records: 0,
    waitingMilliseconds: 0,
    ...change,
  },
});

describe('how far a run is', () => {
  it('is told by its parts and the pages of the one that is read', () => {
    expect(shareOf(going({ pagesDone: 5, pages: 10 }))).toBe(0.5);
    expect(shareOf(going({ chunks: 4, chunksDone: 1, pagesDone: 1, pages: 2 }))).toBe(0.375);
    expect(shareOf(going({ chunks: 2, chunksDone: 2 }))).toBe(1);
  });

  it('is not known before it is planned, and the list of people is no part of it', () => {
    expect(shareOf({ startedAt, progress: null })).toBeNull();
    expect(shareOf(going({ chunks: 0 }))).toBeNull();
    expect(shareOf(going({ step: 'People', pagesDone: 3, pages: 3 }))).toBe(0);
  });

  it('gives the time left as fast as it went so far', () => {
    expect(secondsLeft(going({ pagesDone: 5, pages: 10 }), now)).toBe(60);
    expect(secondsLeft(going({ pagesDone: 1, pages: 4 }), now)).toBe(180);
    expect(secondsLeft(going({ pagesDone: 1, pages: 100 }), now)).toBeNull();
    expect(secondsLeft(going({ chunksDone: 1 }), now)).toBe(0);
  });
});
