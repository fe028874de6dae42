import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { readScenarioDirectory } from '../../../sandbox/read-scenario-directory.ts';
import { loadScenario } from '../../../sandbox/scenario/load-scenario.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start-sandbox.ts';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { createOrganisation, listOrganisations } from '../../accounts/organisations.ts';
import { readSettings } from '../../config/read-settings.ts';
import { createConnection, listConnections } from '../../connections/connections.ts';
import { importEmployees } from '../../directory/import-employees.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { dataFolderOf, type Installation, openInstallation } from '../../installation.ts';
import { createLog } from '../../log/log.ts';
import { readDailyReport } from '../../reports/daily/read-daily-report.ts';
import { renderDailyTable } from '../../reports/daily/render-daily.ts';
import { readIntegrationReport } from '../../reports/integration/read-integration-report.ts';
import { renderIntegrationTable } from '../../reports/integration/render-integration.ts';
import { makePolicy } from '../../rules/policies/make-policy.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import { defaultWindow } from '../../runs/default-window.ts';
import { type CommandLine, thisUser } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';
import { fetchOnce } from './fetch.ts';
import { describeServing, findPages, serveUntilStopped } from './serve.ts';

const scenarioFolder = fileURLToPath(new URL('../../../sandbox/scenarios/demo', import.meta.url));
const companyName = 'Sandalwood Textiles (demo)';
/** Besides yesterday: enough for corrections and two weekends to show, few enough to be quick. */
const historyDays = 13;
/** As a company would have it: without any, everybody is late who comes a minute after the start. */
const policy = {
  from: '2020-01-01',
  lateGraceMinutes: 10,
  earlyOutGraceMinutes: 10,
  fullDayMinutes: 420,
  halfDayMinutes: 240,
  overtimeAfterMinutes: 60,
};

export function addDemoVerb(program: Command, commandLine: CommandLine): void {
  const { signal } = commandLine;
  program
    .command('demo')
    .description('Show it with an invented company: sandbox, fetch, both reports, then serve until stopped.')
    .option('--exit', 'end after the reports instead of serving')
    .option('--json', 'both reports as one JSON document')
    .action(async (options: { exit?: true; json?: true }) => {
      const sandbox = await startSandbox({ scenario: { folder: scenarioFolder }, clock: commandLine.clock });
      try {
        const installation = await openDemo(commandLine, sandbox);
        try {
          await showDemo(commandLine, installation, options);
          if (options.exit !== true) await serveDemo(commandLine, installation);
        } finally {
          await installation.close();
        }
      } finally {
        await sandbox.close();
      }
      signal.throwIfAborted();
    });
}

/** Its own database in its own folder, whatever else is configured: the demo never touches real data. */
function openDemo({ terminal, clock }: CommandLine, sandbox: Sandbox): Promise<Installation> {
  const configured = readSettings(terminal.environment);
  const settings = {
    ...configured,
    HAJIRI_DATA_DIR: join(dataFolderOf(configured), 'demo'),
    DATABASE_URL: undefined,
    HAJIRI_ENCRYPTION_KEY: undefined,
    HAJIRI_KEKA_LOGIN_URL: sandbox.loginOrigin,
    HAJIRI_KEKA_TENANT_URL: sandbox.tenantOrigin('{subdomain}'),
  };
  return openInstallation({ settings, clock, log: createLog('warn'), claim: 'exclusive' });
}

async function showDemo(
  commandLine: CommandLine,
  installation: Installation,
  { json }: { json?: true },
): Promise<void> {
  const { terminal, clock } = commandLine;
  const context = await findOrMakeCompany(installation);
  await importEmployees(context, new TextEncoder().encode(await readDirectoryCsv(clock)));
  const yesterday = defaultWindow(context);
  const history = {
    from: yesterday.from.subtract({ days: historyDays }),
    to: yesterday.from.subtract({ days: 1 }),
  };
  await fetchFor(commandLine, context, installation, history);
  const runId = await fetchFor(commandLine, context, installation, yesterday);
  const daily = await readDailyReport(context, yesterday.from);
  const integration = await readIntegrationReport(context, { run: runId });
  if (json) return writeJson(terminal, { daily, integration });
  writeText(terminal, `${renderDailyTable(daily)}\n\n${renderIntegrationTable(integration)}\n`);
}

async function readDirectoryCsv(clock: CommandLine['clock']): Promise<string> {
  const directory = await readScenarioDirectory(scenarioFolder, clock);
  if (directory === null) throw new HajiriError('internal', 'The demo scenario has no directory.');
  return directory;
}

async function findOrMakeCompany({
  kysely,
  clock,
  encryptionKey,
  jobs,
}: Installation): Promise<OrganisationContext> {
  const { tenant } = await loadScenario(scenarioFolder);
  const known = (await listOrganisations(kysely)).find(({ name }) => name === companyName);
  const organisation =
    known ?? (await createOrganisation(kysely, clock, { name: companyName, zone: tenant.zone }, thisUser()));
  const context = { ...thisUser(), kysely, clock, organisation };
  if ((await listConnections(context)).length > 0) return context;
  const [key] = tenant.keys;
  await createConnection(context, encryptionKey, {
    name: 'demo',
    subdomain: tenant.subdomain[0],
    credentials: { clientId: key?.clientId, clientSecret: key?.clientSecret, apiKey: key?.apiKey },
  });
  await makePolicy(context, jobs, policy);
  return context;
}

async function fetchFor(
  { terminal, signal }: CommandLine,
  context: OrganisationContext,
  installation: Installation,
  window: DateWindow,
): Promise<string> {
  const { runId } = await fetchOnce(context, installation, {
    connection: 'demo',
    window,
    trigger: 'demo',
    acceptUnusualCount: false,
    terminal,
    signal,
  });
  signal.throwIfAborted();
  return runId;
}

async function serveDemo(commandLine: CommandLine, installation: Installation): Promise<void> {
  const { terminal, signal } = commandLine;
  const pages = await findPages(commandLine);
  await serveUntilStopped({ installation, pages, role: 'all', signal }, (serving) =>
    terminal.tell(`\n${describeServing(serving)}`),
  );
}
