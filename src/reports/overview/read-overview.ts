import { sql } from 'kysely';
import { z } from 'zod';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay, previousLocalDay } from '../../attendance/local-time.ts';
import type { RunState } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { describeProblem, type ProblemSeverity, problemCodes } from '../../errors/problem-codes.ts';
import { type DateCoverage, readCoverage } from './read-coverage.ts';

export type RunBrief = {
  readonly run: string;
  readonly state: RunState;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
};

/** Where one connection stands. Last success and last attempt are told apart: a failed attempt renews nothing. */
export type ConnectionBrief = {
  readonly id: string;
  readonly name: string;
  readonly subdomain: string;
  readonly autoRun: boolean;
  readonly nextDueAt: string | null;
  /** A try besides the due times. */
  readonly plannedRetryAt: string | null;
  readonly keyExpiresOn: string | null;
  readonly lastSuccess: RunBrief | null;
  readonly lastAttempt: RunBrief | null;
  readonly running: string | null;
};

/** One kind of problem in the last runs that a person has to look at. */
export type Attention = {
  readonly code: string;
  readonly severity: Exclude<ProblemSeverity, 'notice'>;
  readonly title: string;
  readonly whatToDo: string;
  readonly count: number;
  readonly run: string;
};

/** How many people had which status on a date, by the records that are stored. */
export type TrendDay = { readonly date: string; readonly statuses: Readonly<Record<string, number>> };

export type Overview = {
  readonly organisation: string;
  readonly zone: string;
  readonly today: string;
  /** The last day that is over where the organisation is, and how well it is known; null without a connection. */
  readonly lastDay: string;
  readonly lastDayCoverage: DateCoverage | null;
  readonly employees: number;
  readonly connections: readonly ConnectionBrief[];
  readonly attention: readonly Attention[];
  readonly trend: readonly TrendDay[];
};

const trendDays = 14;

/** What one wants to know each morning: is everything there, and does anything need a person? */
export async function readOverview(context: OrganisationContext): Promise<Overview> {
  authorise(context, 'read runs');
  const { organisation, clock } = context;
  const lastDay = previousLocalDay(clock.now(), organisation.zone);
  const [lastDayCoverage = null] = await readCoverage(context, { from: lastDay, to: lastDay });
  return inOrganisation(context, async (transaction) => ({
    organisation: organisation.name,
    zone: organisation.zone,
    today: localDay(clock.now(), organisation.zone).toString(),
    lastDay: lastDay.toString(),
    lastDayCoverage,
    employees: await countEmployees(transaction, lastDay),
    connections: await readConnections(transaction),
    attention: await readAttention(transaction),
    trend: await readTrend(transaction, lastDay),
  }));
}

async function countEmployees(
  transaction: OrganisationTransaction,
  date: Temporal.PlainDate,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from employee
    where coalesce(joining_date <= ${date}, true) and coalesce(leaving_date >= ${date}, true)`.execute(
    transaction,
  );
  return rows[0]?.count ?? 0;
}

type RunRow = {
  id: string;
  state: RunState;
  started_at: string;
  ended_at: string | null;
  error_code: string | null;
  error_message: string | null;
};
type ConnectionRow = {
  id: string;
  auto_run: boolean;
  key_expires_on: string | null;
  next_due_at: Temporal.Instant | null;
  follow_up_at: Temporal.Instant | null;
  name: string;
  subdomain: string;
  success: RunRow | null;
  attempt: RunRow | null;
  running: string | null;
};

async function readConnections(transaction: OrganisationTransaction): Promise<readonly ConnectionBrief[]> {
  const latest = (condition: ReturnType<typeof sql>) => sql`(
    select to_jsonb(r) from run r where r.organisation_id = c.organisation_id and r.connection_id = c.id and ${condition}
    order by r.started_at desc limit 1)`;
  const { rows } = await sql<ConnectionRow>`
    select c.id, c.name, c.subdomain, c.auto_run, c.key_expires_on::text as key_expires_on, s.next_due_at,
      s.follow_up_at, ${latest(sql`r.id = s.last_success_run_id`)} as success,
      ${latest(sql`r.state not in ('queued', 'running')`)} as attempt,
      (select r.id from run r where r.organisation_id = c.organisation_id and r.connection_id = c.id
        and r.state in ('queued', 'running') order by r.state desc, r.requested_at limit 1) as running
    from connection c
    left join schedule s on s.organisation_id = c.organisation_id and s.connection_id = c.id
    order by c.name`.execute(transaction);
  return rows.map(({ id, name, subdomain, success, attempt, running, ...row }) => ({
    id,
    name,
    subdomain,
    autoRun: row.auto_run,
    nextDueAt: row.auto_run ? (row.next_due_at?.toString() ?? null) : null,
    plannedRetryAt: row.follow_up_at?.toString() ?? null,
    keyExpiresOn: row.key_expires_on,
    lastSuccess: success === null ? null : toBrief(success),
    lastAttempt: attempt === null ? null : toBrief(attempt),
    running,
  }));
}

function toBrief(row: RunRow): RunBrief {
  const instant = (text: string) => Temporal.Instant.from(text).toString();
  return {
    run: row.id,
    state: row.state,
    startedAt: instant(row.started_at),
    endedAt: row.ended_at === null ? null : instant(row.ended_at),
    errorCode: row.error_code,
    errorMessage: row.error_message,
  };
}

const knownCode = z.enum(problemCodes);
const weight: Readonly<Record<ProblemSeverity, number>> = { failure: 0, action: 1, notice: 2 };

/** What the last ended run of each connection has found, by kind, the heaviest first. */
async function readAttention(transaction: OrganisationTransaction): Promise<readonly Attention[]> {
  const { rows } = await sql<{ code: string; count: number; run: string }>`
    with last as (
      select distinct on (connection_id) organisation_id, id from run
      where state not in ('queued', 'running')
      order by connection_id, started_at desc
    )
    select p.code, count(*)::int as count, min(p.run_id::text) as run
    from last l join run_problem p on p.organisation_id = l.organisation_id and p.run_id = l.id
    group by p.code`.execute(transaction);
  return rows
    .flatMap(({ code, count, run }) => {
      // A newer program may have left a code that this one does not know.
      const parsed = knownCode.safeParse(code);
      const { severity, title, nextStep } = describeProblem(parsed.success ? parsed.data : 'internal');
      return severity === 'notice' ? [] : [{ code, severity, title, whatToDo: nextStep, count, run }];
    })
    .toSorted((a, b) => weight[a.severity] - weight[b.severity] || b.count - a.count);
}

async function readTrend(
  transaction: OrganisationTransaction,
  lastDay: Temporal.PlainDate,
): Promise<readonly TrendDay[]> {
  const firstDay = lastDay.subtract({ days: trendDays - 1 });
  const { rows } = await sql<{ date: Temporal.PlainDate; status: string; count: number }>`
    select date, status, count(*)::int as count from attendance_day
    where date between ${firstDay} and ${lastDay} group by date, status`.execute(transaction);
  const byDate = Map.groupBy(rows, ({ date }) => date.toString());
  return Array.from({ length: trendDays }, (_none, index) => {
    const date = firstDay.add({ days: index }).toString();
    const statuses = Object.fromEntries((byDate.get(date) ?? []).map(({ status, count }) => [status, count]));
    return { date, statuses };
  });
}
