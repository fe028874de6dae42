import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../runs/run-progress.ts';
import { showProgress } from './show-progress.ts';

const window = { from: Temporal.PlainDate.from('2026-03-10'), to: Temporal.PlainDate.from('2026-03-11') };
const counts = { inserted: 150, changed: 20, unchanged: 30, invalid: 0, held: 0 };
const events: readonly RunEvent[] = [
  { kind: 'planned', chunks: 2 },
  { kind: 'people_page', page: 1, pages: 1 },
  { kind: 'chunk_started', window, attempt: 1 },
  { kind: 'page_stored', pages: 4, counts },
  { kind: 'waiting', milliseconds: 41_200 },
  { kind: 'page_stored', pages: 4, counts },
  { kind: 'chunk_ended' },
];

function watch(isInteractive: boolean) {
  const told: string[] = [];
  const terminal = {
    write: () => {},
    tell: (text: string) => void told.push(text),
    isInteractive,
    environment: {},
  };
  const display = showProgress(terminal);
  for (const event of events) display.onEvent(event);
  display.end();
  return told;
}

describe('the progress of a run', () => {
  it('on a terminal is one line that is written again and again, and gone at the end', () => {
    const told = watch(true);
    for (const line of told) expect(line.startsWith('\r\u001B[2K')).toBe(true);
    const texts = told.map((line) => line.slice(5));
    expect(texts.join('')).not.toMatch(/[\r\n]/);
    expect(texts[3]).toBe(
      '2026-03-10 to 2026-03-11 ██████░░░░░░░░░░░░░░░░░░ · page 1 of 4 · 200 days · part 1 of 2',
    );
    expect(texts[4]).toContain("· waiting 42 s for Keka's limit");
    expect(texts[5]).toContain('████████████░░░░░░░░░░░░ · page 2 of 4 · 400 days');
    expect(texts[5]).not.toContain('waiting');
    expect(texts.at(-1)).toBe('');
  });

  it('elsewhere is a line of JSON for each event', () => {
    const told = watch(false);
    expect(told).toHaveLength(events.length);
    expect(told.every((line) => line.endsWith('}\n'))).toBe(true);
    expect(JSON.parse(told[3] ?? '')).toEqual({
      progress: {
        step: '2026-03-10 to 2026-03-11',
        chunksDone: 0,
        chunks: 2,
        pagesDone: 1,
        pages: 4,
        records: 200,
        waitingMilliseconds: 0,
      },
    });
    expect(JSON.parse(told.at(-1) ?? '')).toMatchObject({ progress: { chunksDone: 1, pagesDone: 2 } });
  });
});
