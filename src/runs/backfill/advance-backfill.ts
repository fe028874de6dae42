import type { BackfillId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import type { ProblemCode } from '../../errors/problem-codes.ts';
import { type DateWindow, daysIn } from '../date-window.ts';
import { planFollowUp } from '../morning/plan-follow-up.ts';
import type { EndState } from '../run-states.ts';

export type EndedPart = {
  readonly state: EndState;
  readonly errorCode: ProblemCode | null;
  readonly dateTo: Temporal.PlainDate;
  /** The dates of the part that were not stored. */
  readonly missing: readonly DateWindow[];
  readonly now: Temporal.Instant;
};

/**
 * Moves a backfill on after one of its parts. A part that ended early is tried again from its first missing date; what Keka
 * answered and could not be stored (too old, in doubt) is counted and left behind.
 */
export async function advanceBackfill(
  transaction: OrganisationTransaction,
  id: BackfillId,
  part: EndedPart,
): Promise<void> {
  const backfill = await transaction
    .selectFrom('backfill')
    .select(['state', 'date_to', 'attempts', 'days_missing', 'next_date'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const { now, missing } = part;
  const isThrough = part.errorCode === null;
  const [firstMissing] = missing;
  const next = isThrough || firstMissing === undefined ? part.dateTo.add({ days: 1 }) : firstMissing.from;
  const isFinished = Temporal.PlainDate.compare(next, backfill.date_to) > 0;
  // A part that got further than the one before it is a first try of what is left.
  const hasMoved = Temporal.PlainDate.compare(next, backfill.next_date) > 0;
  const attempts = isThrough || hasMoved ? 0 : backfill.attempts + 1;
  const retry = isThrough
    ? null
    : planFollowUp(
        { state: part.state, isComplete: false, errorCode: part.errorCode },
        { attempts: attempts + 1, now, spread: 0 },
      );
  const values = {
    next_date: next,
    attempts,
    retry_at: retry?.at ?? null,
    // That a part was cancelled because all of it is paused or cancelled is no failure.
    error_code: part.errorCode === 'cancelled' ? null : part.errorCode,
    days_missing:
      backfill.days_missing + (isThrough ? missing.reduce((sum, window) => sum + daysIn(window), 0) : 0),
  };
  await transaction
    .updateTable('backfill')
    .set({
      ...values,
      ...stateAfter(backfill.state, { isFinished, isHopeless: !isThrough && retry === null, part }),
    })
    .where('id', '=', id)
    .execute();
}

type Ahead = { readonly isFinished: boolean; readonly isHopeless: boolean; readonly part: EndedPart };

/** What somebody paused or cancelled meanwhile stays so, unless there is nothing left to do. */
function stateAfter(state: string, { isFinished, isHopeless, part }: Ahead) {
  if (state === 'cancelled') return {};
  if (isFinished) return { state: 'finished' as const, ended_at: part.now };
  if (state !== 'running') return {};
  if (part.errorCode === 'cancelled') return { state: 'paused' as const };
  if (isHopeless) return { state: 'failed' as const, ended_at: part.now };
  return {};
}
