import type { Command } from 'commander';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { changeConnection } from '../../connections/change-connection.ts';
import {
  type Connection,
  createConnection,
  describeSecrets,
  findConnection,
  listConnections,
  removeConnection,
} from '../../connections/connections.ts';
import { changeSchedule } from '../../connections/schedule/change-schedule.ts';
import { parseScheduleInput } from '../../connections/schedule/schedule-input.ts';
import { newConnectionSettings } from '../../connections/schemas.ts';
import { testConnection } from '../../connections/test-connection.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';
import type { Installation } from '../../installation.ts';
import { renderTable } from '../../reports/render-table.ts';
import { listScheduleStatuses } from '../../runs/schedule-status.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { hasCredentials, readCredentials } from '../read-credentials.ts';
import { readScheduleOptions, type ScheduleOptions } from '../read-schedule-options.ts';
import { exitCodes, writeJson, writeText } from '../terminal.ts';

type SettingOptions = {
  organisation?: string;
  subdomain?: string;
  environment?: string;
  key?: string;
  requestsPerMinute?: string;
  punchBasis?: string;
  shiftBasis?: string;
  keyExpires?: string;
  readRequests?: string;
  json?: true;
} & ScheduleOptions;

export function addConnectionsVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('connections').description('The links to Keka companies.');
  addAdd(verb, commandLine);
  addChange(verb, commandLine);
  addList(verb, commandLine);
  addTest(verb, commandLine);
  addRemove(verb, commandLine);
}

const secretsNote =
  '\nClient ID, Client Secret and API Key are asked for, or read from HAJIRI_KEKA_CLIENT_ID, HAJIRI_KEKA_CLIENT_SECRET\nand HAJIRI_KEKA_API_KEY, or from the files that these names with _FILE at the end name.';

function withSettings(command: Command): Command {
  return command
    .option('--environment <name>', 'keka, or kekademo for a trial company')
    .option('--key <field>', 'unique identification key: employee_number, attendance_number, email or guid')
    .option('--requests-per-minute <count>', "share of Keka's 50 requests a minute that may be used")
    .option('--punch-basis <basis>', 'how punch times without offset are read: utc or local')
    .option('--shift-basis <basis>', 'how shift times are read: utc or local')
    .option('--key-expires <date>', 'the day from which Keka refuses the API key, YYYY-MM-DD, or never')
    .option('--read-requests <on|off>', 'whether leave, work from home and on duty are read; off at first')
    .option('--auto-run <on|off>', 'whether "hajiri serve" fetches it by itself every day; on at first')
    .option('--at <time>', 'when: a time of day, HH:MM; 05:30 at first')
    .option('--zone <name>', 'the zone of that time: UTC at first, or one such as Asia/Kolkata')
    .option('--recheck-ages <days>', 'ages at which a stored day is read again, such as 1,2,3,5,7,10,14')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .addHelpText('after', secretsNote);
}

/** Only what was given: the schema supplies the rest, or the connection keeps it. */
function toInput(options: SettingOptions): Record<string, unknown> {
  const given = {
    subdomain: options.subdomain,
    environment: options.environment,
    identificationKey: options.key,
    requestsPerMinute:
      options.requestsPerMinute === undefined ? undefined : Number(options.requestsPerMinute),
    punchBasis: options.punchBasis,
    shiftBasis: options.shiftBasis,
    keyExpiresOn: options.keyExpires === 'never' ? null : options.keyExpires,
    readRequests: options.readRequests === undefined ? undefined : onOrOff(options.readRequests),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** What is neither is left to the schema, which says what it may be. */
function onOrOff(text: string): boolean | string {
  if (text === 'on') return true;
  return text === 'off' ? false : text;
}

function addAdd(verb: Command, commandLine: CommandLine): void {
  const { terminal, signal } = commandLine;
  withSettings(
    verb
      .command('add')
      .description('Add a connection to a Keka company.')
      .argument('<name>')
      .requiredOption('--subdomain <name>', 'for https://company.keka.com enter: company'),
  ).action((name: string, options: SettingOptions) =>
    withOrganisationOf(commandLine, options, async (context, { encryptionKey }) => {
      const settings = parseInput(newConnectionSettings, { ...toInput(options), name });
      const schedule = parseScheduleInput(readScheduleOptions(options));
      const credentials = await readCredentials(terminal, signal);
      const made = await createConnection(context, encryptionKey, { ...settings, credentials });
      await changeSchedule(context, made, schedule);
      if (options.json) writeJson(terminal, await describe(context, made, encryptionKey));
      else writeText(terminal, `Added "${made.name}". Try it with: hajiri connections test "${made.name}"\n`);
    }),
  );
}

function addChange(verb: Command, commandLine: CommandLine): void {
  const { terminal, signal } = commandLine;
  withSettings(
    verb
      .command('change')
      .description('Change a connection; what is not given stays.')
      .argument('<name>')
      .option('--subdomain <name>', 'for https://company.keka.com enter: company')
      .option('--secrets', 'enter Client ID, Client Secret and API Key anew'),
  ).action((name: string, options: SettingOptions & { secrets?: true }) =>
    withOrganisationOf(commandLine, options, async (context, { encryptionKey }) => {
      const schedule = parseScheduleInput(readScheduleOptions(options));
      const connection = await findConnection(context, name);
      const wantsSecrets = options.secrets === true || hasCredentials(terminal);
      const secrets = wantsSecrets ? { credentials: await readCredentials(terminal, signal) } : {};
      const changed = await changeConnection(context, encryptionKey, connection, {
        ...toInput(options),
        ...secrets,
      });
      await changeSchedule(context, changed, schedule);
      if (options.json) writeJson(terminal, await describe(context, changed, encryptionKey));
      else writeText(terminal, `Changed "${changed.name}".\n`);
    }),
  );
}

async function describe(
  context: OrganisationContext,
  connection: Connection,
  key: Installation['encryptionKey'],
) {
  const [status] = await listScheduleStatuses(context, connection.id);
  const {
    id,
    name,
    subdomain,
    environment,
    identificationKey,
    requestsPerMinute,
    punchBasis,
    shiftBasis,
    autoRun,
    keyExpiresOn,
    readRequests,
  } = connection;
  const secrets = describeSecrets(connection, key);
  return {
    id,
    name,
    subdomain,
    environment,
    identificationKey,
    requestsPerMinute,
    punchBasis,
    shiftBasis,
    // As it is now: it may have been changed since the connection was read.
    autoRun: status?.autoRun ?? autoRun,
    keyExpiresOn: keyExpiresOn?.toString() ?? null,
    readRequests,
    at: status?.at ?? null,
    zone: status?.zone ?? null,
    recheckAges: status?.recheckAges ?? [],
    nextDueAt: status?.nextDueAt ?? null,
    secrets,
  };
}

function secretsText(secrets: ReturnType<typeof describeSecrets>): string {
  if (secrets.state === 'needed_again') return 'needed again';
  return secrets.ending === '' ? 'set' : `set, API Key ends in ${secrets.ending}`;
}

function addList(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('list')
    .description('List the connections. Secrets are never shown.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: { organisation?: string; json?: true }) =>
      withOrganisationOf(commandLine, options, async (context, { encryptionKey }) => {
        const connections = await Promise.all(
          (await listConnections(context)).map((connection) => describe(context, connection, encryptionKey)),
        );
        type Row = (typeof connections)[number];
        if (options.json) writeJson(terminal, connections);
        else if (connections.length === 0) {
          writeText(
            terminal,
            'There is none yet. Add one with: hajiri connections add NAME --subdomain company\n',
          );
        } else {
          const columns = [
            { name: 'Name', cell: (row: Row) => row.name },
            { name: 'Company', cell: (row: Row) => `${row.subdomain}.${row.environment}.com` },
            { name: 'Identification key', cell: (row: Row) => row.identificationKey },
            { name: 'Requests a minute', cell: (row: Row) => row.requestsPerMinute },
            {
              name: 'Every day',
              cell: (row: Row) => (row.autoRun ? `${row.at} ${row.zone}` : 'Auto-Run off'),
            },
            { name: 'Secrets', cell: (row: Row) => secretsText(row.secrets) },
            { name: 'Key expires', cell: (row: Row) => row.keyExpiresOn ?? 'not known' },
          ];
          writeText(terminal, `${renderTable(columns, connections)}\n`);
        }
      }),
    );
}

function addTest(verb: Command, commandLine: CommandLine): void {
  const { terminal, signal } = commandLine;
  verb
    .command('test')
    .description('Try a connection step by step: sign in, attendance, employees, people matched.')
    .argument('[name]')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((name: string | undefined, options: { organisation?: string; json?: true }) =>
      withOrganisationOf(commandLine, options, async (context, installation) => {
        const connection = await findConnection(context, name);
        // One try each: whoever waits for a test wants to know what is wrong, not that it went well later.
        const client = installation.kekaClient(connection, { limits: { tries: 1, refusals: 1 } });
        try {
          const result = await testConnection(context, { connection, client, signal });
          if (options.json) writeJson(terminal, result);
          else {
            for (const step of result.steps) {
              const mark = { passed: '✓', failed: '✗', warned: '!', skipped: '–' }[step.outcome];
              writeText(terminal, `${mark} ${step.title}: ${step.message}\n`);
              if (step.whatToDo !== null)
                writeText(terminal, `    What to do: ${step.whatToDo}\n    More: ${step.page}\n`);
            }
          }
          if (!result.passed) commandLine.endWith(exitCodes.failure);
        } finally {
          await client.close();
        }
      }),
    );
}

function addRemove(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('remove')
    .description('Remove a connection with everything that was fetched through it.')
    .argument('<name>')
    .option('--organisation <name>', 'needed when there are several')
    .option('--yes', 'needed: the stored attendance of this connection is deleted')
    .option('--json', 'answer as JSON')
    .action((name: string, options: { organisation?: string; yes?: true; json?: true }) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const connection = await findConnection(context, name);
        if (options.yes !== true) {
          throw new InvalidInputError([
            {
              field: '--yes',
              reason: 'is needed, because all attendance fetched through this connection is deleted',
            },
          ]);
        }
        await removeConnection(context, connection);
        if (options.json) writeJson(terminal, { removed: { id: connection.id, name: connection.name } });
        else writeText(terminal, `Removed "${connection.name}" and its attendance.\n`);
      }),
    );
}
