import type { Command } from 'commander';
import { findOrganisation } from '../../accounts/organisations.ts';
import { makeOwnerLink, type OwnerLink } from '../../accounts/owner/owner-link.ts';
import { ownerLinkAddress } from '../../contract/link-addresses.ts';
import { publicOriginOf } from '../../installation.ts';
import { type CommandLine, thisUser, withInstallation } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';
import { addMemberCommands } from './members.ts';

export function addAccountsVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('accounts').description('Who may sign in, and as what.');
  addCreateOwner(verb, commandLine);
  addMemberCommands(verb, commandLine);
}

function addCreateOwner(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('create-owner')
    .description('Print a link that makes an owner, once. Also the way back in when an owner lost access.')
    .option('--organisation <name>', 'of this company; else of every company that has no owner')
    .option('--json', 'answer as JSON')
    .action((options: { organisation?: string; json?: true }) =>
      withInstallation(commandLine, async ({ kysely, clock, settings }) => {
        const organisation =
          options.organisation === undefined ? null : await findOrganisation(kysely, options.organisation);
        const link = await makeOwnerLink({ kysely, clock, ...thisUser() }, organisation);
        const address = ownerLinkAddress(publicOriginOf(settings), link.token);
        if (options.json) {
          writeJson(terminal, {
            link: address,
            expiresAt: link.expiresAt.toString(),
            organisation: link.organisation?.name ?? null,
            recovery: link.isRecovery,
          });
        } else writeText(terminal, describeOwnerLink(link, address));
      }),
    );
}

export function describeOwnerLink(
  { expiresAt, organisation, isRecovery }: OwnerLink,
  address: string,
): string {
  const whose = organisation === null ? '' : ` of "${organisation.name}"`;
  return [
    ...(isRecovery
      ? [
          `There is an owner${whose} already. This link makes another one, and the audit trail says so: it is meant for`,
          'somebody who lost access.',
        ]
      : []),
    `Whoever opens this link becomes the owner${whose}, once, until ${minuteOf(expiresAt)} UTC:`,
    `  ${address}`,
    '',
  ].join('\n');
}

function minuteOf(instant: Temporal.Instant): string {
  return instant
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
}
