import type { Command } from 'commander';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { identificationKeys } from '../../attendance/identification-keys.ts';
import { findConnection } from '../../connections/connections.ts';
import { changeKey, type KeyChange, previewKeyChange } from '../../directory/links/change-key.ts';
import { type Decided, decideLinks, previewDecisions } from '../../directory/links/decide-links.ts';
import { linkKinds } from '../../directory/links/link-kinds.ts';
import { type ListedLink, listLinks, summariseLinks } from '../../directory/links/list-links.ts';
import { listSuggestions } from '../../directory/links/suggest-links.ts';
import { listDecisions, undoDecisions } from '../../directory/links/undo-decisions.ts';
import { listEmployees } from '../../directory/list-employees.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { writeJson, writeText } from '../terminal.ts';

type Options = { organisation?: string; connection?: string; json?: true };

/** Who in Keka is whom in the directory, who is nobody, and what to do about it. */
export function addLinksVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('links').description('Who in Keka is whom in the directory.');
  addList(verb, commandLine);
  addSuggestions(verb, commandLine);
  addDecisions(verb, commandLine);
  addHistory(verb, commandLine);
  addKeyChange(verb, commandLine);
}

function withCommon(command: Command): Command {
  return command
    .option('--connection <name>', 'needed when there are several')
    .option('--organisation <name>', 'needed when there are several')
    .option('--json', 'answer as JSON');
}

function addList(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withCommon(
    verb
      .command('list')
      .description('Everybody who is not linked, with why and whom they may be.')
      .option('--kind <kind>', `one of: ${linkKinds.join(', ')}`)
      .option('--search <words>', 'words of a name, number or e-mail'),
  ).action((options: Options & { kind?: string; search?: string }) =>
    withOrganisationOf(commandLine, options, async (context) => {
      const kind = linkKinds.find((one) => one === options.kind);
      if (options.kind !== undefined && kind === undefined) {
        throw new InvalidInputError([{ field: '--kind', reason: `must be one of: ${linkKinds.join(', ')}` }]);
      }
      const { id } = await findConnection(context, options.connection);
      const summary = await summariseLinks(context, id);
      const query = { kind, search: options.search, offset: 0, limit: 1000 };
      const { rows } = await listLinks(context, id, query);
      const shown = kind === undefined ? rows.filter((row) => row.kind !== 'linked') : rows;
      if (options.json) return writeJson(terminal, { ...summary, rows: shown });
      const counts = linkKinds.filter((one) => summary.counts[one] > 0);
      writeText(
        terminal,
        `${counts.map((one) => `${one} ${summary.counts[one]}`).join(' · ') || 'Nobody yet'}\n`,
      );
      if (summary.people.missing !== null) writeText(terminal, `${summary.people.missing}\n`);
      if (shown.length > 0) writeText(terminal, `\n${renderTable(columns, shown)}\n`);
    }),
  );
}

const columns = [
  { name: 'Kind', cell: (row: ListedLink) => row.kind },
  { name: 'Keka key', cell: (row: ListedLink) => row.person?.key ?? null },
  { name: 'Keka name', cell: (row: ListedLink) => row.person?.name ?? null },
  { name: 'Keka id', cell: (row: ListedLink) => row.person?.guid ?? null },
  { name: 'Employee', cell: (row: ListedLink) => row.employee?.employeeId ?? row.employee?.name ?? null },
  { name: 'Days', cell: (row: ListedLink) => row.days },
  {
    name: 'May be',
    cell: (row: ListedLink) =>
      row.suggestions
        .map(({ employee, person, reasons }) =>
          row.person === null
            ? `${person.key ?? person.name ?? person.guid} (${reasons.join(', ')})`
            : `${employee.employeeId ?? employee.name} (${reasons.join(', ')})`,
        )
        .join('; ') || row.reason,
  },
];

function addSuggestions(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withCommon(
    verb
      .command('accept-suggestions')
      .description('Link everybody who has exactly one good candidate; without --apply it only says whom.')
      .option('--apply', 'do it'),
  ).action((options: Options & { apply?: true }) =>
    withOrganisationOf(commandLine, options, async (context) => {
      const { id } = await findConnection(context, options.connection);
      const { rows } = await listSuggestions(context, id, { offset: 0, limit: 5000 });
      if (rows.length === 0) return tell(commandLine, options, { batch: null, effects: [] });
      const decisions = rows.map(({ person, employee }) => ({
        kind: 'link',
        person: person.guid,
        employee: employee.id,
      }));
      const decide = options.apply ? decideLinks : previewDecisions;
      tell(commandLine, options, await decide(context, id, { decisions }));
      if (!options.apply && !options.json) writeText(terminal, 'Nothing is changed. Do it with --apply.\n');
    }),
  );
}

function addDecisions(verb: Command, commandLine: CommandLine): void {
  const decide = (
    options: Options,
    decisionOf: (context: OrganisationContext) => Promise<object> | object,
  ): Promise<void> =>
    withOrganisationOf(commandLine, options, async (context) => {
      const { id } = await findConnection(context, options.connection);
      tell(commandLine, options, await decideLinks(context, id, { decisions: [await decisionOf(context)] }));
    });

  withCommon(
    verb
      .command('set')
      .description('Link a person in Keka to an employee by hand.')
      .argument('<person>', "Keka's id of the person")
      .argument('<employee>', 'the Employee ID')
      .option('--from <date>', 'the first day on which it counts')
      .option('--to <date>', 'the last one')
      .option('--second', 'the employee may have another person of the same days'),
  ).action((person: string, code: string, options: Options & { from?: string; to?: string; second?: true }) =>
    decide(options, async (context) => ({
      kind: 'link',
      person,
      employee: await employeeWith(context, code),
      validFrom: options.from ?? null,
      validTo: options.to ?? null,
      allowSecond: options.second ?? false,
    })),
  );
  withCommon(
    verb.command('remove').description('Take the link of a person away.').argument('<person>', "Keka's id"),
  ).action((person: string, options: Options) => decide(options, () => ({ kind: 'unlink', person })));
  withCommon(
    verb
      .command('ignore')
      .description('Say that a person in Keka is nobody of the directory.')
      .argument('<person>', "Keka's id")
      .requiredOption('--reason <text>', 'why, for whoever looks later'),
  ).action((person: string, options: Options & { reason: string }) =>
    decide(options, () => ({ kind: 'ignore_person', person, reason: options.reason })),
  );
}

async function employeeWith(context: OrganisationContext, code: string): Promise<string> {
  const { rows } = await listEmployees(context, { search: code });
  const found = rows.find(({ employeeId }) => employeeId === code);
  if (found === undefined)
    throw new InvalidInputError([{ field: 'employee', reason: 'is nobody in the directory' }]);
  return found.id;
}

function tell({ terminal }: CommandLine, options: Options, decided: Decided): void {
  if (options.json) return writeJson(terminal, decided);
  for (const { person, from, to, days } of decided.effects) {
    const nameOf = (who: { employeeId: string | null; name: string } | null) =>
      who === null ? 'nobody' : (who.employeeId ?? who.name);
    const whose = person?.key ?? person?.name ?? person?.guid ?? nameOf(to);
    writeText(terminal, `${whose}: ${nameOf(from)} → ${nameOf(to)}, ${days} days\n`);
  }
  if (decided.effects.length === 0) writeText(terminal, 'There is nothing to do.\n');
  if (decided.batch !== null) writeText(terminal, `Undo it with: hajiri links undo ${decided.batch}\n`);
}

function addHistory(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withCommon(verb.command('decisions').description('Who decided what, newest first.')).action(
    (options: Options) =>
      withOrganisationOf(commandLine, options, async (context) => {
        const { id } = await findConnection(context, options.connection);
        const { rows } = await listDecisions(context, id, { offset: 0, limit: 200 });
        if (options.json) return writeJson(terminal, rows);
        if (rows.length === 0) return writeText(terminal, 'Nobody decided anything yet.\n');
        writeText(terminal, `${renderTable(decisionColumns, rows)}\n`);
      }),
  );
  withCommon(
    verb
      .command('undo')
      .description('Take decisions that were made together back.')
      .argument('<batch>', 'as "links decisions" lists it'),
  ).action((batch: string, options: Options) =>
    withOrganisationOf(commandLine, options, async (context) => {
      const undone = await undoDecisions(context, batch);
      if (options.json) writeJson(terminal, { undone });
      else writeText(terminal, `${undone} decisions are undone.\n`);
    }),
  );
}

type DecisionRow = Awaited<ReturnType<typeof listDecisions>>['rows'][number];
const decisionColumns = [
  { name: 'Batch', cell: (row: DecisionRow) => row.batch },
  { name: 'At (UTC)', cell: (row: DecisionRow) => row.at },
  { name: 'By', cell: (row: DecisionRow) => row.by },
  { name: 'What', cell: (row: DecisionRow) => row.kind },
  { name: 'Person', cell: (row: DecisionRow) => row.person?.name ?? row.person?.guid ?? null },
  { name: 'Employee', cell: (row: DecisionRow) => row.employee?.name ?? null },
  { name: 'Reason', cell: (row: DecisionRow) => row.reason },
  { name: 'Undone', cell: (row: DecisionRow) => row.undoneAt },
];

function addKeyChange(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  withCommon(
    verb
      .command('change-key')
      .description(
        'Compare everybody by another key; without --apply it only says who would be linked to whom.',
      )
      .argument('<key>', identificationKeys.join(', '))
      .option('--apply', 'do it'),
  ).action((wanted: string, options: Options & { apply?: true }) =>
    withOrganisationOf(commandLine, options, async (context) => {
      const key = identificationKeys.find((one) => one === wanted);
      if (key === undefined) {
        throw new InvalidInputError([
          { field: 'key', reason: `must be one of: ${identificationKeys.join(', ')}` },
        ]);
      }
      const { id } = await findConnection(context, options.connection);
      const preview = await previewKeyChange(context, id, key, { limit: 200 });
      if (options.apply) await changeKey(context, id, key, preview.counts);
      if (options.json) return writeJson(terminal, { ...preview, applied: options.apply ?? false });
      const { linked, unlinked, moved, same, byHand } = preview.counts;
      writeText(
        terminal,
        `${linked} newly linked, ${unlinked} no longer linked, ${moved} moved, ${same} as before; ${byHand} linked by hand stay.\n`,
      );
      if (preview.rows.length > 0) writeText(terminal, `${renderTable(changeColumns, preview.rows)}\n`);
      if (!options.apply) writeText(terminal, 'Nothing is changed. Do it with --apply.\n');
    }),
  );
}

type ChangeRow = KeyChange['rows'][number];
const changeColumns = [
  { name: 'What', cell: (row: ChangeRow) => row.change },
  { name: 'Person in Keka', cell: (row: ChangeRow) => row.person?.name ?? row.person?.guid ?? null },
  { name: 'From', cell: (row: ChangeRow) => row.from?.employeeId ?? null },
  { name: 'To', cell: (row: ChangeRow) => row.to?.employeeId ?? null },
  { name: 'Days', cell: (row: ChangeRow) => row.days },
];
