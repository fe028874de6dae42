import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { applyImport } from '../../directory/import/apply-import.ts';
import type { ImportOutcome } from '../../directory/import/finish-import.ts';
import type { GivenFile } from '../../directory/import/given-file.ts';
import { previewImport } from '../../directory/import/preview-import.ts';
import { type ImportRow, listImports, readImportRows } from '../../directory/import/read-imports.ts';
import { undoImport } from '../../directory/import/undo-import.ts';
import { importEmployees } from '../../directory/import-employees.ts';
import { errorCode } from '../../errors/error-code.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readDate } from '../read-dates.ts';
import { writeJson, writeText } from '../terminal.ts';
import { addEmployeeListVerbs } from './employee-list.ts';

type Options = { organisation?: string; json?: true };

export function addEmployeesVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('employees').description('The directory of the company.');
  addImport(verb, commandLine);
  addEmployeeListVerbs(verb, commandLine);
  addImports(verb, commandLine);
  addApply(verb, commandLine);
  addUndo(verb, commandLine);
}

function addImport(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('import')
    .description('Add and update employees from a CSV or XLSX file; all of it or nothing.')
    .argument(
      '<file>',
      'with a header: employee_id, first_name, last_name, email, team, designation, location, manager, tags, …',
    )
    .option('--preview', 'only say what it would do, row by row')
    .option('--team-from <date>', 'the first day on which a changed team counts; today without it')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action(async (path: string, options: Options & { preview?: true; teamFrom?: string }) => {
      const file = await givenFile(path);
      const teamFrom = options.teamFrom === undefined ? undefined : readDate('--team-from', options.teamFrom);
      await withOrganisationOf(commandLine, options, async (context) => {
        if (options.preview) {
          const preview = await previewImport(context, file, { teamFrom });
          const { rows } = await readImportRows(context, preview.id, { offset: 0, limit: 500 });
          const shown = rows.filter(({ outcome }) => outcome !== 'unchanged');
          if (options.json) return writeJson(terminal, { ...preview, shown });
          const { added, changed, unchanged, refused } = preview.counts;
          writeText(
            terminal,
            `${added} new, ${changed} changed, ${unchanged} unchanged, ${refused} refused. Nothing is changed yet.\n`,
          );
          if (shown.length > 0) writeText(terminal, `${renderTable(previewColumns, shown)}\n`);
          writeText(terminal, `Do it with: hajiri employees apply ${preview.id}\n`);
          return;
        }
        tellOutcome(commandLine, options, await importEmployees(context, file, { teamFrom }));
      });
    });
}

function tellOutcome({ terminal }: CommandLine, options: Options, outcome: ImportOutcome): void {
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
}

const previewColumns = [
  { name: 'Line', cell: (row: ImportRow) => row.line },
  { name: 'What', cell: (row: ImportRow) => row.outcome },
  { name: 'Employee ID', cell: (row: ImportRow) => row.employeeId },
  { name: 'Name', cell: (row: ImportRow) => row.name },
  {
    name: 'Changes, or why not',
    cell: (row: ImportRow) =>
      row.outcome === 'refused'
        ? row.faults.map(({ field, reason }) => `${field} ${reason}`).join('; ')
        : row.outcome === 'changed'
          ? row.changes
              .map(({ field, before, after }) => `${field}: ${before ?? '—'} → ${after ?? '—'}`)
              .join('; ')
          : null,
  },
];

/** Opened once to say early that it cannot be read; then read as often as it takes. */
async function givenFile(path: string): Promise<GivenFile> {
  try {
    const handle = await open(path);
    try {
      if ((await handle.stat()).isDirectory())
        throw new InvalidInputError([{ field: 'file', reason: 'is a folder' }]);
    } finally {
      await handle.close();
    }
    return { name: basename(path), read: () => createReadStream(path) };
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    const code = errorCode(error) ?? 'unknown';
    throw new InvalidInputError([{ field: 'file', reason: `cannot be read (${code})` }]);
  }
}

function addImports(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('imports')
    .description('The imports so far, newest first: which file, who, when.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const imports = await listImports(context, { limit: 100 });
        if (options.json) writeJson(terminal, imports);
        else if (imports.length === 0) writeText(terminal, 'Nothing was imported yet.\n');
        else writeText(terminal, `${renderTable(importColumns, imports)}\n`);
      }),
    );
}

type Import = Awaited<ReturnType<typeof listImports>>[number];

const importColumns = [
  { name: 'Id', cell: (row: Import) => row.id },
  { name: 'File', cell: (row: Import) => row.fileName },
  { name: 'SHA-256', cell: (row: Import) => row.fileHash.slice(0, 12) },
  { name: 'State', cell: (row: Import) => row.state },
  { name: 'By', cell: (row: Import) => row.appliedBy ?? row.madeBy },
  { name: 'At (UTC)', cell: (row: Import) => row.appliedAt ?? row.madeAt },
  { name: 'New', cell: (row: Import) => row.counts.added },
  { name: 'Changed', cell: (row: Import) => row.counts.changed },
];

function addApply(verb: Command, commandLine: CommandLine): void {
  verb
    .command('apply')
    .description('Do what a preview said.')
    .argument('<import>', 'the id that the preview told')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((id: string, options: Options) =>
      withOrganisationOf(commandLine, options, async (context) =>
        tellOutcome(commandLine, options, await applyImport(context, id)),
      ),
    );
}

function addUndo(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('undo')
    .description('Take an import back, while nothing later depends on it.')
    .argument('<import>', 'its id, as "employees imports" lists it')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((id: string, options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const outcome = await undoImport(context, id);
        if (options.json) writeJson(terminal, outcome);
        else
          writeText(terminal, `${outcome.removed} removed again, ${outcome.restored} as they were before.\n`);
      }),
    );
}
