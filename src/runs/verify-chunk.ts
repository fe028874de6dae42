/** What was seen while the pages of a chunk were read. Counts are records. */
export type ChunkTally = {
  /** The largest total that a page announced. */
  readonly announced: number;
  readonly received: number;
  /** Different (person, date) pairs, records that could not be read and records of other dates included. */
  readonly distinct: number;
  /** The same record twice on one page: Keka's data, not a page that moved. */
  readonly repeatedOnPage: number;
  readonly pagesRead: readonly number[];
  readonly pagesAnnounced: number;
};

export type Verdict =
  | { readonly kind: 'agrees' }
  | {
      readonly kind: 'disagrees';
      readonly expected: number;
      readonly actual: number;
      readonly reason: string;
    };

/**
 * Whether the pages that arrived are all of them. A record that is added or removed while the pages are read moves
 * others from page to page, so that one arrives twice or not at all, which only the count of different records shows:
 * against the largest total, because a record that was removed after it arrived would make up for one that did not.
 */
export function verifyChunk(tally: ChunkTally): Verdict {
  const { announced, distinct, repeatedOnPage } = tally;
  const pages = new Set(tally.pagesRead);
  if (pages.size !== tally.pagesRead.length) return disagrees(tally, 'a page arrived twice');
  for (let page = 1; page <= tally.pagesAnnounced; page += 1) {
    if (!pages.has(page)) return disagrees(tally, `page ${page} is missing`);
  }
  if (distinct + repeatedOnPage !== announced) {
    return disagrees(tally, 'different records do not add up to the total');
  }
  return { kind: 'agrees' };
}

function disagrees(tally: ChunkTally, reason: string): Verdict {
  return {
    kind: 'disagrees',
    expected: tally.announced,
    actual: tally.distinct + tally.repeatedOnPage,
    reason,
  };
}

/** How many people were read before, for comparison: on the date itself and on earlier dates, newest first. */
export type FormerCounts = {
  readonly sameDate: number | null;
  readonly sameWeekday: readonly number[];
  readonly recent: readonly number[];
};

export type CountVerdict =
  | { readonly kind: 'plausible' }
  | { readonly kind: 'suspicious'; readonly expected: number; readonly actual: number };

/**
 * Whether a finished day has about as many people as former days let expect: as it had itself when it was read
 * before, else as the same weekday had, else as recent days had. Without any former day everything is plausible, and
 * in a group of a few people everything but nobody.
 */
export function judgeCount(actual: number, former: FormerCounts, leastShare: number): CountVerdict {
  const expected =
    former.sameDate ?? median(former.sameWeekday.slice(0, 4)) ?? median(former.recent.slice(0, 7));
  if (expected === null || actual >= expected * leastShare) return { kind: 'plausible' };
  if (actual > 0 && expected < fewestToCompare) return { kind: 'plausible' };
  return { kind: 'suspicious', expected, actual };
}

/** In a smaller group the number of people differs from day to day for many good reasons. */
export const fewestToCompare = 10;

function median(counts: readonly number[]): number | null {
  const sorted = counts.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
