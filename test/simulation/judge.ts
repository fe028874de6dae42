import { sql } from 'kysely';
import { expect } from 'vitest';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import type { Stage } from '../support/case-stage.ts';
import { canonical } from './keka-year.ts';
import type { ServedDates } from './served-dates.ts';

export const zone = 'America/New_York';
export const ages = [1, 2, 3, 5, 7, 10, 14, 21, 28, 35];
export const requestsPerMinute = 8;
/** Long enough for the slowest planned try after everything is well again. */
const calmHours = 6;

/** What the judge is told besides what Keka and the database show. */
export type Judged = {
  readonly stage: Stage;
  readonly served: ServedDates;
  readonly plan: { readonly autoRun: boolean };
  /** Since when nothing is wrong; null while something is. */
  calmSince: Temporal.Instant | null;
  lastDue: Temporal.Instant | null;
  /** Due times that were to come, and those at which nothing stood in the way of a run. */
  readonly expected: Set<string>;
  readonly certain: Set<string>;
  firstDate: string | null;
};

/** What must hold on every evening; after a calm one also what every date was promised. */
export async function judge(memory: Judged, told: string): Promise<void> {
  const { served, calmSince, lastDue, stage } = memory;
  served.takeIn();
  expect(served.busiestMinute, `${told}: requests in one minute`).toBeLessThanOrEqual(requestsPerMinute);
  expect(served.refused, `${told}: requests over the limit`).toBe(0);
  await judgeDueTimes(memory, told);
  const isCalm = calmSince !== null && calmSince.until(stage.clock.now()).total('hours') >= calmHours;
  if (!isCalm || lastDue === null || !memory.plan.autoRun) return;
  judgeAges(memory, lastDue, told);
  await judgeRows(memory, 50, told);
}

async function judgeDueTimes({ stage, expected, certain }: Judged, told: string): Promise<void> {
  const { rows } = await inOrganisation(stage.company.context, (transaction) =>
    sql<{ due: Temporal.Instant; runs: number }>`
      select due_at as due, count(*)::int as runs from run where due_at is not null group by due_at`.execute(
      transaction,
    ),
  );
  const made = new Map(rows.map(({ due, runs }) => [due.toString(), runs]));
  const doubled = [...made].filter(([, runs]) => runs > 1);
  expect(doubled, `${told}: due times with more than one run`).toEqual([]);
  // A clock that is ahead brings a due time forward; it is one of those to come.
  const past = [...made.keys()].filter((due) => due <= stage.clock.now().toString());
  expect(
    past.filter((due) => !expected.has(due)),
    `${told}: runs for times that were not due`,
  ).toEqual([]);
  expect(
    [...certain].filter((due) => !made.has(due)),
    `${told}: due times without a run`,
  ).toEqual([]);
}

/** Every date that was over at the last due time was told at the largest of the promised ages that it has reached, or later. */
function judgeAges(memory: Judged, lastDue: Temporal.Instant, told: string): void {
  const today = lastDue.toZonedDateTimeISO(zone).toPlainDate();
  const yesterday = today.subtract({ days: 1 });
  memory.firstDate ??= yesterday.toString();
  const late: string[] = [];
  for (let age = 1; age <= 60; age += 1) {
    const date = today.subtract({ days: age });
    if (date.toString() < memory.firstDate) break;
    const read = memory.served.lastOf(date.toString());
    const promised = Math.max(...ages.filter((one) => one <= age));
    const readAt = read === undefined ? -1 : date.until(read.on).days;
    if (readAt < promised)
      late.push(`${date.toString()}: promised at ${promised} days, last told at ${readAt}`);
  }
  expect(late, `${told}: dates not read when promised`).toEqual([]);
}

/** Every row of the last days against what Keka last told of its date. */
export async function judgeRows({ stage, served }: Judged, days: number, told: string): Promise<void> {
  const today = stage.clock.now().toZonedDateTimeISO(zone).toPlainDate();
  const from = today.subtract({ days });
  const { rows } = await inOrganisation(stage.company.context, (transaction) =>
    sql<{ date: string; guid: string; missed: number; record: unknown }>`
      select date::text, source_guid as guid, missed_reads as missed, record from attendance_day
      where date >= ${from.toString()}`.execute(transaction),
  );
  const stored = Map.groupBy(rows, ({ date }) => date);
  const wrong: string[] = [];
  for (let date = from; Temporal.PlainDate.compare(date, today) < 0; date = date.add({ days: 1 })) {
    const told = served.lastOf(date.toString())?.records ?? new Map<string, string>();
    const kept = stored.get(date.toString()) ?? [];
    const byPerson = new Map(kept.map((row) => [row.guid, row]));
    if (byPerson.size < kept.length) wrong.push(`${date.toString()}: a row twice`);
    for (const [person, record] of told) {
      const row = byPerson.get(person);
      if (row === undefined) wrong.push(`${date.toString()} ${person}: lost`);
      else if (canonical(row.record) !== record)
        wrong.push(`${date.toString()} ${person}: not what was told`);
      else if (row.missed > 0) wrong.push(`${date.toString()} ${person}: said to be missing`);
    }
    for (const { guid, missed } of kept) {
      if (!told.has(guid) && missed === 0) wrong.push(`${date.toString()} ${guid}: told by nobody`);
    }
  }
  expect(wrong, `${told}: stored against told`).toEqual([]);
}
