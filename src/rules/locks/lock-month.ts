import { sql } from 'kysely';
import { z } from 'zod';
import { actorName, recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError, InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { refuseWhileJudging } from '../lock-judging.ts';

export type MonthLock = {
  /** As `2026-03`. */
  readonly month: string;
  readonly lockedAt: string;
  readonly lockedBy: string;
  /** Days that Keka has otherwise by now. */
  readonly drift: number;
};

const monthInput = z
  .string('must be a month, YYYY-MM')
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM');

/** Throws InvalidInputError. */
export function parseMonth(input: unknown): Temporal.PlainYearMonth {
  return Temporal.PlainYearMonth.from(parseInput(z.object({ month: monthInput }), { month: input }).month);
}

/** Newest month first. */
export async function listMonthLocks(context: OrganisationContext): Promise<readonly MonthLock[]> {
  authorise(context, 'read runs');
  const { rows } = await inOrganisation(context, (transaction) =>
    sql<{ month: string; locked_at: Temporal.Instant; locked_by: string; drift: number }>`
      select to_char(l.month, 'YYYY-MM') as month, l.locked_at, l.locked_by, (
        select count(*)::integer from drift_day d
        where d.date >= l.month and d.date < l.month + interval '1 month') as drift
      from month_lock l order by l.month desc`.execute(transaction),
  );
  return rows.map(({ month, locked_at: lockedAt, locked_by: lockedBy, drift }) => ({
    month,
    lockedAt: lockedAt.toString(),
    lockedBy,
    drift,
  }));
}

/**
 * Closes a month: from now on neither a fetch nor a policy changes its days. A month with days that are not known for good
 * is refused unless `acceptGaps` is set. Throws InvalidInputError (not over yet, gaps), `not_possible` (a fetch is under
 * way, days wait to be judged anew).
 */
export async function lockMonth(
  context: OrganisationContext,
  input: { readonly month: unknown; readonly acceptGaps?: boolean },
): Promise<void> {
  authorise(context, 'manage attendance rules');
  const { organisation, clock, actor } = context;
  const month = parseMonth(input.month);
  const today = localDay(clock.now(), organisation.zone);
  if (Temporal.PlainYearMonth.compare(month, today.toPlainYearMonth()) >= 0)
    throw new InvalidInputError([{ field: 'month', reason: 'is not over yet' }]);
  await inOrganisation(context, async (transaction) => {
    await refuseWhileJudging(transaction);
    const made = await transaction
      .insertInto('month_lock')
      .values({
        organisation_id: organisation.id,
        month: month.toPlainDate({ day: 1 }),
        locked_at: clock.now(),
        locked_by: actorName(actor),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('month')
      .executeTakeFirst();
    if (made === undefined) throw new InvalidInputError([{ field: 'month', reason: 'is locked already' }]);
    await refuseUnjudged(transaction, month);
    if (input.acceptGaps !== true) await refuseGaps(transaction, context, month);
    await recordAudit(transaction, context, {
      action: 'locked the month',
      subject: { kind: 'month', id: null, name: month.toString() },
      after: { acceptGaps: input.acceptGaps === true },
    });
  });
}

/**
 * Opens a month again: later fetches write its days. What was held back stays in the list until then, or until it is
 * accepted. Throws `not_found`.
 */
export async function unlockMonth(context: OrganisationContext, input: unknown): Promise<void> {
  authorise(context, 'manage attendance rules');
  const month = parseMonth(input);
  await inOrganisation(context, async (transaction) => {
    const removed = await transaction
      .deleteFrom('month_lock')
      .where('month', '=', month.toPlainDate({ day: 1 }))
      .returning('month')
      .executeTakeFirst();
    if (removed === undefined)
      throw new HajiriError('not_found', `The month ${month.toString()} is not locked.`);
    await recordAudit(transaction, context, {
      action: 'unlocked the month',
      subject: { kind: 'month', id: null, name: month.toString() },
    });
  });
}

async function refuseUnjudged(
  transaction: OrganisationTransaction,
  month: Temporal.PlainYearMonth,
): Promise<void> {
  const waiting = await transaction
    .selectFrom('reevaluation')
    .select('id')
    .where('state', '=', 'waiting')
    .where('date_from', '<=', month.toPlainDate({ day: month.daysInMonth }))
    .where('date_to', '>=', month.toPlainDate({ day: 1 }))
    .limit(1)
    .executeTakeFirst();
  if (waiting === undefined) return;
  throw new HajiriError(
    'not_possible',
    'Days of this month wait to be judged anew. Lock it when that is done.',
  );
}

/** Dates that some connection has not read completely after they were over, or that have a day which was not over. */
async function refuseGaps(
  transaction: OrganisationTransaction,
  { organisation }: OrganisationContext,
  month: Temporal.PlainYearMonth,
): Promise<void> {
  const [first, last] = [month.toPlainDate({ day: 1 }), month.toPlainDate({ day: month.daysInMonth })];
  const { rows } = await sql<{ dates: number; first: Temporal.PlainDate | null }>`
    select count(distinct g.date)::integer as dates, min(g.date) as first from (
      select s.date::date as date
      from generate_series(${first}::date, ${last}::date, interval '1 day') as s (date)
      cross join connection c
      left join date_coverage v on v.organisation_id = c.organisation_id and v.connection_id = c.id
        and v.date = s.date::date
      where v.date is null
        or v.last_complete_read_at <= ((s.date::date + 1)::timestamp at time zone ${organisation.zone})
      union all
      select d.date from attendance_day d
      where d.date between ${first} and ${last} and d.is_open and d.missed_reads = 0
    ) as g`.execute(transaction);
  const { dates = 0, first: firstGap = null } = rows[0] ?? {};
  if (dates === 0) return;
  const reason = `has ${dates} dates that were not read completely after they were over, the first ${firstGap?.toString() ?? ''}; fetch them, or lock it with its gaps`;
  throw new InvalidInputError([{ field: 'month', reason }]);
}
