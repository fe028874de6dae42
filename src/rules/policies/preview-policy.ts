import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { createPolicyChooser, type DatedPolicy } from '../../attendance/choose-policy.ts';
import type { Evaluation } from '../../attendance/evaluate-day.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { type DayToJudge, readDaysToJudge } from '../reevaluation/days-to-judge.ts';
import { type Judge, judgeStored } from '../reevaluation/judge-stored-days.ts';
import { readRequestsOf } from '../requests/read-requests-of.ts';
import { type Policy, selectPolicies, toDatedPolicy } from './policies.ts';
import { parsePolicy } from './policy-input.ts';
import { readPlaces } from './read-policy-chooser.ts';

/** How many days have which status and which flag. */
export type DayCountsByWord = {
  readonly statuses: Readonly<Record<string, number>>;
  readonly flags: Readonly<Record<string, number>>;
};

export type PolicyPreview = {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** Days with another status or other flags. */
  readonly changed: number;
  readonly before: DayCountsByWord;
  readonly after: DayCountsByWord;
};

export type PreviewRequest = {
  readonly draft: unknown;
  /** The policy that the draft would take the place of; null for one that is added. */
  readonly replaces: number | null;
  /** Last month where the organisation is, when left out. */
  readonly dates?: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } | undefined;
};

/** More would keep somebody waiting who asks by clicking. */
const mostDays = 500_000;
const mostDates = 366;
const daysAtOnce = 5000;

/**
 * What a draft would have made of the stored days of some dates, had it been in force on all of them, beside what the
 * policies of today make of them. Saves nothing. Throws InvalidInputError.
 */
export async function previewPolicy(
  context: OrganisationContext,
  { draft, replaces, dates }: PreviewRequest,
  graceMinutes: number,
): Promise<PolicyPreview> {
  authorise(context, 'manage attendance rules');
  const { organisation, clock } = context;
  const today = localDay(clock.now(), organisation.zone);
  const lastMonth = today.with({ day: 1 }).subtract({ months: 1 });
  const { from, to } = dates ?? { from: lastMonth, to: lastMonth.add({ months: 1 }).subtract({ days: 1 }) };
  if (Temporal.PlainDate.compare(from, to) > 0)
    throw new InvalidInputError([{ field: 'to', reason: 'must not lie before from' }]);
  if (from.until(to, { largestUnit: 'days' }).days >= mostDates)
    throw new InvalidInputError([{ field: 'to', reason: `must lie within ${mostDates} days of from` }]);
  return inOrganisation(context, async (transaction) => {
    const columns = await parsePolicy(transaction, draft, from);
    await refuseTooMany(transaction, from, to);
    const policies = await selectPolicies(transaction);
    const drafted = toDatedPolicy({ ...toPolicy(columns), from, to });
    const tally = newTally();
    for (const connectionId of await connectionsOf(transaction)) {
      const judge = await readJudges(transaction, context, {
        connectionId,
        dates: { from, to },
        policies,
        drafted,
        replaces,
      });
      for (let date = from; Temporal.PlainDate.compare(date, to) <= 0; date = date.add({ days: 1 })) {
        let after: string | null = null;
        for (;;) {
          const wanted = { connectionId, date, after, limit: daysAtOnce };
          const days: readonly DayToJudge[] = await readDaysToJudge(
            transaction,
            organisation,
            wanted,
            graceMinutes,
          );
          for (const day of days) count(tally, judgeStored(day, judge.before), judgeStored(day, judge.after));
          after = days.at(-1)?.day.sourceGuid ?? null;
          if (days.length < daysAtOnce) break;
        }
      }
    }
    return {
      from: from.toString(),
      to: to.toString(),
      days: tally.days,
      changed: tally.changed,
      before: shown(tally.before),
      after: shown(tally.after),
    };
  });
}

async function connectionsOf(transaction: OrganisationTransaction): Promise<readonly ConnectionId[]> {
  const rows = await transaction.selectFrom('connection').select('id').orderBy('id').execute();
  return rows.map(({ id }) => id);
}

async function refuseTooMany(
  transaction: OrganisationTransaction,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<void> {
  const { days } = await transaction
    .selectFrom('date_coverage')
    .select(({ fn }) => fn.sum<string | null>('people').as('days'))
    .where('date', '>=', from)
    .where('date', '<=', to)
    .executeTakeFirstOrThrow();
  if (Number(days ?? 0) <= mostDays) return;
  throw new InvalidInputError([
    { field: 'dates', reason: `have ${days} days of people; choose dates with at most ${mostDays}` },
  ]);
}

type Judges = { readonly before: Judge; readonly after: Judge };

async function readJudges(
  transaction: OrganisationTransaction,
  { organisation }: OrganisationContext,
  given: {
    readonly connectionId: ConnectionId;
    readonly dates: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate };
    readonly policies: readonly Policy[];
    readonly drafted: DatedPolicy;
    readonly replaces: number | null;
  },
): Promise<Judges> {
  const { connectionId, dates, policies, drafted, replaces } = given;
  const present = policies.map(toDatedPolicy);
  // On the days of the preview the draft holds, whatever began later for the same.
  const others = policies
    .filter(
      ({ number, scope, subject }) =>
        number !== replaces && !(scope === drafted.scope && subject === drafted.subject),
    )
    .map(toDatedPolicy);
  const future = [...others, drafted];
  const placeOf = await readPlaces(transaction, [...present, drafted], { connectionId });
  const requestsOf = await readRequestsOf(transaction, { connectionId, ...dates });
  return {
    before: { policyOf: createPolicyChooser(present, placeOf, organisation.zone), requestsOf },
    after: { policyOf: createPolicyChooser(future, placeOf, organisation.zone), requestsOf },
  };
}

/** Number 0 is no policy's: the draft has none. */
function toPolicy(columns: Awaited<ReturnType<typeof parsePolicy>>) {
  return {
    number: 0,
    scope: columns.scope,
    subject: columns.subject,
    lateGraceMinutes: columns.late_grace_minutes,
    earlyOutGraceMinutes: columns.early_out_grace_minutes,
    fullDayMinutes: columns.full_day_minutes,
    halfDayMinutes: columns.half_day_minutes,
    shortSpanMinutes: columns.short_span_minutes,
    overtimeAfterMinutes: columns.overtime_after_minutes,
  };
}

type Words = { readonly statuses: Map<string, number>; readonly flags: Map<string, number> };
type Tally = { days: number; changed: number; readonly before: Words; readonly after: Words };

function newTally(): Tally {
  const words = (): Words => ({ statuses: new Map(), flags: new Map() });
  return { days: 0, changed: 0, before: words(), after: words() };
}

function count(tally: Tally, before: Evaluation, after: Evaluation): void {
  tally.days += 1;
  const isSame = before.status === after.status && before.flags.join() === after.flags.join();
  if (!isSame) tally.changed += 1;
  countWords(tally.before, before);
  countWords(tally.after, after);
}

function countWords({ statuses, flags }: Words, { status, flags: found }: Evaluation): void {
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  for (const flag of found) flags.set(flag, (flags.get(flag) ?? 0) + 1);
}

function shown({ statuses, flags }: Words): DayCountsByWord {
  return { statuses: Object.fromEntries(statuses), flags: Object.fromEntries(flags) };
}
