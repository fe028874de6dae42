import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { importEmployees } from '../../directory/import-employees.ts';
import { type EmployeeListing, listEmployees } from '../../directory/list-employees.ts';
import { errorCode } from '../../errors/error-code.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = { organisation?: string; json?: true };

export function addEmployeesVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('employees').description('The directory of the company.');
  addImport(verb, commandLine);
  addList(verb, commandLine);
}

function addImport(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('import')
    .description('Add and update employees from a CSV file; all of it or nothing.')
    .argument(
      '<file>',
      'CSV with a header: employee_id, first_name, last_name, email, team, designation, location, …',
    )
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action(async (file: string, options: Options) => {
      const bytes = await readGivenFile(file);
      await withOrganisationOf(commandLine, options, async (context) => {
        const outcome = await importEmployees(context, bytes);
        if (options.json) return writeJson(terminal, outcome);
        const { added, changed, unchanged, linked, withoutEmployeeId } = outcome;
        writeText(
          terminal,
          `${added} added, ${changed} changed, ${unchanged} unchanged; ${linked} people of Keka newly linked.\n`,
        );
        if (withoutEmployeeId > 0) {
          writeText(
            terminal,
            `${withoutEmployeeId} have no Employee ID and cannot be linked until it is filled in.\n`,
          );
        }
      });
    });
}

async function readGivenFile(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    throw new InvalidInputError([{ field: 'file', reason: `cannot be read (${code})` }]);
  }
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
  verb
    .command('list')
    .description('List the employees and the connections in which they are linked.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const employees = await listEmployees(context);
        if (options.json) writeJson(terminal, employees);
        else if (employees.length === 0) {
          writeText(terminal, 'The directory is empty. Fill it with: hajiri employees import FILE.csv\n');
        } else writeText(terminal, `${renderTable(columns, employees)}\n`);
      }),
    );
}
