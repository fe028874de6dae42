import type { Command } from 'commander';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { renderTable } from '../../reports/render-table.ts';
import { listMonthLocks, lockMonth, unlockMonth } from '../../rules/locks/lock-month.ts';
import { acceptDrift } from '../../runs/drift/accept-drift.ts';
import { type DriftDay, listDrift } from '../../runs/drift/list-drift.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = { organisation?: string; json?: true };

export function addMonthsVerb(program: Command, commandLine: CommandLine): void {
  const verb = program
    .command('months')
    .description('Months that are closed: fetches and policies do not change their days.');
  addLocking(verb, commandLine);
  addDrift(verb, commandLine);
}

function addLocking(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('list')
    .description('Which months are locked, and how many of their days Keka has otherwise by now.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const locks = await listMonthLocks(context);
        if (options.json) {
          writeJson(terminal, locks);
          return;
        }
        const lines = locks.map(
          ({ month, lockedAt, lockedBy, drift }) =>
            `${month}  locked by ${lockedBy} on ${lockedAt}  ${drift} days otherwise in Keka`,
        );
        writeText(terminal, `${lines.length === 0 ? 'No month is locked.' : lines.join('\n')}\n`);
      }),
    );
  verb
    .command('lock')
    .description('Lock a month that is over and was read completely.')
    .argument('<month>', 'YYYY-MM')
    .option('--accept-gaps', 'also when dates were not read completely')
    .option('--organisation <name>', 'needed when there are several')
    .action((month: string, options: Options & { acceptGaps?: true }) =>
      withOrganisationOf(commandLine, options, async (context) => {
        await lockMonth(context, { month, acceptGaps: options.acceptGaps === true });
        writeText(terminal, `${month} is locked.\n`);
      }),
    );
  verb
    .command('unlock')
    .description('Unlock a month: later fetches write its days again.')
    .argument('<month>', 'YYYY-MM')
    .option('--organisation <name>', 'needed when there are several')
    .action((month: string, options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        await unlockMonth(context, month);
        writeText(terminal, `${month} is no longer locked.\n`);
      }),
    );
}

function addDrift(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('drift')
    .description('What Keka changed in a month after it was locked.')
    .argument('<month>', 'YYYY-MM')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((month: string, options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const drift = await listDrift(context, month);
        if (options.json) writeJson(terminal, drift);
        else writeText(terminal, `${tellDrift(drift.days, drift.total)}\n`);
      }),
    );
  verb
    .command('accept')
    .description('Take over what Keka changed after the lock: one day of a person, or all.')
    .argument('<month>', 'YYYY-MM')
    .option('--all', 'everything in the list')
    .option('--person <guid>', 'the id in Keka, as the list with --json has it')
    .option('--date <date>', 'the date of that person')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((month: string, options: Options & { all?: true; person?: string; date?: string }) =>
      withOrganisationOf(commandLine, options, async (context, { settings }) => {
        const { all, person, date } = options;
        if (
          all === true
            ? person !== undefined || date !== undefined
            : person === undefined || date === undefined
        )
          throw new InvalidInputError([{ field: 'days', reason: 'must be --all, or --person with --date' }]);
        const chosen =
          all === true
            ? {}
            : {
                days: (await listDrift(context, month)).days.filter(
                  (day) => day.sourceGuid === person?.toLowerCase() && day.date === date,
                ),
              };
        const accepted = await acceptDrift(
          context,
          { month, ...chosen },
          settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES,
        );
        if (options.json) writeJson(terminal, { accepted });
        else writeText(terminal, `${accepted} days taken over.\n`);
      }),
    );
}

function tellDrift(days: readonly DriftDay[], total: number): string {
  if (total === 0) return 'Keka has this month as it is stored.';
  const table = renderTable(
    [
      { name: 'Date', cell: ({ date }: DriftDay) => date },
      { name: 'Employee ID', cell: ({ employeeId, employeeNumber }) => employeeId ?? employeeNumber },
      { name: 'Name', cell: ({ name }) => name },
      { name: 'What', cell: ({ kind }) => kind },
      { name: 'Stored', cell: (day) => valuesOf(day, day.stored) },
      { name: 'Keka', cell: (day) => valuesOf(day, day.keka) },
    ],
    days,
  );
  return total > days.length ? `${table}\n… and ${total - days.length} more` : table;
}

function valuesOf({ changed }: DriftDay, values: DriftDay['stored']): string {
  if (values === null) return '–';
  const named = new Map<string, string | number | null>(Object.entries(values));
  return changed.map((name) => `${name} ${String(named.get(name) ?? '–')}`).join(', ');
}
