import type { Selectable } from 'kysely';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { ReevaluationId, ReevaluationTable } from '../../db/rule-tables.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { waitForJudging } from '../lock-judging.ts';
import { monthOf, readLockedMonths } from '../locks/locked-months.ts';
import { readPolicyChooser } from '../policies/read-policy-chooser.ts';
import { readRequestsOf } from '../requests/read-requests-of.ts';
import { readDaysToJudge } from './days-to-judge.ts';
import { judgeStoredDays } from './judge-stored-days.ts';

export type ReevaluationTools = {
  /** Minutes after a shift in which a punch may still come. */
  readonly graceMinutes: number;
  readonly signal: AbortSignal;
  /** Days in one transaction; for tests. */
  readonly daysAtOnce?: number;
};

/** Enough to be worth a transaction, few enough that a fetch does not notice that it waited. */
const daysAtOnce = 2000;
/** Dates without a stored day that one transaction passes over. */
const emptyDatesAtOnce = 60;

/**
 * Judges anew what was asked for, in transactions of a bounded number of days, each with how far it came: whoever takes it
 * up again after a crash goes on there, and two processes at it take turns.
 */
export async function reevaluate(
  context: OrganisationContext,
  id: ReevaluationId,
  tools: ReevaluationTools,
): Promise<void> {
  for (;;) {
    tools.signal.throwIfAborted();
    const isFinished = await inOrganisation(context, (transaction) =>
      judgeNext(transaction, context, id, tools),
    );
    if (isFinished) return;
  }
}

/** Everything that waits, oldest first. */
export async function reevaluateAll(context: OrganisationContext, tools: ReevaluationTools): Promise<void> {
  const waiting = await inOrganisation(context, (transaction) =>
    transaction
      .selectFrom('reevaluation')
      .select('id')
      .where('state', '=', 'waiting')
      .orderBy('requested_at')
      .orderBy('id')
      .execute(),
  );
  for (const { id } of waiting) await reevaluate(context, id, tools);
}

type Work = Pick<
  Selectable<ReevaluationTable>,
  'date_from' | 'date_to' | 'done_connection' | 'done_date' | 'done_guid' | 'judged' | 'changed'
>;

/** One transaction. True when nothing is left. */
async function judgeNext(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  id: ReevaluationId,
  tools: ReevaluationTools,
): Promise<boolean> {
  const work = await transaction
    .selectFrom('reevaluation')
    .select(['date_from', 'date_to', 'done_connection', 'done_date', 'done_guid', 'judged', 'changed'])
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .forUpdate()
    .executeTakeFirst();
  if (work === undefined) return true;
  const connectionId = await connectionToDo(transaction, work);
  const update = transaction.updateTable('reevaluation').where('id', '=', id);
  if (connectionId === null) {
    await update.set({ state: 'finished', ended_at: context.clock.now() }).execute();
    return true;
  }
  const done = await judgeConnection(transaction, context, { work, connectionId, tools });
  await update
    .set({
      done_connection: connectionId,
      done_date: done.date,
      done_guid: done.guid,
      judged: work.judged + done.judged,
      changed: work.changed + done.changed,
    })
    .execute();
  return false;
}

/** One connection after the other, so that a transaction waits for the fetches of one alone. */
async function connectionToDo(
  transaction: OrganisationTransaction,
  { date_to, done_connection, done_date, done_guid }: Work,
): Promise<ConnectionId | null> {
  const isDone = done_date !== null && done_date.equals(date_to) && done_guid === null;
  const next = await transaction
    .selectFrom('connection')
    .select('id')
    .$if(
      done_connection !== null,
      (query) => query.where('id', isDone ? '>' : '>=', done_connection as ConnectionId), // not null here
    )
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return next?.id ?? null;
}

type Progress = {
  /** The last date that was looked at. */
  readonly date: Temporal.PlainDate;
  /** The last person on it; null when the whole date is done. */
  readonly guid: string | null;
  readonly judged: number;
  readonly changed: number;
};

async function judgeConnection(
  transaction: OrganisationTransaction,
  { organisation }: OrganisationContext,
  given: { readonly work: Work; readonly connectionId: ConnectionId; readonly tools: ReevaluationTools },
): Promise<Progress> {
  const { work, connectionId, tools } = given;
  const limit = tools.daysAtOnce ?? daysAtOnce;
  await waitForJudging(transaction, connectionId);
  // A closed month is never judged anew.
  const locked = await readLockedMonths(transaction);
  let { date, after } = placeToGoOn(work, connectionId);
  for (let passed = 0; ; passed += 1) {
    const wanted = { connectionId, date, after, limit };
    const days = locked.has(monthOf(date.toString()))
      ? []
      : await readDaysToJudge(transaction, organisation, wanted, tools.graceMinutes);
    const isLast = date.equals(work.date_to) || passed >= emptyDatesAtOnce;
    if (days.length === 0 && !isLast) {
      date = date.add({ days: 1 });
      after = null;
      continue;
    }
    const guids = days.map(({ day }) => day.sourceGuid);
    const policyOf = await readPolicyChooser(transaction, organisation, { connectionId, guids });
    const requestsOf = await readRequestsOf(transaction, { connectionId, from: date, to: date });
    const scope = { organisationId: organisation.id, connectionId, date };
    const changed = await judgeStoredDays(transaction, scope, days, { policyOf, requestsOf });
    const guid = days.length < limit ? null : (guids.at(-1) ?? null);
    return { date, guid, judged: days.length, changed };
  }
}

/** Behind the last day that is done; a connection that is begun starts with the first date. */
function placeToGoOn(
  { date_from, done_connection, done_date, done_guid }: Work,
  connectionId: ConnectionId,
): { date: Temporal.PlainDate; after: string | null } {
  if (done_connection !== connectionId || done_date === null) return { date: date_from, after: null };
  if (done_guid !== null) return { date: done_date, after: done_guid };
  return { date: done_date.add({ days: 1 }), after: null };
}
