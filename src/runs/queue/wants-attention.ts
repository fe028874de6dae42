import type { ExpressionBuilder } from 'kysely';
import type { Database } from '../../db/schema.ts';
import { clockToleranceSeconds, furthestHours } from './correct-due-times.ts';

/** Whether a connection is to be looked after now: a condition on its schedule. */
export const wantsAttention = (now: Temporal.Instant) => (where: ExpressionBuilder<Database, 'schedule'>) =>
  where.or([
    where('schedule.wake_at', '<=', now),
    // Nothing is planned that far ahead; what is, was planned under a clock that was wrong.
    where('schedule.wake_at', '>', now.add({ hours: furthestHours })),
    // Planned at a time that is still to come: the clock was set back, and what is due in truth may come sooner.
    where('schedule.attended_at', '>', now.add({ seconds: clockToleranceSeconds })),
  ]);
