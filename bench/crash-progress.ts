import { z } from 'zod';

const progressSchema = z.object({
  progress: z.object({
    step: z.string(),
    chunksDone: z.number(),
    pagesDone: z.number(),
    pages: z.number(),
  }),
});
type Progress = z.infer<typeof progressSchema>['progress'];

/** What a fetch has told of itself so far, on its standard error. */
export type FetchObserver = {
  readonly hear: (piece: string) => void;
  /** Resolves when the condition holds after something was heard, or when `over` does. */
  until(condition: () => boolean, over: Promise<unknown>): Promise<void>;
  lines(): number;
  /** All pages of a chunk are stored and it has not said yet that the chunk is committed; how many times so far. */
  commitsBegun(): number;
  isCommitting(): boolean;
  isReadingPeople(): boolean;
  /** Chunks that it has told to be committed, as `from` or `from to to`. */
  acknowledged(): readonly string[];
};

const nothing: Progress = { step: '', chunksDone: 0, pagesDone: 0, pages: 0 };

export function createFetchObserver(): FetchObserver {
  let rest = '';
  let lines = 0;
  let latest = nothing;
  let commitsBegun = 0;
  let look = (): void => {};
  const acknowledged: string[] = [];
  const isWhole = ({ pages, pagesDone, step }: Progress) =>
    pages > 0 && pagesDone === pages && step !== 'People';

  function take(line: string): void {
    lines += 1;
    const { progress } = progressSchema.parse(JSON.parse(line));
    // A chunk that Keka refused ends as well, but none of its pages came.
    if (progress.chunksDone > latest.chunksDone && isWhole(latest)) acknowledged.push(latest.step);
    else if (isWhole(progress) && !isWhole(latest)) commitsBegun += 1;
    latest = progress;
  }

  return {
    hear(piece) {
      const parts = `${rest}${piece}`.split('\n');
      rest = parts.pop() ?? '';
      // Everything else that it tells is not about progress.
      for (const line of parts) if (line.startsWith('{"progress"')) take(line);
      look();
    },
    until(condition, over) {
      const { promise, resolve } = Promise.withResolvers<void>();
      look = () => {
        if (condition()) resolve();
      };
      look();
      return Promise.race([promise, over.then(() => {})]);
    },
    lines: () => lines,
    commitsBegun: () => commitsBegun,
    isCommitting: () => isWhole(latest) && acknowledged.at(-1) !== latest.step,
    isReadingPeople: () => latest.step === 'People',
    acknowledged: () => acknowledged,
  };
}
