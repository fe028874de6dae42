import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KekaPage } from './keka-page.ts';
import { type ReadPagesOptions, readPages } from './read-pages.ts';

function page(pageNumber: number, totalPages: number): KekaPage {
  return { pageNumber, pageSize: 1, totalPages, totalRecords: totalPages, records: [pageNumber] };
}

function options(
  fetchPage: ReadPagesOptions['fetchPage'],
  more: Partial<ReadPagesOptions> = {},
): ReadPagesOptions {
  return {
    fetchPage,
    concurrency: 4,
    pageLimit: 100,
    endpoint: '/time/attendance',
    signal: new AbortController().signal,
    ...more,
  };
}

function numbers(pages: readonly KekaPage[]): number[] {
  return pages.map(({ pageNumber }) => pageNumber).sort((a, b) => a - b);
}

function oneTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

describe('reading pages', () => {
  it('gives each page exactly once, page 1 first, in whatever order the answers come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 6 }),
        async (scheduler, totalPages, concurrency) => {
          let flying = 0;
          let most = 0;
          const fetchPage = async (pageNumber: number): Promise<KekaPage> => {
            flying += 1;
            most = Math.max(most, flying);
            await scheduler.schedule(Promise.resolve(), `page ${pageNumber}`);
            flying -= 1;
            return page(pageNumber, totalPages);
          };
          const reading = Array.fromAsync(readPages(options(fetchPage, { concurrency })));
          const pages = await scheduler.waitFor(reading);
          expect(pages[0]?.pageNumber).toBe(1);
          expect(numbers(pages)).toEqual(oneTo(totalPages));
          expect(most).toBeLessThanOrEqual(concurrency);
        },
      ),
    );
  });

  it('reads up to the largest page that was announced while the list grew or shrank', async () => {
    const announced = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(announced, async (totals) => {
        const fetchPage = async (pageNumber: number) => page(pageNumber, totals[pageNumber - 1] ?? 1);
        const pages = await Array.fromAsync(readPages(options(fetchPage)));
        const largest = Math.max(...pages.map(({ totalPages }) => totalPages));
        expect(numbers(pages)).toEqual(oneTo(largest));
      }),
    );
  });

  it('asks for nothing more when the reader only wants page 1', async () => {
    const asked: number[] = [];
    const fetchPage = async (pageNumber: number) => {
      asked.push(pageNumber);
      return page(pageNumber, 9);
    };
    for await (const _ of readPages(options(fetchPage))) break;
    expect(asked).toEqual([1]);
  });

  it('asks for no more than it may hold while the reader is slow', async () => {
    const asked: number[] = [];
    const fetchPage = async (pageNumber: number) => {
      asked.push(pageNumber);
      return page(pageNumber, 50);
    };
    const iterator = readPages(options(fetchPage, { concurrency: 3 }));
    await iterator.next();
    await iterator.next();
    await turn();
    expect(asked).toEqual([1, 2, 3, 4, 5]);
    await iterator.return();
    expect(asked).toHaveLength(5);
  });

  it('breaks off what is in flight when the reader stops', async () => {
    const aborted: number[] = [];
    const fetchPage = async (pageNumber: number, signal: AbortSignal): Promise<KekaPage> => {
      if (pageNumber <= 2) return page(pageNumber, 9);
      const { promise, reject } = Promise.withResolvers<KekaPage>();
      signal.addEventListener('abort', () => {
        aborted.push(pageNumber);
        reject(new Error('aborted'));
      });
      return promise;
    };
    for await (const { pageNumber } of readPages(options(fetchPage))) {
      if (pageNumber === 2) break;
    }
    expect(aborted).toEqual([3, 4, 5, 6]);
  });

  it('fails with the first failure, and breaks off the rest', async () => {
    const aborted: number[] = [];
    const fetchPage = async (pageNumber: number, signal: AbortSignal): Promise<KekaPage> => {
      if (pageNumber === 1) return page(1, 4);
      if (pageNumber === 2) throw new Error('page 2 failed');
      const { promise, reject } = Promise.withResolvers<KekaPage>();
      signal.addEventListener('abort', () => {
        aborted.push(pageNumber);
        reject(new Error('aborted'));
      });
      return promise;
    };
    await expect(Array.fromAsync(readPages(options(fetchPage)))).rejects.toThrow('page 2 failed');
    expect(aborted).toEqual([3, 4]);
  });

  it('refuses a list of more pages than the limit before it reads any further', async () => {
    const asked: number[] = [];
    const fetchPage = async (pageNumber: number) => {
      asked.push(pageNumber);
      return page(pageNumber, 60);
    };
    const reading = Array.fromAsync(readPages(options(fetchPage, { pageLimit: 50 })));
    await expect(reading).rejects.toMatchObject({
      code: 'page_limit',
      details: { totalPages: 60, pageLimit: 50, endpoint: '/time/attendance' },
    });
    expect(asked).toEqual([1]);
  });

  it('refuses a list that grows beyond the limit while it is read', async () => {
    const fetchPage = async (pageNumber: number) => page(pageNumber, pageNumber + 1);
    const reading = Array.fromAsync(readPages(options(fetchPage, { pageLimit: 10 })));
    await expect(reading).rejects.toMatchObject({ code: 'page_limit' });
  });
});

async function turn(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  await promise;
}
