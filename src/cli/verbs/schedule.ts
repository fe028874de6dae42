import type { Command } from 'commander';
import { localDay } from '../../attendance/local-time.ts';
import { findConnection } from '../../connections/connections.ts';
import { parseScheduleInput } from '../../connections/schedule/schedule-input.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { renderTable } from '../../reports/render-table.ts';
import { formatWindow } from '../../runs/date-window.ts';
import { endDeadRuns } from '../../runs/liveness/end-dead-runs.ts';
import { planSchedule } from '../../runs/morning/plan-schedule.ts';
import { listScheduleStatuses, type ScheduleStatus } from '../../runs/schedule-status.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readAges } from '../read-schedule-options.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = { organisation?: string; json?: true };

export function addScheduleVerb(program: Command, commandLine: CommandLine): void {
  const verb = program
    .command('schedule')
    .description('When connections are fetched by themselves, and how that has gone.');
  addShow(verb, commandLine);
  addPlan(verb, commandLine);
}

function addShow(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('show')
    .description('Of each connection: what is due next, the last success, the last attempt, the next try.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        await endDeadRuns(context);
        const statuses = await listScheduleStatuses(context);
        if (options.json) writeJson(terminal, statuses);
        else if (statuses.length === 0) writeText(terminal, 'There is no connection yet.\n');
        else writeText(terminal, `${renderSchedules(statuses)}\n`);
      }),
    );
}

/** Moments to the minute, in UTC. */
function minute(instant: string | undefined): string {
  return instant === undefined ? '–' : `${instant.slice(0, 16).replace('T', ' ')}Z`;
}

export function renderSchedules(statuses: readonly ScheduleStatus[]): string {
  const columns = [
    { name: 'Connection', cell: (row: ScheduleStatus) => row.connection },
    {
      name: 'Every day',
      cell: (row: ScheduleStatus) => (row.autoRun ? `${row.at} ${row.zone}` : 'Auto-Run off'),
    },
    {
      name: 'Next due',
      cell: (row: ScheduleStatus) =>
        row.blockedBy === null ? minute(row.nextDueAt ?? undefined) : `not taken: ${row.blockedBy}`,
    },
    {
      name: 'Last success',
      cell: (row: ScheduleStatus) => `${minute(row.lastSuccess?.at)}${row.isStale ? ' (long ago)' : ''}`,
    },
    {
      name: 'Last attempt',
      cell: ({ lastAttempt }: ScheduleStatus) => {
        if (lastAttempt === null) return '–';
        const why = lastAttempt.errorCode === null ? '' : ` (${lastAttempt.errorCode})`;
        return `${minute(lastAttempt.at)} ${lastAttempt.state ?? ''}${why}`;
      },
    },
    {
      name: 'Next try',
      cell: ({ plannedRetry }: ScheduleStatus) =>
        plannedRetry === null ? '–' : `${minute(plannedRetry.at)} (${plannedRetry.reason})`,
    },
    { name: 'Read up to', cell: (row: ScheduleStatus) => row.readUpTo ?? '–' },
    { name: 'Data as of', cell: (row: ScheduleStatus) => minute(row.dataAsOf ?? undefined) },
  ];
  return renderTable(columns, statuses);
}

type PlanOptions = Options & { recheckAges?: string; people?: string };

function addPlan(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('plan')
    .description(
      'What every morning reads and costs, with the ages that are set or with others; nothing is changed.',
    )
    .argument('[connection]')
    .option('--recheck-ages <days>', 'such as 1,2,3,5,7,10,14')
    .option('--people <count>', 'people on a day; counted when left out')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((name: string | undefined, options: PlanOptions) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const people = options.people === undefined ? null : Number(options.people);
        if (people !== null && (!Number.isInteger(people) || people < 0)) {
          throw new InvalidInputError([{ field: '--people', reason: 'must be a whole number' }]);
        }
        const { recheckAges } = parseScheduleInput({ recheckAges: readAges(options.recheckAges) });
        const connection = await findConnection(context, name);
        const plan = await planSchedule(context, connection, { recheckAges, people });
        if (options.json) {
          writeJson(terminal, plan);
          return;
        }
        const rows = plan.windows.map(({ from, to, requests, records }) => ({
          dates: formatWindow({ from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) }),
          requests,
          records,
        }));
        const columns = [
          { name: 'Dates', cell: (row: (typeof rows)[number]) => row.dates },
          { name: 'Requests', cell: (row: (typeof rows)[number]) => row.requests },
          { name: 'Records', cell: (row: (typeof rows)[number]) => row.records },
        ];
        const today = localDay(context.clock.now(), context.organisation.zone);
        writeText(
          terminal,
          [
            `A morning like that of ${today.toString()}, with ${plan.people} people a day:`,
            renderTable(columns, rows),
            `With the list of people ${plan.requests} requests, about ${plan.minutes} min at ${connection.requestsPerMinute} a minute.`,
            `Each day is read again at the age of ${plan.recheckAges.join(', ')} days.`,
            '',
          ].join('\n'),
        );
      }),
    );
}
