import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { expectedPeople } from '../date-coverage.ts';
import type { DateWindow } from '../date-window.ts';
import { cheapestWindows } from './cheapest-windows.ts';
import { oldestServed, planReads, type ReadPlan } from './plan-reads.ts';
import { unfinishedDates } from './unfinished-days.ts';

export type MorningPlan = ReadPlan & { readonly windows: readonly DateWindow[] };

/** What a connection has to read now, and in which windows. */
export async function planMorning(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  options: {
    readonly connectionId: ConnectionId;
    readonly ages: readonly number[];
    readonly promisedFrom: Temporal.PlainDate;
    readonly graceMinutes: number;
  },
): Promise<MorningPlan> {
  const { connectionId, ages, promisedFrom } = options;
  const { clock, organisation } = context;
  const today = localDay(clock.now(), organisation.zone);
  const servedFrom = oldestServed(today);
  const earliest = Temporal.PlainDate.compare(promisedFrom, servedFrom) < 0 ? promisedFrom : servedFrom;
  const covered = await transaction
    .selectFrom('date_coverage')
    .select(['date', 'people', 'last_complete_read_at'])
    .where('connection_id', '=', connectionId)
    .where('date', '>=', earliest)
    .execute();
  const usual = (await expectedPeople(transaction, connectionId)) ?? 0;
  const people = new Map(covered.map(({ date, people }) => [date.toString(), people]));
  const plan = planReads({
    today,
    ages,
    promisedFrom,
    servedFrom,
    lastReadOn: new Map(
      covered.map(({ date, last_complete_read_at: at }) => [
        date.toString(),
        Temporal.Instant.compare(at, clock.now()) > 0 ? null : localDay(at, organisation.zone),
      ]),
    ),
    unfinished: await unfinishedDates(transaction, context, options),
  });
  const windows = cheapestWindows(
    plan.dates.map(({ date }) => date),
    (date) => people.get(date.toString()) ?? usual,
  );
  return { ...plan, windows };
}
