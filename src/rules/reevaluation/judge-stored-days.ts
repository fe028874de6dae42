import { sql } from 'kysely';
import type { AttendancePolicy } from '../../attendance/evaluate-day.ts';
import { type Evaluation, judgeDay, rulesVersion } from '../../attendance/evaluate-day.ts';
import { booleans, integers, texts, uuids } from '../../db/array-parameters.ts';
import type { ConnectionId, OrganisationId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { type DayToJudge, isOutOfDate } from './days-to-judge.ts';

export type Judge = Pick<AttendancePolicy, 'policyOf' | 'requestsOf'>;

/** The same judgement as at a fetch, of a day as it is stored. */
export function judgeStored(
  { day, isFinal, stored }: DayToJudge,
  { policyOf, requestsOf }: Judge,
): Evaluation {
  const judged = judgeDay(day, policyOf(day), isFinal, requestsOf?.(day));
  // Its shift has ended since it was read, and nobody is still in.
  const isSettled = stored.status === 'pending' && judged.status === 'in_progress';
  return isSettled ? { ...judged, status: 'pending' } : judged;
}

type DaysOfDate = {
  readonly organisationId: OrganisationId;
  readonly connectionId: ConnectionId;
  readonly date: Temporal.PlainDate;
};

/** Judges days of one date anew and writes those that come out differently. Returns how many those are. */
export async function judgeStoredDays(
  transaction: OrganisationTransaction,
  { organisationId, connectionId, date }: DaysOfDate,
  days: readonly DayToJudge[],
  judge: Judge,
): Promise<number> {
  const written = days.flatMap((one) => {
    const judged = judgeStored(one, judge);
    return isOutOfDate(one, judged) ? [{ day: one.day, judged }] : [];
  });
  if (written.length === 0) return 0;
  await sql`
    update attendance_day d set status = r.status, flags = string_to_array(r.flags, ','), is_open = r.is_open,
      late_minutes = r.late_minutes, early_out_minutes = r.early_out_minutes, overtime_minutes = r.overtime_minutes,
      expected_minutes = r.expected_minutes, shift_minutes = r.shift_minutes, policy = r.policy,
      rules_version = ${rulesVersion}
    from (select unnest(${uuids(written, ({ day }) => day.sourceGuid)}) as guid,
      unnest(${texts(written, ({ judged }) => judged.status)}) as status,
      unnest(${texts(written, ({ judged }) => judged.flags.join(','))}) as flags,
      unnest(${booleans(written, ({ judged }) => judged.isOpen)}) as is_open,
      unnest(${integers(written, ({ judged }) => judged.lateMinutes)}) as late_minutes,
      unnest(${integers(written, ({ judged }) => judged.earlyOutMinutes)}) as early_out_minutes,
      unnest(${integers(written, ({ judged }) => judged.overtimeMinutes)}) as overtime_minutes,
      unnest(${integers(written, ({ judged }) => judged.expectedMinutes)}) as expected_minutes,
      unnest(${integers(written, ({ day }) => day.shiftMinutes)}) as shift_minutes,
      unnest(${integers(written, ({ judged }) => judged.policy)}) as policy) as r
    where d.organisation_id = ${organisationId} and d.connection_id = ${connectionId} and d.date = ${date}
      and d.source_guid = r.guid`.execute(transaction);
  return written.length;
}
