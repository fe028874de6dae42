import type { Command } from 'commander';
import { endDayNote, noteDay } from '../../rules/notes/note-day.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = {
  employee: string;
  date: string;
  status?: string;
  note: string;
  organisation?: string;
  json?: true;
};

export function addNotesVerb(program: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const verb = program
    .command('notes')
    .description('What your company says of a day beside Keka: a note, or what the day counts as.');
  verb
    .command('set')
    .description('Note something on a day, with a reason. No fetch changes it.')
    .requiredOption('--employee <id>', 'the Employee ID')
    .requiredOption('--date <date>', 'the day')
    .requiredOption('--note <text>', 'why')
    .option(
      '--status <status>',
      'what the day counts as: present, half_day, absent, on_leave, weekly_off, holiday',
    )
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const { employee, date, note, status = null } = options;
        const made = await noteDay(context, { employee, date, note, status });
        if (options.json) writeJson(terminal, made);
        else
          writeText(terminal, `Noted on ${date}${status === null ? '' : `, which counts as ${status}`}.\n`);
      }),
    );
  verb
    .command('remove')
    .description('Take a note back; the day is again what its record says.')
    .requiredOption('--employee <id>', 'the Employee ID')
    .requiredOption('--date <date>', 'the day')
    .option('--organisation <name>', 'needed when there are several')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const { employee, date } = options;
        await endDayNote(context, { employee, date });
        writeText(terminal, `The note on ${date} is taken back.\n`);
      }),
    );
}
