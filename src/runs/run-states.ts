import type { RunState } from '../db/schema.ts';
import type { ProblemSeverity } from '../errors/problem-codes.ts';

export type EndState = Exclude<RunState, 'queued' | 'running'>;

/** Every way a run can go on from a state. What has ended stays as it is. */
const transitions: Readonly<Record<RunState, readonly RunState[]>> = {
  queued: ['running', 'failed', 'interrupted'],
  running: ['succeeded', 'partial', 'failed', 'interrupted'],
  succeeded: [],
  partial: [],
  failed: [],
  interrupted: [],
};

export function mayBecome(from: RunState, to: RunState): boolean {
  return transitions[from].includes(to);
}

/** Of a run that went through all of its chunks, how many of them ended how. */
export type ChunkCounts = {
  readonly committed: number;
  readonly unverified: number;
  /** Those that Keka serves no longer included. */
  readonly failed: number;
  readonly tooOld: number;
};

/**
 * How a run ended that went through all of its chunks: `failed` when nothing of it could be stored and verified,
 * `succeeded` when there is nothing that a person has to look at, otherwise `partial`. A chunk that arrived but does
 * not add up is `partial`: Keka answered, and what it answered is in doubt.
 */
export function endStateOf(
  run: Omit<ChunkCounts, 'tooOld'> & { readonly severities: readonly ProblemSeverity[] },
): EndState {
  if (run.failed > 0 && run.committed + run.unverified === 0) return 'failed';
  const complete = run.failed + run.unverified === 0;
  return complete && run.severities.every((severity) => severity === 'notice') ? 'succeeded' : 'partial';
}

/** Whether every date was read that can be read at all: what else a person has to look at does not matter here. */
export function isComplete({ committed, unverified, failed, tooOld }: ChunkCounts): boolean {
  return committed > 0 && unverified === 0 && failed === tooOld;
}
