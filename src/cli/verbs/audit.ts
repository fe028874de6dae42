import { type Command, Option } from 'commander';
import { z } from 'zod';
import { readAuditTrail } from '../../accounts/read-audit-trail.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { renderAuditTrailCsv, renderAuditTrailTable } from '../../reports/audit/render-audit-trail.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readDate } from '../read-dates.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = {
  organisation?: string;
  search?: string;
  from?: string;
  to?: string;
  limit: string;
  format: 'table' | 'csv' | 'json';
  json?: true;
};

const input = z.object({
  limit: z.coerce
    .number('must be a whole number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(10_000, 'must be at most 10000'),
});

export function addAuditVerb(program: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  program
    .command('audit')
    .description('Who changed what and when, newest first.')
    .option('--search <text>', 'a part of who, what or which')
    .option('--from <date>', 'first day, by the clock of the company')
    .option('--to <date>', 'last day')
    .option('--limit <number>', 'how many at most', '50')
    .addOption(
      new Option('--format <format>', 'how to show it').choices(['table', 'csv', 'json']).default('table'),
    )
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'the same as --format json')
    .action((options: Options) => {
      const { limit } = parseInput(input, options);
      const dates = {
        from: options.from === undefined ? undefined : readDate('--from', options.from),
        to: options.to === undefined ? undefined : readDate('--to', options.to),
      };
      return withOrganisationOf(commandLine, options, async (context) => {
        const entries = await readAuditTrail(context, { limit, search: options.search, ...dates });
        if (options.json || options.format === 'json') writeJson(terminal, entries);
        else if (options.format === 'csv') terminal.write(renderAuditTrailCsv(entries));
        else writeText(terminal, `${renderAuditTrailTable(entries)}\n`);
      });
    });
}
