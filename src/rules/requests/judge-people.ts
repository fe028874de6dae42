import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { waitForJudging } from '../lock-judging.ts';
import { monthOf, readLockedMonths } from '../locks/locked-months.ts';
import { readPolicyChooser } from '../policies/read-policy-chooser.ts';
import { readDaysToJudge } from '../reevaluation/days-to-judge.ts';
import { judgeStoredDays } from '../reevaluation/judge-stored-days.ts';
import { readRequestsOf } from './read-requests-of.ts';

/** Days of one person that something touches. */
export type PersonDates = {
  readonly sourceGuid: string;
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
};

type Work = {
  readonly connectionId: ConnectionId;
  readonly graceMinutes: number;
  readonly signal: AbortSignal;
};

/** Judges exactly these days anew, as far as they are stored and their month is open; a date is a transaction. */
export async function judgePeople(
  context: OrganisationContext,
  { connectionId, graceMinutes, signal }: Work,
  touched: readonly PersonDates[],
): Promise<void> {
  const dates = await inOrganisation(context, (transaction) =>
    storedDates(transaction, connectionId, touched),
  );
  for (const date of dates) {
    signal.throwIfAborted();
    const guids = touched
      .filter(({ from, to }) => isWithin(date, from, to))
      .map(({ sourceGuid }) => sourceGuid);
    if (guids.length === 0) continue;
    await inOrganisation(context, (transaction) =>
      judgeDate(transaction, context, { connectionId, date, guids, graceMinutes }),
    );
  }
}

async function judgeDate(
  transaction: OrganisationTransaction,
  { organisation }: OrganisationContext,
  given: {
    readonly connectionId: ConnectionId;
    readonly date: Temporal.PlainDate;
    readonly guids: readonly string[];
    readonly graceMinutes: number;
  },
): Promise<void> {
  const { connectionId, date, guids, graceMinutes } = given;
  await waitForJudging(transaction, connectionId);
  if ((await readLockedMonths(transaction)).has(monthOf(date.toString()))) return;
  const wanted = { connectionId, date, guids, after: null, limit: guids.length };
  const days = await readDaysToJudge(transaction, organisation, wanted, graceMinutes);
  const policyOf = await readPolicyChooser(transaction, organisation, { connectionId, guids });
  const requestsOf = await readRequestsOf(transaction, { connectionId, from: date, to: date });
  const scope = { organisationId: organisation.id, connectionId, date };
  await judgeStoredDays(transaction, scope, days, { policyOf, requestsOf });
}

/** The dates that were ever read, from the first to the last that is touched. */
async function storedDates(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
  touched: readonly PersonDates[],
): Promise<readonly Temporal.PlainDate[]> {
  const sorted = touched.toSorted((one, other) => Temporal.PlainDate.compare(one.from, other.from));
  const last = touched.toSorted((one, other) => Temporal.PlainDate.compare(other.to, one.to))[0];
  const [first] = sorted;
  if (first === undefined || last === undefined) return [];
  const rows = await transaction
    .selectFrom('date_coverage')
    .select('date')
    .where('connection_id', '=', connectionId)
    .where('date', '>=', first.from)
    .where('date', '<=', last.to)
    .orderBy('date')
    .execute();
  return rows.map(({ date }) => date);
}

function isWithin(date: Temporal.PlainDate, from: Temporal.PlainDate, to: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(from, date) <= 0 && Temporal.PlainDate.compare(date, to) <= 0;
}
