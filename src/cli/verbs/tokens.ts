import { type Command, Option } from 'commander';
import { z } from 'zod';
import { tokenScopes } from '../../accounts/actor.ts';
import type { ApiToken } from '../../accounts/tokens/api-token.ts';
import { createToken } from '../../accounts/tokens/create-token.ts';
import { listTokens } from '../../accounts/tokens/list-tokens.ts';
import { revokeToken } from '../../accounts/tokens/revoke-token.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = { organisation?: string; json?: true };

export function addTokensVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('tokens').description('API tokens: keys for programs.');
  addCreate(verb, commandLine);
  addList(verb, commandLine);
  addRevoke(verb, commandLine);
}

const daysInput = z.object({ days: z.coerce.number('must be a whole number') });

function addCreate(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('create')
    .description('Make a token and print it, this once.')
    .argument('<name>', 'what it is for')
    .addOption(new Option('--scope <scopes...>', 'what it may do').choices(tokenScopes).makeOptionMandatory())
    .option('--days <number>', 'until it expires, at most 1095', '365')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((name: string, options: Options & { scope: readonly string[]; days: string }) => {
      const { days } = parseInput(daysInput, options);
      return withOrganisationOf(commandLine, options, async (context) => {
        const { token, made } = await createToken(context, { name, scopes: options.scope, days });
        if (options.json) writeJson(terminal, { token, made });
        else {
          writeText(terminal, `${token}\n`);
          terminal.tell(
            `This is the only time that it is shown. It may ${made.scopes.join(', ')} until ${dayOf(made.expiresAt)}.\n`,
          );
        }
      });
    });
}

function addList(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('list')
    .description('List the tokens; never what they say.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const tokens = await listTokens(context);
        if (options.json) writeJson(terminal, tokens);
        else if (tokens.length === 0) writeText(terminal, 'There is none.\n');
        else writeText(terminal, `${renderTable(columns, tokens)}\n`);
      }),
    );
}

function addRevoke(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('revoke')
    .description('Refuse a token from now on.')
    .argument('<token>', 'its name or id')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((nameOrId: string, options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const revoked = await revokeToken(context, nameOrId);
        if (options.json) writeJson(terminal, revoked);
        else writeText(terminal, `Revoked "${revoked.name}" (…${revoked.ending}).\n`);
      }),
    );
}

const columns = [
  { name: 'Name', cell: ({ name }: ApiToken) => name },
  { name: 'Ends with', cell: ({ ending }: ApiToken) => ending },
  { name: 'State', cell: ({ state }: ApiToken) => state },
  { name: 'May', cell: ({ scopes }: ApiToken) => scopes.join(', ') },
  { name: 'Expires', cell: ({ expiresAt }: ApiToken) => dayOf(expiresAt) },
  {
    name: 'Last used',
    cell: ({ lastUsedAt }: ApiToken) => (lastUsedAt === null ? 'never' : dayOf(lastUsedAt)),
  },
  { name: 'Made by', cell: ({ madeBy }: ApiToken) => madeBy },
];

function dayOf(instant: Temporal.Instant): string {
  return instant.toString().slice(0, 10);
}
