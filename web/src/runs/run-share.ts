import type { RunSummary } from '../../../src/contract/runs.ts';

type Going = Pick<RunSummary, 'progress' | 'startedAt'>;

/** How much of a run is done, 0 to 1; null while nobody can tell. */
export function shareOf({ progress }: Going): number | null {
  if (progress === null || progress.chunks === 0) return null;
  const ofPart = progress.pages === 0 ? 0 : Math.min(1, progress.pagesDone / progress.pages);
  // A list of people that is read first belongs to no part.
  const done = progress.step === 'People' ? 0 : progress.chunksDone + ofPart;
  return Math.min(1, done / progress.chunks);
}

/** Too little is done to tell by it how long the rest takes. */
const leastShare = 0.05;

/** About how many seconds it still takes, as fast as it went so far; null while nobody can tell. */
export function secondsLeft(run: Going, now: Temporal.Instant): number | null {
  const share = shareOf(run);
  if (share === null || share < leastShare) return null;
  const seconds = (now.epochMilliseconds - Temporal.Instant.from(run.startedAt).epochMilliseconds) / 1000;
  return Math.max(0, Math.round((seconds / share) * (1 - share)));
}
