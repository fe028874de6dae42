import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type EmployeeFilter, type EmployeeListing, listEmployees } from '../../directory/list-employees.ts';
import { listTeams } from '../../directory/teams/list-teams.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { renderEmployeesCsv, renderEmployeesXlsx } from '../../reports/directory/render-employees.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type FilterOptions = {
  organisation?: string;
  json?: true;
  search?: string;
  team?: string;
  location?: string;
  tag?: string;
  unlinked?: true;
};

/** The verbs below `employees` that only read. */
export function addEmployeeListVerbs(verb: Command, commandLine: CommandLine): void {
  addList(verb, commandLine);
  addExport(verb, commandLine);
  addTeams(verb, commandLine);
}

function withFilters(command: Command): Command {
  return command
    .option('--search <words>', 'words that all stand in name, Employee ID, e-mail or phone')
    .option('--team <name>', 'a team, with those below it')
    .option('--location <name>', 'a location')
    .option('--tag <tag>', 'a tag')
    .option('--unlinked', 'only employees without anybody in Keka')
    .option('--organisation <name>', 'needed when there are several');
}

function filterOf({ search, team, location, tag, unlinked }: FilterOptions): EmployeeFilter {
  return { search, team, location, tag, link: unlinked ? 'unlinked' : undefined };
}

const columns = [
  { name: 'Employee ID', cell: (row: EmployeeListing) => row.employeeId ?? '—' },
  { name: 'Name', cell: (row: EmployeeListing) => `${row.firstName} ${row.lastName}`.trim() },
  { name: 'E-mail', cell: (row: EmployeeListing) => row.email },
  { name: 'Team', cell: (row: EmployeeListing) => row.team },
  { name: 'Joined', cell: (row: EmployeeListing) => row.joiningDate },
  { name: 'Leaves', cell: (row: EmployeeListing) => row.leavingDate },
  { name: 'Linked in', cell: (row: EmployeeListing) => row.linkedIn.join(', ') || 'nobody in Keka' },
];

function addList(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withFilters(
    verb.command('list').description('List the employees and the connections in which they are linked.'),
  )
    .option('--json', 'answer as JSON')
    .action((options: FilterOptions) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const { rows } = await listEmployees(context, filterOf(options));
        if (options.json) writeJson(terminal, rows);
        else if (rows.length > 0) writeText(terminal, `${renderTable(columns, rows)}\n`);
        else if (Object.values(filterOf(options)).some((value) => value !== undefined)) {
          writeText(terminal, 'Nobody in the directory is like that.\n');
        } else {
          writeText(terminal, 'The directory is empty. Fill it with: hajiri employees import FILE.csv\n');
        }
      }),
    );
}

function addExport(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withFilters(
    verb
      .command('export')
      .description('Write the employees to a CSV or XLSX file that can be imported again.')
      .argument('<file>', 'its name ends with .csv or .xlsx'),
  ).action((file: string, options: FilterOptions) => {
    const format = /\.(csv|xlsx)$/i.exec(file)?.[1]?.toLowerCase();
    if (format === undefined) {
      throw new InvalidInputError([
        { field: 'file', reason: 'must have a name that ends with .csv or .xlsx' },
      ]);
    }
    return withOrganisationOf(commandLine, options, async (context) => {
      const { rows } = await listEmployees(context, filterOf(options));
      // Names and addresses: for whoever writes the file alone.
      await writeFile(file, format === 'csv' ? renderEmployeesCsv(rows) : await renderEmployeesXlsx(rows), {
        mode: 0o600,
      });
      writeText(terminal, `${rows.length} employees are in the file.\n`);
    });
  });
}

function addTeams(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('teams')
    .description('The teams as a tree, and how many are in each today.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: FilterOptions) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const teams = await listTeams(context);
        if (options.json) writeJson(terminal, teams);
        else if (teams.length === 0)
          writeText(terminal, 'There is no team yet; an import makes those it names.\n');
        else {
          writeText(
            terminal,
            `${renderTable(
              [
                {
                  name: 'Team',
                  cell: (row: (typeof teams)[number]) => `${'  '.repeat(row.depth)}${row.name}`,
                },
                { name: 'In it', cell: (row) => row.employees },
                { name: 'With those below', cell: (row) => row.employeesWithin },
              ],
              teams,
            )}\n`,
          );
        }
      }),
    );
}
