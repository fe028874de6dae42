import type { Command } from 'commander';
import { z } from 'zod';
import { parseInput } from '../../errors/parse-input.ts';
import {
  changeRetention,
  type Retention,
  readRetention,
} from '../../privacy/retention/retention-settings.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { type Terminal, writeJson, writeText } from '../terminal.ts';

type Options = {
  rawRecords?: string;
  revisions?: string;
  runs?: string;
  audit?: string;
  organisation?: string;
  json?: true;
};

const days = z.coerce.number('must be a whole number').optional();
const input = z.object({ rawRecords: days, revisions: days, runs: days, audit: days });

export function addRetentionVerb(program: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const verb = program.command('retention').description('How long data is kept, in days.');
  verb
    .command('show')
    .description('How long each kind of data is kept.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) =>
        tell(terminal, await readRetention(context), options),
      ),
    );
  verb
    .command('change')
    .description('Change it. What is older goes in the next night.')
    .option('--raw-records <days>', 'the records as Keka sent them')
    .option('--revisions <days>', 'earlier values of days that were corrected')
    .option('--runs <days>', 'runs with their problems')
    .option('--audit <days>', 'the audit trail')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) => {
      const given = parseInput(input, options);
      return withOrganisationOf(commandLine, options, async (context) => {
        const changed = await changeRetention(context, {
          rawRecordDays: given.rawRecords,
          revisionDays: given.revisions,
          runDays: given.runs,
          auditDays: given.audit,
        });
        tell(terminal, changed, options);
      });
    });
}

function tell(terminal: Terminal, retention: Retention, { json }: Options): void {
  if (json) {
    writeJson(terminal, retention);
    return;
  }
  writeText(
    terminal,
    [
      `Records as Keka sent them  ${retention.rawRecordDays} days`,
      `Revisions                  ${retention.revisionDays} days`,
      `Runs and their problems    ${retention.runDays} days`,
      `Audit trail                ${retention.auditDays} days`,
      'Attendance itself is kept until a person is erased or its connection is removed.',
      '',
    ].join('\n'),
  );
}
