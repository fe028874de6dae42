import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChunkTally, judgeCount, verifyChunk } from './verify-chunk.ts';

const pageSize = 4;

type Page = { readonly number: number; readonly records: readonly string[]; readonly total: number };

/** A list that is served in pages and may change between two of them. */
function serve(list: readonly string[], number: number): Page {
  return { number, records: list.slice((number - 1) * pageSize, number * pageSize), total: list.length };
}

function pagesOf(total: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** What a reader of these pages has counted. */
function tallyOf(pages: readonly Page[]): ChunkTally {
  const repeated = pages.map(({ records }) => records.length - new Set(records).size);
  return {
    announced: Math.max(...pages.map(({ total }) => total)),
    received: pages.flatMap(({ records }) => records).length,
    distinct: new Set(pages.flatMap(({ records }) => records)).size,
    repeatedOnPage: repeated.reduce((sum, count) => sum + count, 0),
    pagesRead: pages.map(({ number }) => number),
    pagesAnnounced: Math.max(...pages.map(({ total }) => pagesOf(total))),
  };
}

const distinctRecords = fc
  .nat(25)
  .map((count) => Array.from({ length: count }, (_, index) => `person ${index}`));

/** All pages of a list that stays as it is, in any order. */
const allPages = distinctRecords.chain((list) => {
  const pages = Array.from({ length: pagesOf(list.length) }, (_, index) => serve(list, index + 1));
  return fc.shuffledSubarray(pages, { minLength: pages.length });
});

describe('the pages of a chunk', () => {
  it('agree in any order when all of them arrived', () => {
    fc.assert(
      fc.property(allPages, (pages) => {
        expect(verifyChunk(tallyOf(pages))).toEqual({ kind: 'agrees' });
      }),
    );
  });

  it('agree when Keka itself has a record twice on one page', () => {
    const list = ['person 1', 'person 2', 'person 2', 'person 3', 'person 4'];
    expect(verifyChunk(tallyOf([serve(list, 2), serve(list, 1)]))).toEqual({ kind: 'agrees' });
  });

  it('disagree when one of them is missing', () => {
    fc.assert(
      fc.property(allPages, fc.nat(), (pages, at) => {
        fc.pre(pages.length > 1);
        const missing = pages[at % pages.length];
        const verdict = verifyChunk(tallyOf(pages.filter((page) => page !== missing)));
        expect(verdict).toMatchObject({ kind: 'disagrees', reason: `page ${missing?.number} is missing` });
      }),
    );
  });

  it('disagree when one of them arrived twice', () => {
    fc.assert(
      fc.property(allPages, fc.nat(), (pages, at) => {
        const again = pages.slice(at % pages.length).slice(0, 1);
        expect(verifyChunk(tallyOf([...pages, ...again])).kind).toBe('disagrees');
      }),
    );
  });

  it('say how many records were announced and how many different ones arrived', () => {
    const list = Array.from({ length: 10 }, (_, index) => `person ${index}`);
    const moved = ['new', ...list];
    const pages = [serve(list, 1), serve(moved, 2), serve(moved, 3)];
    expect(verifyChunk(tallyOf(pages))).toMatchObject({ kind: 'disagrees', expected: 11, actual: 10 });
  });

  // The answers are made one after the other, while the list grows or shrinks, and may arrive in another order.
  it('never agree while somebody who is in the list at the end has not arrived', () => {
    const change = fc.record({ before: fc.nat(10), at: fc.nat(30) });
    const reading = fc.record({
      list: distinctRecords,
      grows: fc.boolean(),
      changes: fc.array(change, { maxLength: 4 }),
      order: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
      arrival: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
    });
    fc.assert(
      fc.property(reading, ({ list, grows, changes, order, arrival }) => {
        let now = [...list];
        const answers: { readonly page: Page; readonly listThen: readonly string[] }[] = [];
        const wanted = Array.from({ length: pagesOf(list.length + changes.length) }, (_, index) => index + 1);
        wanted.sort((a, b) => (order[a] ?? 0) - (order[b] ?? 0));
        for (const [step, number] of wanted.entries()) {
          for (const { at } of changes.filter(({ before }) => before === step)) {
            const position = at % (now.length + 1);
            now = grows
              ? now.toSpliced(position, 0, `new ${step} ${now.length}`)
              : now.toSpliced(position, 1);
          }
          answers.push({ page: serve(now, number), listThen: now });
        }
        // Pages beyond the largest that was announced are not asked for.
        const largest = Math.max(...answers.map(({ page }) => pagesOf(page.total)));
        const read = answers.filter(({ page }) => page.number <= largest);
        const pages = read
          .map(({ page }) => page)
          .sort((a, b) => (arrival[a.number] ?? 0) - (arrival[b.number] ?? 0));
        if (verifyChunk(tallyOf(pages)).kind === 'disagrees') return;
        const seen = new Set(pages.flatMap(({ records }) => records));
        expect(read.at(-1)?.listThen.filter((record) => !seen.has(record))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('disagree when somebody was removed after having arrived and somebody else was skipped for it', () => {
    const list = Array.from({ length: 8 }, (_, index) => `person ${index}`);
    const shorter = list.slice(1);
    const pages = [serve(list, 1), serve(shorter, 2)];
    expect(pages.flatMap(({ records }) => records)).not.toContain('person 4');
    expect(verifyChunk(tallyOf(pages)).kind).toBe('disagrees');
  });
});

const usual = (count: number) => ({ sameDate: null, sameWeekday: [count, count, count], recent: [count] });
const none = { sameDate: null, sameWeekday: [], recent: [] };

describe('the number of people on a finished day', () => {
  it('is plausible whatever it is when nothing was read before', () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (actual, share) => {
        expect(judgeCount(actual, none, share)).toEqual({ kind: 'plausible' });
      }),
    );
  });

  it.each([0, 120, 143])(
    'is suspicious when it is %i instead of 240, and both numbers are told',
    (actual) => {
      expect(judgeCount(actual, usual(240), 0.6)).toEqual({ kind: 'suspicious', expected: 240, actual });
    },
  );

  it.each([144, 240, 500])('is plausible when it is %i instead of 240', (actual) => {
    expect(judgeCount(actual, usual(240), 0.6)).toEqual({ kind: 'plausible' });
  });

  it('is compared with the same date, if that was read before', () => {
    const read = { sameDate: 20, sameWeekday: [240, 240], recent: [240] };
    expect(judgeCount(20, read, 0.6).kind).toBe('plausible');
    expect(judgeCount(10, read, 0.6)).toMatchObject({ kind: 'suspicious', expected: 20 });
  });

  it('is compared with the same weekday before other days: a quiet Sunday is no alarm', () => {
    const sunday = { sameDate: null, sameWeekday: [12, 10, 14], recent: [240, 240, 240] };
    expect(judgeCount(11, sunday, 0.6).kind).toBe('plausible');
    expect(judgeCount(2, sunday, 0.6)).toMatchObject({ kind: 'suspicious', expected: 12 });
  });

  it('is compared with recent days when there was no such weekday yet', () => {
    expect(judgeCount(0, { ...none, recent: [240, 238] }, 0.6).kind).toBe('suspicious');
  });

  it('is not misled by one odd day among the former ones', () => {
    expect(judgeCount(100, { ...none, sameWeekday: [240, 3, 240, 240] }, 0.6).kind).toBe('suspicious');
    expect(judgeCount(100, { ...none, sameWeekday: [110, 5000, 110, 110] }, 0.6).kind).toBe('plausible');
  });

  it('does not become suspicious by more people, or by a more generous setting', () => {
    const former = fc.record({
      sameDate: fc.option(fc.nat(1000)),
      sameWeekday: fc.array(fc.nat(1000), { maxLength: 6 }),
      recent: fc.array(fc.nat(1000), { maxLength: 9 }),
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(former, fc.nat(1000), fc.nat(1000), share, share, (former, actual, more, one, other) => {
        const [generous, strict] = one < other ? [one, other] : [other, one];
        if (judgeCount(actual, former, strict).kind === 'suspicious') return;
        expect(judgeCount(actual + more, former, strict).kind).toBe('plausible');
        expect(judgeCount(actual, former, generous).kind).toBe('plausible');
        expect(judgeCount(0, former, 0).kind).toBe('plausible');
      }),
    );
  });
});
