import type { Command } from 'commander';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { findConnection } from '../../connections/connections.ts';
import type { RunTrigger } from '../../db/schema.ts';
import type { Installation } from '../../installation.ts';
import { readIntegrationReport } from '../../reports/integration/read-integration-report.ts';
import { renderIntegrationTable } from '../../reports/integration/render-integration.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import { defaultWindow } from '../../runs/default-window.ts';
import { fetchAttendance } from '../../runs/fetch-attendance.ts';
import type { FetchResult } from '../../runs/perform-run.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readWindow } from '../read-dates.ts';
import { showProgress } from '../show-progress.ts';
import { exitCodes, type Terminal, writeJson, writeText } from '../terminal.ts';

type Options = {
  organisation?: string;
  connection?: string;
  date?: string;
  from?: string;
  to?: string;
  acceptUnusualCount?: true;
  json?: true;
};

export function addFetchVerb(program: Command, commandLine: CommandLine): void {
  const { terminal, signal } = commandLine;
  program
    .command('fetch')
    .description('Fetch attendance from Keka: yesterday, or the dates that are given.')
    .option('--connection <name>', 'needed when there are several')
    .option('--date <date>', 'one date, YYYY-MM-DD')
    .option('--from <date>', 'first date')
    .option('--to <date>', 'last date')
    .option('--accept-unusual-count', 'store a day although it has far fewer people than usual')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON; progress goes to standard error')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context, installation) => {
        const window = readWindow(context, options) ?? defaultWindow(context);
        const { runId, state } = await fetchOnce(context, installation, {
          connection: options.connection,
          window,
          trigger: 'manual',
          acceptUnusualCount: options.acceptUnusualCount === true,
          terminal,
          signal,
        });
        const report = await readIntegrationReport(context, { run: runId });
        if (options.json) writeJson(terminal, report);
        else writeText(terminal, `${renderIntegrationTable(report)}\n`);
        if (state === 'failed') commandLine.endWith(exitCodes.failure);
        if (state === 'interrupted') commandLine.endWith(exitCodes.interrupted);
      }),
    );
}

/** One run from the command line, with its progress shown. */
export async function fetchOnce(
  context: OrganisationContext,
  installation: Installation,
  options: {
    readonly connection: string | undefined;
    readonly window: DateWindow;
    readonly trigger: RunTrigger;
    readonly acceptUnusualCount: boolean;
    readonly terminal: Terminal;
    readonly signal: AbortSignal;
  },
): Promise<FetchResult> {
  const { settings } = installation;
  const connection = await findConnection(context, options.connection);
  const progress = showProgress(options.terminal);
  const client = installation.kekaClient(connection, {
    onWait: (milliseconds) => progress.onEvent({ kind: 'waiting', milliseconds }),
  });
  try {
    return await fetchAttendance(context, {
      connection,
      client,
      trigger: options.trigger,
      window: options.window,
      peopleReadHours: settings.HAJIRI_PEOPLE_READ_HOURS,
      graceAfterShiftMinutes: settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES,
      unusualCountShare: settings.HAJIRI_UNUSUAL_COUNT_SHARE,
      acceptUnusualCount: options.acceptUnusualCount,
      concurrency: settings.HAJIRI_KEKA_CONCURRENCY,
      signal: options.signal,
      onEvent: progress.onEvent,
    });
  } finally {
    progress.end();
    await client.close();
  }
}
