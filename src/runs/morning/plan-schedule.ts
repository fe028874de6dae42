import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { Connection } from '../../connections/connections.ts';
import { selectSchedules } from '../../connections/schedule/schedules.ts';
import { peopleOf } from '../backfill/backfills.ts';
import { estimateMorning, type ReadingEstimate } from './estimate-reading.ts';

export type SchedulePlan = {
  readonly recheckAges: readonly number[];
  /** Records of a day that the figures stand on. */
  readonly people: number;
  readonly windows: readonly {
    readonly from: string;
    readonly to: string;
    readonly requests: number;
    readonly records: number;
  }[];
  /** Of every morning, the list of people included. */
  readonly requests: number;
  readonly minutes: number;
};

/** The same for a connection that is not there yet. */
export function planNewSchedule(
  context: OrganisationContext,
  wanted: {
    readonly recheckAges: readonly number[];
    readonly people: number;
    readonly requestsPerMinute: number;
  },
): SchedulePlan {
  authorise(context, 'read runs');
  const today = localDay(context.clock.now(), context.organisation.zone);
  return toPlan(wanted, estimateMorning({ ...wanted, ages: wanted.recheckAges, today }));
}

/** What every morning would read and cost, with other ages or another number of people where they are given. */
export function planSchedule(
  context: OrganisationContext,
  connection: Connection,
  wanted: { readonly recheckAges?: readonly number[] | undefined; readonly people: number | null },
): Promise<SchedulePlan> {
  authorise(context, 'read runs');
  return inOrganisation(context, async (transaction) => {
    const schedule = await selectSchedules(transaction)
      .where('connection_id', '=', connection.id)
      .executeTakeFirstOrThrow();
    const recheckAges = wanted.recheckAges ?? schedule.recheck_ages;
    const people = wanted.people ?? (await peopleOf(transaction, connection.id)) ?? 0;
    const estimate = estimateMorning({
      today: localDay(context.clock.now(), context.organisation.zone),
      ages: recheckAges,
      people,
      requestsPerMinute: connection.requestsPerMinute,
    });
    return toPlan({ recheckAges, people }, estimate);
  });
}

function toPlan(
  { recheckAges, people }: Pick<SchedulePlan, 'recheckAges' | 'people'>,
  { windows, requests, minutes }: ReadingEstimate,
): SchedulePlan {
  return {
    recheckAges,
    people,
    windows: windows.map(({ from, to, requests: ofWindow, records }) => ({
      from: from.toString(),
      to: to.toString(),
      requests: ofWindow,
      records,
    })),
    requests,
    minutes,
  };
}
