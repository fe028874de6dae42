import { sql } from 'kysely';
import { z } from 'zod';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { RunId } from '../../db/schema.ts';
import { planForWholeSets } from '../../db/tenancy.ts';
import type { SafeDetails } from '../../errors/hajiri-error.ts';
import {
  describeProblem,
  type ProblemSeverity,
  problemCodes,
  problemPage,
} from '../../errors/problem-codes.ts';
import { findRun, type RunDetails } from '../../runs/list-runs.ts';
import { refuseFuture } from '../refuse-future.ts';
import { explainProblem } from './explain-problem.ts';

/** One line of the Integration report: who, which dates, what happened, why, and what to do. */
export type IntegrationProblem = {
  readonly code: string;
  readonly severity: ProblemSeverity;
  readonly name: string | null;
  readonly employeeId: string | null;
  readonly employeeNumber: string | null;
  readonly sourceGuid: string | null;
  readonly date: string | null;
  readonly dateTo: string | null;
  /** How many days of those dates it concerns. */
  readonly days: number | null;
  readonly whatHappened: string;
  readonly whatToDo: string;
  /** The page of the code in the project's documentation. */
  readonly page: string;
  readonly details: SafeDetails;
};

export type IntegrationReport = {
  readonly zone: string;
  readonly run: RunDetails;
  readonly problems: readonly IntegrationProblem[];
};

type ProblemRow = {
  code: string;
  name: string | null;
  employee_id: string | null;
  employee_number: string | null;
  source_guid: string | null;
  date_from: Temporal.PlainDate | null;
  date_to: Temporal.PlainDate | null;
  days: number | null;
  details: SafeDetails;
};

const knownCode = z.enum(problemCodes);

/**
 * The Integration report of one run; of the latest, or of the latest that covered `date`. Throws `not_found`, and
 * InvalidInputError for a date that has not begun.
 */
export async function readIntegrationReport(
  context: OrganisationContext,
  wanted: { readonly run?: string | undefined; readonly date?: Temporal.PlainDate | undefined } = {},
): Promise<IntegrationReport> {
  authorise(context, 'read runs');
  if (wanted.date !== undefined) refuseFuture(context, wanted.date);
  const run = await findRun(context, { id: wanted.run, date: wanted.date });
  const problems = await readProblems(context, run.id);
  return { zone: context.organisation.zone, run, problems };
}

function readProblems(context: OrganisationContext, run: RunId): Promise<readonly IntegrationProblem[]> {
  return inOrganisation(context, async (transaction) => {
    await planForWholeSets(transaction);
    const { rows } = await sql<ProblemRow>`
      select r.code, coalesce(nullif(concat_ws(' ', e.first_name, nullif(e.last_name, '')), ''), p.display_name) as name,
        e.employee_id, p.employee_number, r.source_guid, r.date_from, r.date_to, r.days, r.details
      from run_problem r
      join run on run.organisation_id = r.organisation_id and run.id = r.run_id
      left join source_person p on p.organisation_id = r.organisation_id
        and p.connection_id = run.connection_id and p.guid = r.source_guid
      left join person_link l on l.organisation_id = p.organisation_id
        and l.connection_id = p.connection_id and l.source_guid = p.guid
      left join employee e on e.organisation_id = r.organisation_id and e.id = coalesce(r.employee, l.employee)
      where r.run_id = ${run}
      order by r.number`.execute(transaction);
    return rows.map(toProblem);
  });
}

function toProblem(row: ProblemRow): IntegrationProblem {
  // Written by this program; a newer one may have left a code that this one does not know.
  const parsed = knownCode.safeParse(row.code);
  const code = parsed.success ? parsed.data : 'internal';
  return {
    code: row.code,
    severity: describeProblem(code).severity,
    name: row.name,
    employeeId: row.employee_id,
    employeeNumber: row.employee_number,
    sourceGuid: row.source_guid,
    date: row.date_from?.toString() ?? null,
    dateTo: row.date_to?.toString() ?? null,
    days: row.days,
    whatHappened: explainProblem(code, row.details),
    whatToDo: describeProblem(code).nextStep,
    page: problemPage(code),
    details: row.details,
  };
}
