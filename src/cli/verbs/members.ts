import { type Command, Option } from 'commander';
import { listInvitations } from '../../accounts/invitations/invitations.ts';
import { invite, type MadeInvitation } from '../../accounts/invitations/invite.ts';
import { listMembers, type Member } from '../../accounts/members/list-members.ts';
import { removeMember } from '../../accounts/members/remove-member.ts';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { makePasswordLink } from '../../accounts/password-reset/request-password-reset.ts';
import { invitationAddress, passwordResetAddress } from '../../contract/link-addresses.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { publicOriginOf } from '../../installation.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = { organisation?: string; json?: true };
const roles = ['owner', 'admin', 'manager', 'employee', 'auditor'] as const;

/** The part of `hajiri accounts` that is about the members of one company. */
export function addMemberCommands(verb: Command, commandLine: CommandLine): void {
  addList(verb, commandLine);
  addInvite(verb, commandLine);
  addRemove(verb, commandLine);
  addReset(verb, commandLine);
}

function addList(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withCommonOptions(
    verb.command('list').description('List who belongs to a company, and who is invited.'),
  ).action((options: Options) =>
    withOrganisationOf(commandLine, options, async (context) => {
      const members = await listMembers(context);
      const invitations = await listInvitations(context);
      if (options.json) {
        writeJson(terminal, {
          members: members.map(present),
          invitations: invitations.map(({ id, email, membership, expiresAt }) => ({
            id,
            email,
            ...membership,
            expiresAt: expiresAt.toString(),
          })),
        });
        return;
      }
      const rows = [
        ...members.map(({ name, email, membership, state }) => [name, email, membership.role, state]),
        ...invitations.map(({ email, membership }) => ['', email, membership.role, 'invited']),
      ];
      const columns = ['Name', 'E-mail', 'Role', 'State'].map((name, at) => ({
        name,
        cell: (row: readonly string[]) => row[at] ?? '',
      }));
      writeText(terminal, rows.length === 0 ? 'There is nobody.\n' : `${renderTable(columns, rows)}\n`);
    }),
  );
}

function addInvite(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withCommonOptions(
    verb
      .command('invite')
      .description('Invite somebody, and print the link to hand over. It is good for a week, once.')
      .argument('<email>')
      .addOption(new Option('--role <role>', 'what they are to be').choices(roles).makeOptionMandatory())
      .option('--team <teams...>', 'of a manager: whose days they see')
      .option(
        '--employee <id>',
        'of an employee: who they are in the directory; else the one with that e-mail',
      ),
  ).action((email: string, options: Options & { role: string; team?: string[]; employee?: string }) =>
    withOrganisationOf(commandLine, options, async (context, { settings }) => {
      const { role, team, employee } = options;
      const membership = { role, ...(team && { teams: team }), ...(employee && { employee }) };
      const made = await invite(context, { email, membership });
      const link = invitationAddress(publicOriginOf(settings), made.token);
      tellLink(commandLine, options, { link, ...expiryOf(made) });
      if (!options.json) terminal.tell(`Whoever opens it joins "${context.organisation.name}" as ${role}.\n`);
    }),
  );
}

function expiryOf({ invitation }: MadeInvitation) {
  return { expiresAt: invitation.expiresAt.toString() };
}

function addRemove(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withCommonOptions(
    verb
      .command('remove')
      .description('Take a member out of a company. The account stays.')
      .argument('<email>'),
  ).action((email: string, options: Options) =>
    withOrganisationOf(commandLine, options, async (context) => {
      const member = await memberWith(context, email);
      await removeMember(context, member.id);
      if (options.json) writeJson(terminal, { removed: present(member) });
      else writeText(terminal, `${member.name} no longer belongs to "${context.organisation.name}".\n`);
    }),
  );
}

function addReset(verb: Command, commandLine: CommandLine): void {
  withCommonOptions(
    verb
      .command('reset')
      .description('Print a link with which a member sets a new password, once, within 24 hours.')
      .argument('<email>')
      .option('--second-factor', 'it also turns their second factor off: the phone is lost'),
  ).action((email: string, options: Options & { secondFactor?: true }) =>
    withOrganisationOf(commandLine, options, async (context, { settings }) => {
      const { token, expiresAt } = await makePasswordLink(context, {
        email,
        removesSecondFactor: options.secondFactor === true,
      });
      const link = passwordResetAddress(publicOriginOf(settings), token);
      tellLink(commandLine, options, { link, expiresAt: expiresAt.toString() });
    }),
  );
}

function withCommonOptions(command: Command): Command {
  return command
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON');
}

function tellLink(
  { terminal }: CommandLine,
  { json }: Options,
  facts: { readonly link: string; readonly expiresAt: string },
): void {
  if (json) writeJson(terminal, facts);
  else writeText(terminal, `${facts.link}\n`);
}

async function memberWith(context: OrganisationContext, email: string): Promise<Member> {
  const member = (await listMembers(context)).find((one) => one.email === email.toLowerCase());
  if (member !== undefined) return member;
  throw new HajiriError('not_found', 'There is no member with this e-mail address.');
}

function present({ id, name, email, membership, state, hasSecondFactor }: Member) {
  return { id, name, email, ...membership, state, secondFactor: hasSecondFactor };
}
