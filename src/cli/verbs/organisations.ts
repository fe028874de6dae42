import type { Command } from 'commander';
import type { Organisation } from '../../accounts/organisation-context.ts';
import { changeZone, createOrganisation, listOrganisations } from '../../accounts/organisations.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, thisUser, withInstallation, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

export function addOrganisationsVerb(program: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const verb = program.command('organisations').description('The companies that use this installation.');
  verb
    .command('add')
    .description('Add a company.')
    .argument('<name>')
    .requiredOption('--zone <zone>', 'its IANA time zone, such as Asia/Kolkata')
    .option('--json', 'answer as JSON')
    .action((name: string, options: { zone: string; json?: true }) =>
      withInstallation(commandLine, async ({ kysely, clock }) => {
        const made = await createOrganisation(kysely, clock, { name, zone: options.zone }, thisUser());
        if (options.json) writeJson(terminal, present(made));
        else writeText(terminal, `Added "${made.name}", time zone ${made.zone}.\n`);
      }),
    );
  verb
    .command('change')
    .description("Correct a company's time zone.")
    .argument('<name>')
    .requiredOption('--zone <zone>', 'its IANA time zone, such as Asia/Kolkata')
    .option('--json', 'answer as JSON')
    .action((name: string, options: { zone: string; json?: true }) =>
      withOrganisationOf(commandLine, { organisation: name }, async (context) => {
        const changed = await changeZone(context, { zone: options.zone });
        if (options.json) writeJson(terminal, present(changed));
        else writeText(terminal, `"${changed.name}" is in time zone ${changed.zone} now.\n`);
      }),
    );
  verb
    .command('list')
    .description('List the companies.')
    .option('--json', 'answer as JSON')
    .action((options: { json?: true }) =>
      withInstallation(commandLine, async ({ kysely }) => {
        const organisations = await listOrganisations(kysely);
        if (options.json) writeJson(terminal, organisations.map(present));
        else if (organisations.length === 0) {
          writeText(
            terminal,
            'There is none yet. Add one with: hajiri organisations add "Company name" --zone Asia/Kolkata\n',
          );
        } else {
          const columns = [
            { name: 'Name', cell: ({ name }: (typeof organisations)[number]) => name },
            { name: 'Time zone', cell: ({ zone }: (typeof organisations)[number]) => zone },
          ];
          writeText(terminal, `${renderTable(columns, organisations)}\n`);
        }
      }),
    );
}

function present({ id, name, zone, faultyZone }: Organisation) {
  return faultyZone === null ? { id, name, zone } : { id, name, zone, faultyZone };
}
