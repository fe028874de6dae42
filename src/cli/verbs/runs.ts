import type { Command } from 'commander';
import { findConnection } from '../../connections/connections.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { readIntegrationReport } from '../../reports/integration/read-integration-report.ts';
import { renderIntegrationTable } from '../../reports/integration/render-integration.ts';
import { renderTable } from '../../reports/render-table.ts';
import { listRuns, type RunSummary } from '../../runs/list-runs.ts';
import { endDeadRuns } from '../../runs/liveness/end-dead-runs.ts';
import { cancelRun } from '../../runs/queue/cancel-run.ts';
import { listScheduleStatuses } from '../../runs/schedule-status.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';
import { renderSchedules } from './schedule.ts';

type Options = { organisation?: string; connection?: string; limit: string; json?: true };

export function addRunsVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('runs').description('What was fetched, when, and how it went.');
  addList(verb, commandLine);
  addShow(verb, commandLine);
  addCancel(verb, commandLine);
}

/** A morning reads some dates of five weeks, not all of them. */
function datesOf({ from, to, windows }: RunSummary): string {
  if (from === to) return from;
  return windows.length === 1 ? `${from} to ${to}` : `${to} and ${windows.length - 1} earlier`;
}

/** With where it stands while it is being done. */
function stateOf({ state, errorCode, progress }: RunSummary): string {
  if (errorCode !== null) return `${state} (${errorCode})`;
  if (progress === null || progress.pages === 0) return state;
  const { chunksDone, chunks, pagesDone, pages, waitingMilliseconds } = progress;
  const part = chunks > 1 ? `part ${Math.min(chunksDone + 1, chunks)} of ${chunks}, ` : '';
  const waiting = waitingMilliseconds > 0 ? ", waiting for Keka's limit" : '';
  return `${state} (${part}page ${pagesDone} of ${pages}${waiting})`;
}

const columns = [
  { name: 'Started (UTC)', cell: (row: RunSummary) => row.startedAt.replace(/\.\d+Z$/, 'Z') },
  { name: 'Connection', cell: (row: RunSummary) => row.connection },
  { name: 'Why', cell: (row: RunSummary) => row.trigger },
  { name: 'Dates', cell: datesOf },
  {
    name: 'State',
    cell: stateOf,
  },
  { name: 'New', cell: (row: RunSummary) => row.counts.inserted },
  { name: 'Changed', cell: (row: RunSummary) => row.counts.changed },
  { name: 'Unchanged', cell: (row: RunSummary) => row.counts.unchanged },
  { name: 'Not linked', cell: (row: RunSummary) => row.counts.unlinked },
  { name: 'Problems', cell: (row: RunSummary) => row.problems },
  { name: 'Run', cell: (row: RunSummary) => row.id },
];

function addList(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('list')
    .description('The latest runs, newest first.')
    .option('--connection <name>', 'of one connection only')
    .option('--limit <count>', 'how many', '20')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action(async (options: Options) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
        throw new InvalidInputError([{ field: '--limit', reason: 'must be a whole number from 1 to 1000' }]);
      }
      await withOrganisationOf(commandLine, options, async (context) => {
        const filter =
          options.connection === undefined
            ? { limit, connectionId: undefined }
            : { limit, connectionId: (await findConnection(context, options.connection)).id };
        await endDeadRuns(context);
        const runs = await listRuns(context, filter);
        if (options.json) {
          writeJson(terminal, runs);
          return;
        }
        const schedules = await listScheduleStatuses(context, filter.connectionId);
        if (schedules.length > 0) writeText(terminal, `${renderSchedules(schedules)}\n\n`);
        if (runs.length === 0) writeText(terminal, 'There is no run yet. Start one with: hajiri fetch\n');
        else writeText(terminal, `${renderTable(columns, runs)}\n`);
      });
    });
}

function addShow(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('show')
    .description('One run with its parts and problems.')
    .argument('[run]', 'its id; the latest when left out')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((run: string | undefined, options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        await endDeadRuns(context);
        const report = await readIntegrationReport(context, { run });
        if (options.json) writeJson(terminal, report);
        else writeText(terminal, `${renderIntegrationTable(report)}\n`);
      }),
    );
}

function addCancel(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('cancel')
    .description('End a run that waits, or have one that is being done broken off within seconds.')
    .argument('<run>', 'its id')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((run: string, options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        await cancelRun(context, run);
        if (options.json) writeJson(terminal, { cancelled: run });
        else writeText(terminal, 'It ends now. What was stored stays.\n');
      }),
    );
}
