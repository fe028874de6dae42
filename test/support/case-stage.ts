import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import type { SandboxControl } from '../../sandbox/control/sandbox-control.ts';
import { readScenarioDirectory } from '../../sandbox/read-scenario-directory.ts';
import { loadScenario } from '../../sandbox/scenario/load-scenario.ts';
import { parseScenario, type Scenario } from '../../sandbox/scenario/parse-scenario.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { inOrganisation } from '../../src/accounts/organisation-context.ts';
import type { IntegrationReport } from '../../src/reports/integration/read-integration-report.ts';
import type { FetchRequest } from '../../src/runs/fetch-attendance.ts';
import { advanceWhenQuiet } from './advance-when-quiet.ts';
import { FakeClock } from './fake-clock.ts';
import { type Spoken, type TestInstallation, testInstallation } from './run-hajiri.ts';
import { createTestCompany, firstKey, type TestCompany, type TestCompanyOptions } from './test-company.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** A company, the sandbox that plays its Keka, and the one clock of both. */
export type Stage = {
  readonly clock: FakeClock;
  readonly sandbox: Sandbox;
  readonly control: SandboxControl;
  readonly company: TestCompany;
  /** The command line and the REST API on the same database, with the company's own key. */
  readonly installation: TestInstallation;
  /** One command of the command line, for this company. */
  run(...argv: readonly string[]): Promise<Spoken>;
  /** As `company.fetch`; the clock moves on only while the run waits for time to pass. */
  fetch(from: string, to?: string, options?: Partial<FetchRequest>): Promise<IntegrationReport>;
  /** Lets work of any kind go on as `fetch` does. */
  settle<T>(work: Promise<T>): Promise<T>;
};

export type StageOptions = {
  /** The name of a shipped scenario, or its content. */
  readonly scenario: string | Scenario;
  /** Where the clock starts; else where the scenario says. */
  readonly now?: string;
  /** The directory to import: CSV, or none. Default: the scenario's own. */
  readonly directory?: string | null;
} & Partial<
  Pick<
    TestCompanyOptions,
    'name' | 'zone' | 'connection' | 'limits' | 'budgets' | 'credentials' | 'subdomain'
  >
>;

export type Stages = {
  readonly database: TestDatabase;
  open(options: StageOptions): Promise<Stage>;
};

const shippedStart = '2026-03-12T05:30:00Z';
const scenarios = fileURLToPath(new URL('../../sandbox/scenarios/', import.meta.url));

/** One database for a test file, and as many companies and sandboxes in it as its tests open. */
export function useStages(): Stages {
  const opened: Sandbox[] = [];
  let database: TestDatabase | null = null;
  const theDatabase = (): TestDatabase => {
    if (database === null) throw new Error('the database is there only while the tests of the file run');
    return database;
  };
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    for (const sandbox of opened) await sandbox.close();
    await database?.close();
  });
  return {
    get database() {
      return theDatabase();
    },
    async open(options) {
      const stage = await openStage(theDatabase(), options);
      opened.push(stage.sandbox);
      return stage;
    },
  };
}

async function openStage(database: TestDatabase, options: StageOptions): Promise<Stage> {
  const { scenario, now, directory, ...rest } = options;
  const folder = typeof scenario === 'string' ? `${scenarios}${scenario}` : null;
  const parsed =
    typeof scenario === 'string' ? await loadScenario(`${scenarios}${scenario}`) : parseScenario(scenario);
  const clock = new FakeClock(now ?? parsed.tenant.clock.start?.toString() ?? shippedStart);
  const sandbox = await startSandbox({
    scenario: typeof scenario === 'string' ? { folder: `${scenarios}${scenario}` } : scenario,
    clock,
  });
  if (now !== undefined) sandbox.control.setClock(now);
  const company = await createTestCompany({
    database,
    clock,
    sandbox,
    credentials: firstKey(parsed),
    ...rest,
  });
  const csv =
    directory === undefined && folder !== null ? await readScenarioDirectory(folder, clock) : directory;
  if (csv !== null && csv !== undefined) await company.importDirectory(csv);
  const installation = testInstallation({ database, clock, sandbox, company });
  const settle = <T>(work: Promise<T>): Promise<T> => {
    // A fault may be that there is no answer.
    const isAnswered = () =>
      sandbox.control.requests().every(({ status, fault }) => status !== null || fault !== null);
    // A run has its heartbeat asleep; one sleeper more is a wait that only time can end.
    return advanceWhenQuiet(clock, work, () => clock.sleeping > 1 && isAnswered());
  };
  return {
    clock,
    sandbox,
    control: sandbox.control,
    company,
    installation,
    run: (...argv) => settle(installation.run(...argv, '--organisation', company.context.organisation.name)),
    fetch: (...asked) => settle(company.fetch(...asked)),
    settle,
  };
}

/** Every stored day of the company with every column, as text: what "unchanged byte for byte" is measured by. */
export async function dumpDays({ company }: Pick<Stage, 'company'>): Promise<readonly string[]> {
  return inOrganisation(company.context, async (transaction) => {
    const { rows } = await sql<{ day: string }>`
      select d::text as day from attendance_day d order by connection_id, date, source_guid`.execute(
      transaction,
    );
    return rows.map(({ day }) => day);
  });
}

/** The same without what tells one run, one company or one moment of reading from another. */
export async function dumpContent({ company }: Pick<Stage, 'company'>): Promise<readonly string[]> {
  return inOrganisation(company.context, async (transaction) => {
    const { rows } = await sql<{ day: string }>`
      select (to_jsonb(d) - array['organisation_id', 'connection_id', 'first_run_id', 'first_read_at', 'changed_at',
        'record'])::text || record::text as day
      from attendance_day d order by date, source_guid`.execute(transaction);
    return rows.map(({ day }) => day);
  });
}

export type StoredRevision = {
  readonly guid: string;
  readonly date: string;
  readonly run: string;
  readonly changed: readonly string[];
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
};

/** The history of the company's days, oldest first. */
export async function readRevisions({ company }: Pick<Stage, 'company'>): Promise<readonly StoredRevision[]> {
  return inOrganisation(company.context, async (transaction) => {
    const { rows } = await sql<StoredRevision>`
      select source_guid as guid, date::text, run_id as run, changed, before, after from revision order by id`.execute(
      transaction,
    );
    return rows;
  });
}

/** The dates that were read completely, with how many people each had. */
export async function readCoverage({
  company,
}: Pick<Stage, 'company'>): Promise<Readonly<Record<string, number>>> {
  return inOrganisation(company.context, async (transaction) => {
    const { rows } = await sql<{ date: string; people: number }>`
      select date::text, people from date_coverage order by date`.execute(transaction);
    return Object.fromEntries(rows.map(({ date, people }) => [date, people]));
  });
}

/** The codes of a report's problems, each once, sorted. */
export function codesOf({ problems }: IntegrationReport): readonly string[] {
  return [...new Set(problems.map(({ code }) => code))].sort();
}

/** The requests for attendance since the log was last emptied. */
export function attendanceRequests({ control }: Pick<Stage, 'control'>) {
  return control.requests().filter(({ path }) => path === '/api/v1/time/attendance');
}

export function tokenRequests({ control }: Pick<Stage, 'control'>) {
  return control.requests().filter(({ host }) => host === 'login');
}
