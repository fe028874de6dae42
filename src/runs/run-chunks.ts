import type { OrganisationContext } from '../accounts/organisation-context.ts';
import type { ChunkState, RunId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import type { ProblemCode } from '../errors/problem-codes.ts';
import type { DateWindow } from './date-window.ts';
import type { ChunkReading } from './read-chunk.ts';

/** How one chunk ended. `reading` is null when not even its pages arrived. */
export type ChunkEnd = {
  readonly number: number;
  readonly window: DateWindow;
  readonly attempts: number;
  readonly state: ChunkState;
  readonly reading: ChunkReading | null;
  readonly errorCode: ProblemCode | null;
};

export async function recordChunk(
  transaction: OrganisationTransaction,
  run: { readonly context: OrganisationContext; readonly runId: RunId },
  end: ChunkEnd,
): Promise<void> {
  const { reading } = end;
  // Counts are of what was stored; a chunk that was not committed stored nothing.
  const stored = end.state === 'committed' ? reading?.counts : undefined;
  await transaction
    .insertInto('run_chunk')
    .values({
      organisation_id: run.context.organisation.id,
      run_id: run.runId,
      number: end.number,
      date_from: end.window.from,
      date_to: end.window.to,
      state: end.state,
      attempts: end.attempts,
      pages: reading?.tally.pagesRead.length ?? 0,
      announced: reading?.tally.announced ?? null,
      received: reading?.tally.received ?? 0,
      inserted: stored?.inserted ?? 0,
      changed: stored?.changed ?? 0,
      unchanged: stored?.unchanged ?? 0,
      invalid: stored?.invalid ?? 0,
      held: stored?.held ?? 0,
      error_code: end.errorCode,
      ended_at: run.context.clock.now(),
    })
    .execute();
}
