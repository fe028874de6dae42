import { describe, expect, it } from 'vitest';
import type { StoredContent } from './crash-content.ts';
import { judgeContent } from './crash-judgement.ts';

const dates = ['2026-03-01', '2026-03-02', '2026-03-03'];

function content(digests: readonly (string | null)[], changes: Partial<StoredContent> = {}): StoredContent {
  const stored = dates.flatMap((date, index) => {
    const digest = digests[index];
    return digest === null || digest === undefined ? [] : [{ date, digest }];
  });
  return {
    days: new Map(stored.map(({ date, digest }) => [date, { people: 3, digest }])),
    covered: new Map(stored.map(({ date }) => [date, 3])),
    chunks: [
      ['2026-03-01', '2026-03-02'],
      ['2026-03-03', '2026-03-03'],
    ],
    ...changes,
  };
}

const clean = { first: content(['a1', 'a2', 'a3']), second: content(['b1', 'b2', 'b3']) };
const firstChunk = { chunks: [['2026-03-01', '2026-03-02']] } as const;

function judge(
  stored: StoredContent,
  known: Partial<Parameters<typeof judgeContent>[2]> = {},
): readonly string[] {
  return judgeContent(clean, stored, { before: [], version: 'first', acknowledged: [], ...known });
}

describe('what is stored after a kill', () => {
  it('is in order when each chunk is whole, of either version, or not there', () => {
    expect(judge(content([null, null, null], { chunks: [] }))).toEqual([]);
    expect(
      judge(content(['a1', 'a2', null], firstChunk), { acknowledged: ['2026-03-01 to 2026-03-02'] }),
    ).toEqual([]);
    expect(judge(content(['b1', 'b2', 'a3']), { before: dates, acknowledged: ['2026-03-03'] })).toEqual([]);
  });

  it.each([
    ['half of a chunk', content(['a1', null, null], firstChunk), {}, 'is stored as first and absent'],
    ['two versions in a chunk', content(['a1', 'b2', 'a3']), {}, 'is stored as first and second'],
    ['a day that no fetch stores', content(['a1', 'x', 'a3']), {}, 'is stored as no fetch stores it'],
    [
      'a chunk that is not recorded',
      content(['a1', 'a2', 'a3'], firstChunk),
      {},
      'is recorded otherwise than stored',
    ],
    ['a chunk that is only recorded', content(['a1', 'a2', null]), {}, 'is recorded otherwise than stored'],
    [
      'a date that is not marked',
      content(['a1', 'a2', 'a3'], { covered: new Map() }),
      {},
      'is marked as read otherwise',
    ],
    [
      'a promise that is not kept',
      content(['a1', 'a2', null], firstChunk),
      { acknowledged: ['2026-03-03'] },
      'is not as it was told',
    ],
    [
      'an older version than promised',
      content(['a1', 'a2', 'b3']),
      { acknowledged: ['2026-03-03'] },
      'is not as it was told',
    ],
    [
      'a date that was lost',
      content(['a1', 'a2', null], firstChunk),
      { before: dates },
      'is no longer there',
    ],
  ])('is not in order with %s', (_, stored, known, fault) => {
    expect(judge(stored, known).join('\n')).toContain(fault);
  });
});
