import type { Command } from 'commander';
import { findConnection } from '../../connections/connections.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type BackfillSummary, findBackfill, listBackfills } from '../../runs/backfill/backfills.ts';
import { estimateBackfill, startBackfill } from '../../runs/backfill/start-backfill.ts';
import { type Steering, steerBackfill } from '../../runs/backfill/steer-backfill.ts';
import { formatWindow } from '../../runs/date-window.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readWindow } from '../read-dates.ts';
import { type Terminal, writeJson, writeText } from '../terminal.ts';

type Options = { organisation?: string; json?: true };

export function addBackfillVerb(program: Command, commandLine: CommandLine): void {
  const verb = program
    .command('backfill')
    .description('Ranges that "hajiri serve" reads little by little, behind what is due.');
  addStart(verb, commandLine);
  addList(verb, commandLine);
  addSteering(verb, commandLine, 'pause', 'Pause it after the part that is being read.');
  addSteering(verb, commandLine, 'resume', 'Go on at the first date that is not dealt with.');
  addSteering(verb, commandLine, 'cancel', 'End it now; what was stored stays.');
}

type StartOptions = Options & { connection?: string; from?: string; to?: string; estimate?: true };

function addStart(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('start')
    .description('Have a range read, oldest part first.')
    .requiredOption('--from <date>', 'first date')
    .requiredOption('--to <date>', 'last date')
    .option('--connection <name>', 'needed when there are several')
    .option('--estimate', 'tell what it takes, and start nothing')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: StartOptions) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const window = readWindow(context, { from: options.from, to: options.to });
        if (window === null) throw new InvalidInputError([{ field: '--from', reason: 'is needed' }]);
        const connection = await findConnection(context, options.connection);
        const estimate = await estimateBackfill(context, connection, window);
        const told = [describeParts(estimate), ...describeTooOld(estimate)].join('\n');
        if (options.estimate === true) {
          if (options.json) writeJson(terminal, { ...estimate, tooOld: dates(estimate.tooOld) });
          else writeText(terminal, `${told}\n`);
          return;
        }
        const backfill = await findBackfill(context, await startBackfill(context, connection, window));
        if (options.json) writeJson(terminal, backfill);
        else
          writeText(terminal, `Started backfill ${backfill.id}.\n${told}\n"hajiri serve" does the work.\n`);
      }),
    );
}

type Estimate = Awaited<ReturnType<typeof estimateBackfill>>;

function describeParts({ parts, requests, minutes }: Estimate): string {
  const cost =
    requests === null
      ? 'how many requests, the first part will tell'
      : `about ${requests} requests, ${minutes ?? 0} min`;
  return `${parts} ${parts === 1 ? 'part' : 'parts'}, ${cost}.`;
}

function describeTooOld({ tooOld }: Estimate): readonly string[] {
  if (tooOld === null) return [];
  return [`Keka probably refuses ${formatWindow(tooOld)}: it serves about the last three months.`];
}

function dates(window: Estimate['tooOld']) {
  return window === null ? null : { from: window.from.toString(), to: window.to.toString() };
}

function addList(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('list')
    .description('All of them, newest first, with their progress.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const backfills = await listBackfills(context);
        if (options.json) writeJson(terminal, backfills);
        else if (backfills.length === 0) {
          writeText(terminal, 'There is none. Start one with: hajiri backfill start --from DATE --to DATE\n');
        } else tellBackfills(terminal, backfills);
      }),
    );
}

function tellBackfills(terminal: Terminal, backfills: readonly BackfillSummary[]): void {
  const columns = [
    { name: 'Connection', cell: (row: BackfillSummary) => row.connection },
    { name: 'Dates', cell: (row: BackfillSummary) => `${row.from} to ${row.to}` },
    {
      name: 'State',
      cell: (row: BackfillSummary) =>
        row.errorCode === null ? row.state : `${row.state} (${row.errorCode})`,
    },
    { name: 'Days', cell: (row: BackfillSummary) => `${row.daysDone} of ${row.days}` },
    { name: 'Missing', cell: (row: BackfillSummary) => row.daysMissing },
    {
      name: 'Left',
      cell: ({ left }: BackfillSummary) =>
        left === null ? '–' : `${left.requests} requests, ${left.minutes} min`,
    },
    { name: 'Backfill', cell: (row: BackfillSummary) => row.id },
  ];
  writeText(terminal, `${renderTable(columns, backfills)}\n`);
}

function addSteering(verb: Command, commandLine: CommandLine, steering: Steering, description: string): void {
  const { terminal } = commandLine;
  verb
    .command(steering)
    .description(description)
    .argument('<backfill>', 'its id')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((id: string, options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        await steerBackfill(context, id, steering);
        const backfill = await findBackfill(context, id);
        if (options.json) writeJson(terminal, backfill);
        else tellBackfills(terminal, [backfill]);
      }),
    );
}
