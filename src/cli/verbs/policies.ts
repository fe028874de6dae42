import { type Command, InvalidArgumentError } from 'commander';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { Installation } from '../../installation.ts';
import { renderTable } from '../../reports/render-table.ts';
import { changePolicy, makePolicy, removePolicy } from '../../rules/policies/make-policy.ts';
import { listPolicies, type Policy } from '../../rules/policies/policies.ts';
import { type PolicyPreview, previewPolicy } from '../../rules/policies/preview-policy.ts';
import { listReevaluations } from '../../rules/reevaluation/list-reevaluations.ts';
import { reevaluateAll } from '../../rules/reevaluation/reevaluate.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type Rules = {
  lateGrace?: number;
  earlyOutGrace?: number;
  fullDay?: number | 'none';
  halfDay?: number | 'none';
  shortSpan?: number;
  overtimeAfter?: number | 'none';
  from?: string;
  to?: string;
};
type Options = Rules & { organisation?: string; json?: true };
type WithSubject = Options & { location?: string; team?: string; shift?: string };

export function addPoliciesVerb(program: Command, commandLine: CommandLine): void {
  const verb = program
    .command('policies')
    .description('What is asked of a day: grace for late and early, hours of full and half days, by dates.');
  addListing(verb, commandLine);
  addMaking(verb, commandLine);
  addChanging(verb, commandLine);
}

function addListing(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('list')
    .description('What holds, for whom and from when.')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const policies = await listPolicies(context);
        if (options.json) writeJson(terminal, { policies, judged: await listReevaluations(context) });
        else writeText(terminal, `${tellPolicies(policies)}\n`);
      }),
    );
}

function addMaking(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  addRules(verb.command('add').description('Make a policy. Stored days that it is for are judged anew.'))
    .option('--location <name>', 'for one place only')
    .option('--team <name>', 'for one team only')
    .option('--shift <times>', 'for one shift only, such as 22:00-06:00')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: WithSubject) =>
      withOrganisationOf(commandLine, options, async (context, installation) => {
        const made = await makePolicy(context, installation.jobs, {
          ...subjectOf(options),
          ...rulesOf(options),
        });
        await judgeAndTell(commandLine, { context, installation }, made, options);
      }),
    );
  addRules(verb.command('preview').description('What a policy would have made of last month. Saves nothing.'))
    .option('--location <name>', 'for one place only')
    .option('--team <name>', 'for one team only')
    .option('--shift <times>', 'for one shift only, such as 22:00-06:00')
    .option('--replaces <number>', 'the policy that it would take the place of', wholeNumber)
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((options: WithSubject & { replaces?: number }) =>
      withOrganisationOf(commandLine, options, async (context, { settings }) => {
        const { from: _from, to: _to, ...rules } = rulesOf(options);
        const preview = await previewPolicy(
          context,
          { draft: { ...subjectOf(options), ...rules }, replaces: options.replaces ?? null },
          settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES,
        );
        if (options.json) writeJson(terminal, preview);
        else writeText(terminal, `${tellPreview(preview)}\n`);
      }),
    );
}

function addChanging(verb: Command, commandLine: CommandLine): void {
  addRules(
    verb
      .command('change')
      .description('Change a policy; what is not given stays. Its days are judged anew.')
      .argument('<number>', 'as the list has it', wholeNumber),
  )
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((number: number, options: Options) =>
      withOrganisationOf(commandLine, options, async (context, installation) => {
        const changed = await changePolicy(context, installation.jobs, number, rulesOf(options));
        await judgeAndTell(commandLine, { context, installation }, changed, options);
      }),
    );
  verb
    .command('remove')
    .description('Remove a policy. Its days are judged by what else holds.')
    .argument('<number>', 'as the list has it', wholeNumber)
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON')
    .action((number: number, options: Options) =>
      withOrganisationOf(commandLine, options, async (context, installation) => {
        await removePolicy(context, installation.jobs, number);
        await judgeAndTell(commandLine, { context, installation }, null, options);
      }),
    );
}

function addRules(command: Command): Command {
  return command
    .option('--late-grace <minutes>', 'in so late is still on time', wholeNumber)
    .option('--early-out-grace <minutes>', 'out so early is still not early', wholeNumber)
    .option('--full-day <minutes>', 'effective time of a full day; none asks for none', wholeNumberOrNone)
    .option('--half-day <minutes>', 'effective time of half a day; none asks for none', wholeNumberOrNone)
    .option('--short-span <minutes>', 'in and out no further apart are told; 0 tells none', wholeNumber)
    .option(
      '--overtime-after <minutes>',
      'so much beyond the expected time is overtime; none for what Keka calls overtime',
      wholeNumberOrNone,
    )
    .option('--from <date>', 'the first day; today when left out')
    .option('--to <date>', 'the last day; none for no end');
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
}

function wholeNumberOrNone(text: string): number | 'none' {
  return text === 'none' ? text : wholeNumber(text);
}

/** Only what was given: what is left out stays, or is as in the standard policy. */
function rulesOf(options: Rules): Record<string, unknown> {
  const given = {
    from: options.from,
    to: options.to,
    lateGraceMinutes: options.lateGrace,
    earlyOutGraceMinutes: options.earlyOutGrace,
    fullDayMinutes: options.fullDay,
    halfDayMinutes: options.halfDay,
    shortSpanMinutes: options.shortSpan,
    overtimeAfterMinutes: options.overtimeAfter,
  };
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value === 'none' ? null : value]),
  );
}

function subjectOf({ location, team, shift }: WithSubject): Record<string, unknown> {
  if (shift !== undefined) return { scope: 'shift', subject: shift };
  if (team !== undefined) return { scope: 'team', subject: team };
  return location === undefined ? {} : { scope: 'location', subject: location };
}

/** Here and now: there may be no worker. One that takes the job finds nothing left to do. */
async function judgeAndTell(
  { terminal, signal }: CommandLine,
  { context, installation }: { readonly context: OrganisationContext; readonly installation: Installation },
  policy: Policy | null,
  { json }: Options,
): Promise<void> {
  const graceMinutes = installation.settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES;
  await reevaluateAll(context, { graceMinutes, signal });
  const [latest = null] = await listReevaluations(context);
  if (json) {
    writeJson(terminal, { policy, judged: latest });
    return;
  }
  const judged =
    latest === null
      ? 'No stored day is touched.'
      : `${latest.judged} stored days judged anew, ${latest.changed} changed.`;
  writeText(terminal, `${policy === null ? '' : `${tellPolicies([policy])}\n`}${judged}\n`);
}

function tellPolicies(policies: readonly Policy[]): string {
  if (policies.length === 0) return 'No policy: no grace, no hours asked for, overtime as Keka has it.';
  const none = (minutes: number | null) => minutes ?? '–';
  return renderTable(
    [
      { name: 'No.', cell: ({ number }: Policy) => number },
      { name: 'For', cell: ({ scope, name }) => (name === null ? 'everybody' : `${scope} ${name}`) },
      { name: 'From', cell: ({ from }) => from.toString() },
      { name: 'To', cell: ({ to }) => to?.toString() ?? '–' },
      { name: 'Late grace', cell: (policy) => policy.lateGraceMinutes },
      { name: 'Early grace', cell: (policy) => policy.earlyOutGraceMinutes },
      { name: 'Full day', cell: (policy) => none(policy.fullDayMinutes) },
      { name: 'Half day', cell: (policy) => none(policy.halfDayMinutes) },
      { name: 'Short span', cell: (policy) => policy.shortSpanMinutes },
      { name: 'Overtime after', cell: (policy) => none(policy.overtimeAfterMinutes) },
    ],
    policies,
  );
}

function tellPreview({ from, to, days, changed, before, after }: PolicyPreview): string {
  const words = (kind: 'statuses' | 'flags') =>
    [...new Set([...Object.keys(before[kind]), ...Object.keys(after[kind])])].map((word) => ({
      word: word.replaceAll('_', ' '),
      before: before[kind][word] ?? 0,
      after: after[kind][word] ?? 0,
    }));
  return [
    `${from} to ${to}: ${days} days of people, ${changed} would change.`,
    renderTable(
      [
        { name: 'Status or flag', cell: ({ word }) => word },
        { name: 'Now', cell: (line) => line.before },
        { name: 'Then', cell: (line) => line.after },
      ],
      [...words('statuses'), ...words('flags')],
    ),
  ].join('\n');
}
