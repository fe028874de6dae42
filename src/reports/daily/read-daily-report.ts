import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { sightOf } from '../../accounts/sight.ts';
import { previousLocalDay } from '../../attendance/local-time.ts';
import { planForWholeSets } from '../../db/tenancy.ts';
import { readDataAsOf, warningsOf } from '../data-as-of.ts';
import { toReportRow } from '../person-days/to-report-row.ts';
import { refuseFuture } from '../refuse-future.ts';
import { dailyQuery } from './daily-query.ts';
import type { DailyReport } from './daily-row.ts';

/**
 * The Daily Attendance report of one date; of yesterday, where the organisation is, when none is given. Throws
 * InvalidInputError for a date that has not begun there.
 */
export async function readDailyReport(
  context: OrganisationContext,
  wanted?: Temporal.PlainDate,
): Promise<DailyReport> {
  authorise(context, 'read attendance');
  const { organisation, clock } = context;
  if (wanted !== undefined) refuseFuture(context, wanted);
  const date = wanted ?? previousLocalDay(clock.now(), organisation.zone);
  return inOrganisation(context, async (transaction) => {
    await planForWholeSets(transaction);
    const { rows } = await dailyQuery(organisation, date, sightOf(context.actor)).execute(transaction);
    const { dataAsOf } = await readDataAsOf(transaction, { from: date, to: date });
    return {
      date: date.toString(),
      zone: organisation.zone,
      dataAsOf: dataAsOf?.toString() ?? null,
      warnings: warningsOf(organisation),
      rows: rows.map((row) => toReportRow(row, organisation.zone)),
    };
  });
}
