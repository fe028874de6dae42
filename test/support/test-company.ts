import { randomBytes } from 'node:crypto';
import type { ParsedScenario } from '../../sandbox/scenario/parse-scenario.ts';
import type { Sandbox } from '../../sandbox/start-sandbox.ts';
import { atCommandLine } from '../../src/accounts/actor.ts';
import type { OrganisationContext } from '../../src/accounts/organisation-context.ts';
import { createOrganisation } from '../../src/accounts/organisations.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { type Connection, createConnection, findConnection } from '../../src/connections/connections.ts';
import { type EncryptionKey, toEncryptionKey } from '../../src/connections/sealed-credentials.ts';
import { importEmployees } from '../../src/directory/import-employees.ts';
import { type BudgetRegistry, createBudgetRegistry } from '../../src/keka/budget-registry.ts';
import { createKekaClient, type KekaClient, type KekaLimits } from '../../src/keka/keka-client.ts';
import { createKekaHosts } from '../../src/keka/keka-hosts.ts';
import { type DailyReport, type DailyRow } from '../../src/reports/daily/daily-row.ts';
import { readDailyReport } from '../../src/reports/daily/read-daily-report.ts';
import {
  type IntegrationReport,
  readIntegrationReport,
} from '../../src/reports/integration/read-integration-report.ts';
import { type FetchRequest, fetchAttendance } from '../../src/runs/fetch-attendance.ts';
import type { FakeClock } from './fake-clock.ts';
import type { TestDatabase } from './test-database.ts';

/** A company that is connected to a sandbox, with the use cases that a test drives, all of them the real ones. */
export type TestCompany = {
  readonly context: OrganisationContext;
  readonly encryptionKey: EncryptionKey;
  /** The same as a setting has it: 32 bytes in base64. */
  readonly encryptionKeyText: string;
  readonly credentials: TestCredentials;
  connection(): Promise<Connection>;
  /** A client with the company's credentials; the caller closes it. */
  client(): Promise<KekaClient>;
  /** One run over the dates (`2026-03-10`, or first and last); resolves with its Integration report. */
  fetch(from: string, to?: string, options?: Partial<FetchRequest>): Promise<IntegrationReport>;
  daily(date: string): Promise<DailyReport>;
  /** The row of one person, by Employee ID or, where there is none, by Keka's employee number. */
  row(date: string, code: string): Promise<DailyRow>;
  importDirectory(csv: string): ReturnType<typeof importEmployees>;
};

/** Credentials as every shipped scenario's first key has them, unless a test gives others. */
export type TestCredentials = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
};

export type TestCompanyOptions = {
  readonly database: TestDatabase;
  readonly clock: FakeClock;
  readonly sandbox: Sandbox;
  readonly credentials: TestCredentials;
  readonly subdomain?: string;
  readonly zone?: string;
  /** What the company is called; a random name that no other test has without it. */
  readonly name?: string;
  readonly connection?: Readonly<Record<string, unknown>>;
  readonly limits?: Partial<KekaLimits>;
  /** Shared by companies that use one Keka company; a company has its own without it. */
  readonly budgets?: BudgetRegistry;
};

export async function createTestCompany(options: TestCompanyOptions): Promise<TestCompany> {
  const { database, clock, sandbox, subdomain = sandbox.control.describe().subdomains[0] } = options;
  const name = options.name ?? `Company ${randomBytes(4).toString('hex')}`;
  const organisation = await createOrganisation(database.kysely, clock, {
    name,
    zone: options.zone ?? 'Asia/Kolkata',
  });
  const context = { ...atCommandLine('tester'), kysely: database.kysely, clock, organisation };
  const encryptionKeyText = randomBytes(32).toString('base64');
  const encryptionKey = toEncryptionKey(encryptionKeyText);
  await createConnection(context, encryptionKey, {
    name: 'test',
    subdomain,
    credentials: options.credentials,
    requestsPerMinute: 1000,
    ...options.connection,
  });
  const connection = () => findConnection(context, 'test');
  const budgets = options.budgets ?? createBudgetRegistry(clock);
  const makeClient = ({ subdomain, environment, requestsPerMinute }: Connection) =>
    createKekaClient({
      subdomain,
      environment,
      credentials: options.credentials,
      hosts: createKekaHosts({
        loginUrl: sandbox.loginOrigin,
        tenantUrl: sandbox.tenantOrigin('{subdomain}'),
      }),
      budget: budgets.get(`${environment} ${subdomain}`, requestsPerMinute),
      clock,
      random: () => 0.5,
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });

  return {
    context,
    encryptionKey,
    encryptionKeyText,
    credentials: options.credentials,
    connection,
    client: async () => makeClient(await connection()),
    async fetch(from, to = from, overrides = {}) {
      const current = await connection();
      const client = makeClient(current);
      try {
        const window = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
        const { runId } = await fetchAttendance(context, {
          ...requestDefaults,
          connection: current,
          client,
          window,
          ...overrides,
        });
        return await readIntegrationReport(context, { run: runId });
      } finally {
        await client.close();
      }
    },
    daily: (date) => readDailyReport(context, Temporal.PlainDate.from(date)),
    async row(date, code) {
      const { rows } = await readDailyReport(context, Temporal.PlainDate.from(date));
      const found = rows.filter(
        (row) => row.employeeId === code || (row.employeeId === null && row.employeeNumber === code),
      );
      const [only] = found;
      if (only === undefined || found.length > 1)
        throw new Error(`${found.length} rows for ${code} on ${date}`);
      return only;
    },
    importDirectory: (csv) => importEmployees(context, new TextEncoder().encode(csv)),
  };
}

const settings = readSettings({});

const requestDefaults = {
  trigger: 'manual',
  peopleReadHours: settings.HAJIRI_PEOPLE_READ_HOURS,
  graceAfterShiftMinutes: settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES,
  unusualCountShare: settings.HAJIRI_UNUSUAL_COUNT_SHARE,
  acceptUnusualCount: false,
  concurrency: settings.HAJIRI_KEKA_CONCURRENCY,
  signal: new AbortController().signal,
  onEvent: () => {},
} as const;

/** The first key of a scenario, as its tenant.json has it. */
export function firstKey({ tenant }: Pick<ParsedScenario, 'tenant'>): TestCredentials {
  const [key] = tenant.keys;
  if (key === undefined) throw new Error('the scenario has no key');
  return { clientId: key.clientId, clientSecret: key.clientSecret, apiKey: key.apiKey };
}
