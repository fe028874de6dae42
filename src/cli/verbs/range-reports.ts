import type { Command } from 'commander';
import { z } from 'zod';
import { reportFlags, reportStatuses } from '../../contract/daily-report.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import type { RowWriter } from '../../reports/files/row-writer.ts';
import { writeReport } from '../../reports/files/write-report.ts';
import {
  type ReportHead,
  readWholeReport,
  toJsonHead,
  toRecord,
  type WantedReport,
} from '../../reports/read-report.ts';
import { renderReportTable } from '../../reports/render-report-table.ts';
import { reports } from '../../reports/reports.ts';
import type { Cells, Report } from '../../reports/shape/bind-report.ts';
import { peopleFilterNames } from '../../reports/shape/report-shape.ts';
import { readSummary } from '../../reports/summary/read-summary.ts';
import { renderSummary } from '../../reports/summary/render-summary.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readDate } from '../read-dates.ts';
import { writeJson, writeText } from '../terminal.ts';
import { checkResultOptions, formatOption, type ResultOptions, writeResult } from '../write-result.ts';

type Options = ResultOptions & {
  readonly organisation?: string;
  readonly from?: string;
  readonly to?: string;
  readonly search?: string;
  readonly team?: readonly string[];
  readonly location?: readonly string[];
  readonly employee?: readonly string[];
  readonly status?: readonly string[];
  readonly flag?: readonly string[];
  readonly columns?: string;
};

/** A verb for each report over a range of dates; all of them take the same. */
export function addRangeReports(verb: Command, commandLine: CommandLine): void {
  addSummary(verb, commandLine);
  for (const report of reports) {
    const command = verb
      .command(report.id)
      .description(report.about)
      .option(
        '--from <date>',
        `YYYY-MM-DD; ${report.usualWindow === 'week' ? 'a week' : 'the first of the month'} when left out`,
      )
      .option('--to <date>', 'YYYY-MM-DD; yesterday, where the company is, when left out')
      .addOption(formatOption())
      .option('--json', 'the same as --format json')
      .option('--output <file>', 'write it to a file')
      .option('--columns <ids>', 'which columns, in this order, with commas between them')
      .option('--organisation <name>', 'needed when there are several');
    addFilters(command, report);
    command.action((options: Options) => showReport(commandLine, report, options));
  }
}

function addSummary(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  const command = verb
    .command('summary')
    .description('Figures of a range against the equal one before it: attendance, lateness, hours, arrivals.')
    .option('--from <date>', 'YYYY-MM-DD; a week when left out')
    .option('--to <date>', 'YYYY-MM-DD; yesterday, where the company is, when left out')
    .option('--json', 'answer as JSON')
    .option('--organisation <name>', 'needed when there are several');
  addFilters(command, { filters: peopleFilterNames });
  command.action(async (options: Options) => {
    const { columns: _none, ...wanted } = toWanted(options);
    await withOrganisationOf(commandLine, options, async (context) => {
      const summary = await readSummary(context, wanted);
      if (options.json === true) writeJson(terminal, summary);
      else writeText(terminal, `${renderSummary(summary)}\n`);
    });
  });
}

const filterTexts: Readonly<Record<Report['filters'][number], string>> = {
  search: 'words of name, Employee ID, e-mail or number in Keka',
  team: 'of any of these teams; - for none',
  location: 'at any of these places; - for none',
  employee: 'any of these Employee IDs',
  status: 'with any of these statuses',
  flag: 'with any of these flags',
};

function addFilters(command: Command, { filters }: Pick<Report, 'filters'>): void {
  for (const name of filters) {
    const value = name === 'search' ? '<words>' : `<${name}...>`;
    command.option(`--${name} ${value}`, filterTexts[name]);
  }
}

async function showReport(commandLine: CommandLine, report: Report, options: Options): Promise<void> {
  checkResultOptions(options);
  const wanted = toWanted(options);
  await withOrganisationOf(commandLine, options, async (context) => {
    const read = () => collect((begin) => readWholeReport(context, report, wanted, begin));
    await writeResult(commandLine.terminal, options, {
      async table() {
        const { head, rows } = await read();
        return renderReportTable(head, rows, report.whenEmpty);
      },
      async json() {
        const { head, rows } = await read();
        return { ...toJsonHead(head), rows: rows.map((cells) => toRecord(head.columns, cells)), next: null };
      },
      file: (format, write) => writeReport(context, report, { ...wanted, format }, () => write),
    });
  });
}

async function collect(
  read: (begin: (head: ReportHead) => RowWriter) => Promise<void>,
): Promise<{ head: ReportHead; rows: readonly Cells[] }> {
  const heads: ReportHead[] = [];
  const rows: Cells[] = [];
  await read((head) => {
    heads.push(head);
    return { addRows: async (some) => void rows.push(...some), end: async () => {} };
  });
  const [head] = heads;
  if (head === undefined) throw new Error('a report was read without its head');
  return { head, rows };
}

function toWanted(options: Options): WantedReport {
  const { search, team, location, employee } = options;
  return {
    from: options.from === undefined ? undefined : readDate('--from', options.from),
    to: options.to === undefined ? undefined : readDate('--to', options.to),
    columns: options.columns?.split(','),
    filter: {
      search,
      team,
      location,
      employee,
      status: parseWords('--status', reportStatuses, options.status),
      flag: parseWords('--flag', reportFlags, options.flag),
    },
  };
}

function parseWords<Word extends string>(
  field: string,
  known: readonly Word[],
  given: readonly string[] | undefined,
): readonly Word[] | undefined {
  if (given === undefined) return undefined;
  const parsed = z.array(z.enum(known)).safeParse(given);
  if (!parsed.success) throw new InvalidInputError([{ field, reason: `must be of ${known.join(', ')}` }]);
  return parsed.data;
}
