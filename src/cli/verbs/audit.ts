import type { Command } from 'commander';
import { z } from 'zod';
import { type AuditEntry, readAuditTrail } from '../../accounts/read-audit-trail.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = { organisation?: string; search?: string; limit: string; json?: true };

const input = z.object({
  limit: z.coerce.number('must be a whole number').int('must be a whole number').min(1).max(10_000),
});

const columns = [
  { name: 'When (UTC)', cell: (entry: AuditEntry) => entry.at },
  { name: 'Who', cell: (entry: AuditEntry) => `${entry.actor.name} (${entry.actor.kind.replace('_', ' ')})` },
  { name: 'What', cell: (entry: AuditEntry) => entry.action },
  { name: 'Which', cell: (entry: AuditEntry) => entry.subject.name },
  { name: 'Before', cell: (entry: AuditEntry) => tell(entry.before) },
  { name: 'After', cell: (entry: AuditEntry) => tell(entry.after) },
];

function tell(values: AuditEntry['before']): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}

export function addAuditVerb(program: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  program
    .command('audit')
    .description('Who changed what and when, newest first.')
    .option('--search <text>', 'a part of who, what or which')
    .option('--limit <number>', 'how many at most', '50')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) => {
      const { limit } = parseInput(input, options);
      return withOrganisationOf(commandLine, options, async (context) => {
        const entries = await readAuditTrail(context, { limit, search: options.search });
        if (options.json) writeJson(terminal, entries);
        else if (entries.length === 0) writeText(terminal, 'Nothing was changed yet.\n');
        else writeText(terminal, `${renderTable(columns, entries)}\n`);
      });
    });
}
