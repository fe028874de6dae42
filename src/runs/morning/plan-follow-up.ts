import type { ProblemCode } from '../../errors/problem-codes.ts';
import type { EndState } from '../run-states.ts';

/** Why a connection is tried besides its due times. */
export type FollowUpReason =
  /** The process died, or was stopped, in the middle. */
  | 'interrupted'
  /** Keka, the network or the database was not there. */
  | 'failed'
  /** Keka answered, and what it answered is in doubt: it answers slowly in the morning. */
  | 'suspicious'
  /** A shift ends later than the run began. */
  | 'unfinished_days'
  /** Somebody entered other secrets or another address after a failure. */
  | 'settings_changed';

export type FollowUp = { readonly at: Temporal.Instant; readonly reason: FollowUpReason };

export type EndedRun = {
  readonly state: EndState;
  readonly isComplete: boolean;
  readonly errorCode: ProblemCode | null;
};

/** Trying again changes nothing before a person has done something. */
const needsPerson: ReadonlySet<ProblemCode> = new Set([
  'credentials_refused',
  'key_expired',
  'privilege_missing',
  'company_not_found',
  'redirect_refused',
  'secrets_unreadable',
  'page_limit',
  'invalid_input',
  'cancelled',
]);

/** Minutes until the next try, by how many there were since the due time. After the last one, the next due time comes. */
const waits: Readonly<Record<'interrupted' | 'failed' | 'suspicious', readonly number[]>> = {
  interrupted: [0, 0, 1, 5, 15, 30, 60, 120, 240],
  failed: [1, 5, 15, 30, 60, 120, 240, 240],
  suspicious: [15, 30, 60, 120, 240, 240],
};

export function isForPerson(code: ProblemCode | null): boolean {
  return code !== null && needsPerson.has(code);
}

/**
 * When a run that did not get everything is followed by another try, or null when that is of no use. `attempts` is how many
 * tries there were so far, this one included. `spread` (0 to 1) keeps many connections from coming back at the same moment.
 */
export function planFollowUp(
  run: EndedRun,
  {
    attempts,
    now,
    spread,
  }: { readonly attempts: number; readonly now: Temporal.Instant; readonly spread: number },
): FollowUp | null {
  if (run.isComplete || isForPerson(run.errorCode)) return null;
  const reason =
    run.state === 'interrupted' ? 'interrupted' : run.errorCode === null ? 'suspicious' : 'failed';
  const minutes = waits[reason][Math.max(0, attempts - 1)];
  if (minutes === undefined) return null;
  return { reason, at: now.add({ seconds: Math.round(minutes * 60 * (1 + 0.2 * spread)) }) };
}
