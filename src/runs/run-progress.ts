import { type DateWindow, formatWindow } from './date-window.ts';

export type RunCounts = {
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly invalid: number;
  /** Different from what is stored, in a month that is locked. */
  readonly held: number;
};

export const noCounts: RunCounts = { inserted: 0, changed: 0, unchanged: 0, invalid: 0, held: 0 };

export function addCounts(a: RunCounts, b: RunCounts): RunCounts {
  return {
    inserted: a.inserted + b.inserted,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    invalid: a.invalid + b.invalid,
    held: a.held + b.held,
  };
}

/** What happens in a run, as it happens. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly chunks: number }
  | { readonly kind: 'people_page'; readonly page: number; readonly pages: number }
  | { readonly kind: 'chunk_started'; readonly window: DateWindow; readonly attempt: number }
  | { readonly kind: 'page_stored'; readonly pages: number; readonly counts: RunCounts }
  | { readonly kind: 'chunk_ended' }
  | { readonly kind: 'waiting'; readonly milliseconds: number };

/** Where a run stands, for a progress bar or a line of JSON. */
export type RunProgress = {
  readonly step: string;
  readonly chunksDone: number;
  readonly chunks: number;
  readonly pagesDone: number;
  readonly pages: number;
  /** Since the run began, over all chunks. */
  readonly records: number;
  readonly waitingMilliseconds: number;
};

export const beforeStart: RunProgress = {
  step: 'Starting',
  chunksDone: 0,
  chunks: 0,
  pagesDone: 0,
  pages: 0,
  records: 0,
  waitingMilliseconds: 0,
};

export function progressAfter(progress: RunProgress, event: RunEvent): RunProgress {
  switch (event.kind) {
    case 'planned':
      return { ...progress, chunks: progress.chunks + event.chunks };
    case 'people_page':
      return {
        ...progress,
        step: 'People',
        pagesDone: event.page,
        pages: event.pages,
        waitingMilliseconds: 0,
      };
    case 'chunk_started': {
      const again = event.attempt > 1 ? ' (again: the pages moved while they were read)' : '';
      return { ...progress, step: `${formatWindow(event.window)}${again}`, pagesDone: 0, pages: 0 };
    }
    case 'page_stored': {
      const { inserted, changed, unchanged, invalid, held } = event.counts;
      return {
        ...progress,
        pagesDone: progress.pagesDone + 1,
        pages: Math.max(event.pages, progress.pagesDone + 1),
        records: progress.records + inserted + changed + unchanged + invalid + held,
        waitingMilliseconds: 0,
      };
    }
    case 'chunk_ended':
      return { ...progress, chunksDone: progress.chunksDone + 1, waitingMilliseconds: 0 };
    case 'waiting':
      return { ...progress, waitingMilliseconds: event.milliseconds };
  }
}
