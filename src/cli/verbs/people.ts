import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { errorCode } from '../../errors/error-code.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { erasePerson } from '../../privacy/erase-person.ts';
import { exportPerson } from '../../privacy/export-person.ts';
import { visibleJson } from '../../reports/visible-text.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

const who = 'Employee ID, e-mail address, or id in Keka';

export function addPeopleVerb(program: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const verb = program.command('people').description('Everything that is stored about one person.');
  verb
    .command('export')
    .description('Write everything that is stored about one person, as JSON.')
    .argument('<person>', who)
    .option('--output <file>', 'into a new file, for its owner alone, instead of standard output')
    .option('--organisation <name>', 'needed when there are several')
    .action((person: string, options: { output?: string; organisation?: string }) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const exported = await exportPerson(context, person);
        if (options.output === undefined) writeJson(terminal, exported);
        else {
          await writeNew(options.output, `${visibleJson(JSON.stringify(exported, null, 2))}\n`);
          terminal.tell(`Wrote ${options.output}: ${exported.days.length} days.\n`);
        }
      }),
    );
  verb
    .command('erase')
    .description('Take away everything by which one person could be known. Cannot be undone.')
    .argument('<person>', who)
    .option('--yes', 'really do it')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((person: string, options: { yes?: true; organisation?: string; json?: true }) => {
      if (options.yes !== true) {
        throw new InvalidInputError([
          {
            field: '--yes',
            reason: 'is needed: name, e-mail address and ids of the person are gone for ever then',
          },
        ]);
      }
      return withOrganisationOf(commandLine, options, async (context) => {
        const erasure = await erasePerson(context, person);
        if (options.json) writeJson(terminal, erasure);
        else {
          writeText(
            terminal,
            `Erased. ${erasure.days} days are kept without a person, so that totals stay as they were.\n`,
          );
        }
      });
    });
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const reason =
      errorCode(error) === 'EEXIST'
        ? 'is there already'
        : `cannot be written (${errorCode(error) ?? 'unknown'})`;
    throw new InvalidInputError([{ field: '--output', reason }]);
  }
}
