import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCounts,
  beforeStart,
  noCounts,
  progressAfter,
  type RunCounts,
  type RunEvent,
  type RunProgress,
} from './run-progress.ts';

const day = Temporal.PlainDate.from('2026-03-10');
const window = { from: day, to: day };

function after(...events: readonly RunEvent[]): RunProgress {
  return events.reduce(progressAfter, beforeStart);
}

const counts = (inserted: number, unchanged = 0): RunCounts => ({ ...noCounts, inserted, unchanged });

describe('the progress of a run', () => {
  it('follows it from people to the end of its chunks', () => {
    const people: RunEvent[] = [
      { kind: 'planned', chunks: 2 },
      { kind: 'people_page', page: 1, pages: 3 },
    ];
    expect(after(...people)).toMatchObject({
      step: 'People',
      pagesDone: 1,
      pages: 3,
      chunks: 2,
      chunksDone: 0,
    });
    const chunk: RunEvent[] = [
      { kind: 'chunk_started', window, attempt: 1 },
      { kind: 'page_stored', pages: 2, counts: counts(100, 20) },
      { kind: 'page_stored', pages: 2, counts: counts(30) },
    ];
    expect(after(...people, ...chunk)).toMatchObject({
      step: '2026-03-10',
      pagesDone: 2,
      pages: 2,
      records: 150,
    });
    expect(after(...people, ...chunk, { kind: 'chunk_ended' })).toMatchObject({ chunksDone: 1, chunks: 2 });
  });

  it('says when a chunk is read again, and counts its pages from the start', () => {
    const again = after(
      { kind: 'chunk_started', window, attempt: 1 },
      { kind: 'page_stored', pages: 2, counts: counts(100) },
      { kind: 'chunk_started', window, attempt: 2 },
    );
    expect(again.step).toMatch(/^2026-03-10 \(again: .+\)$/);
    expect(again.pagesDone).toBe(0);
  });

  it('shows a wait until something arrives', () => {
    const waiting = after({ kind: 'waiting', milliseconds: 60_000 });
    expect(waiting.waitingMilliseconds).toBe(60_000);
    expect(
      progressAfter(waiting, { kind: 'page_stored', pages: 1, counts: noCounts }).waitingMilliseconds,
    ).toBe(0);
  });

  it('adds chunks that are planned later, when one has to be cut', () => {
    expect(after({ kind: 'planned', chunks: 1 }, { kind: 'planned', chunks: 2 }).chunks).toBe(3);
  });

  it('never shows more pages done than there are, and never loses records', () => {
    const event = fc.oneof<fc.Arbitrary<RunEvent>[]>(
      fc.record({
        kind: fc.constant('page_stored'),
        pages: fc.integer({ min: 1, max: 9 }),
        counts: fc.constant(counts(7)),
      }),
      fc.record({
        kind: fc.constant('chunk_started'),
        window: fc.constant(window),
        attempt: fc.constantFrom(1, 2),
      }),
      fc.record({ kind: fc.constant('chunk_ended') }),
      fc.record({ kind: fc.constant('waiting'), milliseconds: fc.nat(90_000) }),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        let progress = beforeStart;
        for (const event of events) {
          const next = progressAfter(progress, event);
          expect(next.pagesDone).toBeLessThanOrEqual(next.pages);
          expect(next.records).toBeGreaterThanOrEqual(progress.records);
          progress = next;
        }
        expect(progress.records).toBe(7 * events.filter(({ kind }) => kind === 'page_stored').length);
      }),
    );
  });
});

describe('counts', () => {
  it('are added one by one', () => {
    const one = { inserted: 1, changed: 2, unchanged: 3, invalid: 4, held: 5 };
    expect(addCounts(one, { inserted: 10, changed: 20, unchanged: 30, invalid: 40, held: 50 })).toEqual({
      inserted: 11,
      changed: 22,
      unchanged: 33,
      invalid: 44,
      held: 55,
    });
    expect(addCounts(one, noCounts)).toEqual(one);
  });
});
