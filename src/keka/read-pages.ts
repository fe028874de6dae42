import { KekaError } from './keka-error.ts';
import type { KekaPage } from './keka-page.ts';

export type ReadPagesOptions = {
  readonly fetchPage: (pageNumber: number, signal: AbortSignal) => Promise<KekaPage>;
  readonly concurrency: number;
  readonly pageLimit: number;
  /** For the message when the limit is passed. */
  readonly endpoint: string;
  readonly signal: AbortSignal;
};

type Outcome = { readonly page: KekaPage } | { readonly failure: unknown };

/**
 * Page 1 first, since it says how many there are and may be all that the reader wants; then the others, several at a
 * time, in the order of arrival. Reads up to the largest page that any answer announced, because the list can grow or
 * shrink meanwhile. Holds at most `concurrency` pages besides the one that was handed over. However the reader stops,
 * nothing is in flight any more when the iteration has ended.
 */
export async function* readPages(options: ReadPagesOptions): AsyncGenerator<KekaPage, void, undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const inFlight = new Map<number, Promise<Outcome>>();
  let lastPage = 1;
  let nextPage = 2;

  const announce = (page: KekaPage): void => {
    if (page.totalPages > options.pageLimit) throw tooManyPages(options, page.totalPages);
    lastPage = Math.max(lastPage, page.totalPages);
  };
  const fill = (): void => {
    while (nextPage <= lastPage && inFlight.size < options.concurrency) {
      inFlight.set(nextPage, outcomeOf(options.fetchPage(nextPage, signal)));
      nextPage += 1;
    }
  };

  try {
    const first = await options.fetchPage(1, signal);
    announce(first);
    yield first;
    fill();
    while (inFlight.size > 0) {
      const outcome = await Promise.race(inFlight.values());
      if ('failure' in outcome) throw outcome.failure;
      inFlight.delete(outcome.page.pageNumber);
      announce(outcome.page);
      // Before the page is handed over, so that the network is busy while the reader works on it.
      fill();
      yield outcome.page;
    }
  } finally {
    stop.abort();
    await Promise.all(inFlight.values());
  }
}

// A page may fail while the reader is busy and nobody awaits it: as a value that is no unhandled rejection.
function outcomeOf(page: Promise<KekaPage>): Promise<Outcome> {
  return page.then(
    (page) => ({ page }),
    (failure: unknown) => ({ failure }),
  );
}

function tooManyPages({ endpoint, pageLimit }: ReadPagesOptions, totalPages: number): KekaError {
  return new KekaError(
    'page_limit',
    `Keka announced ${totalPages} pages of ${endpoint}; the limit is ${pageLimit}`,
    {
      details: { endpoint, totalPages, pageLimit },
    },
  );
}
