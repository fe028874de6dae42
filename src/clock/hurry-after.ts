import type { Clock } from './clock.ts';

/** Waits for the work, and hurries it once when it takes longer than that. */
export async function hurryAfter<Result>(
  { clock, milliseconds }: { readonly clock: Clock; readonly milliseconds: number },
  work: Promise<Result>,
  hurry: () => void,
): Promise<Result> {
  const over = new AbortController();
  clock.sleep(milliseconds, over.signal).then(hurry, () => {}); // rejects when the work was quicker
  try {
    return await work;
  } finally {
    over.abort();
  }
}
