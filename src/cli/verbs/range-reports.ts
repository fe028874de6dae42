import { type Command, Option } from 'commander';
import { z } from 'zod';
import { reportFlags, reportStatuses } from '../../contract/daily-report.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { type FileFormat, fileFormats } from '../../reports/files/file-formats.ts';
import type { RowWriter } from '../../reports/files/row-writer.ts';
import { writeReport } from '../../reports/files/write-report.ts';
import { type ReportHead, readWholeReport, toRecord, type WantedReport } from '../../reports/read-report.ts';
import { renderReportTable } from '../../reports/render-report-table.ts';
import { reports } from '../../reports/reports.ts';
import type { Cells, Report } from '../../reports/shape/bind-report.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readDate } from '../read-dates.ts';
import { writeJson, writeText } from '../terminal.ts';
import { writeFileWhole } from '../write-file.ts';

type Options = {
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
  readonly format: 'table' | 'json' | FileFormat;
  readonly json?: true;
  readonly output?: string;
};

/** A verb for each report over a range of dates; all of them take the same. */
export function addRangeReports(verb: Command, commandLine: CommandLine): void {
  for (const report of reports) {
    const command = verb
      .command(report.id)
      .description(report.about)
      .option(
        '--from <date>',
        `YYYY-MM-DD; ${report.usualWindow === 'week' ? 'a week' : 'the first of the month'} when left out`,
      )
      .option('--to <date>', 'YYYY-MM-DD; yesterday, where the company is, when left out')
      .addOption(
        new Option('--format <format>', 'how it is written')
          .choices(['table', 'json', ...fileFormats])
          .default('table'),
      )
      .option('--json', 'the same as --format json')
      .option('--output <file>', 'write it to a file')
      .option('--columns <ids>', 'which columns, in this order, with commas between them')
      .option('--organisation <name>', 'needed when there are several');
    addFilters(command, report);
    command.action((options: Options) => showReport(commandLine, report, options));
  }
}

const filterTexts: Readonly<Record<Report['filters'][number], string>> = {
  search: 'words of name, Employee ID, e-mail or number in Keka',
  team: 'of any of these teams; - for none',
  location: 'at any of these places; - for none',
  employee: 'any of these Employee IDs',
  status: 'with any of these statuses',
  flag: 'with any of these flags',
};

function addFilters(command: Command, { filters }: Report): void {
  for (const name of filters) {
    const value = name === 'search' ? '<words>' : `<${name}...>`;
    command.option(`--${name} ${value}`, filterTexts[name]);
  }
}

async function showReport(commandLine: CommandLine, report: Report, options: Options): Promise<void> {
  const { terminal } = commandLine;
  const format = options.json === true ? 'json' : options.format;
  const wanted = toWanted(options);
  await withOrganisationOf(commandLine, options, async (context) => {
    const { output } = options;
    const write = async (sink: (piece: string | Uint8Array) => Promise<void>): Promise<void> => {
      if (format !== 'table' && format !== 'json') {
        return writeReport(context, report, { ...wanted, format }, () => sink);
      }
      const { head, rows } = await collect((begin) => readWholeReport(context, report, wanted, begin));
      if (format === 'table') {
        const allColumns = options.columns !== undefined;
        return sink(`${renderReportTable(head, rows, { allColumns, whenEmpty: report.whenEmpty })}\n`);
      }
      const { organisation: _name, filter: _filter, ...shown } = head;
      const document = { ...shown, rows: rows.map((cells) => toRecord(head.columns, cells)), next: null };
      return output === undefined
        ? writeJson(terminal, document)
        : sink(`${JSON.stringify(document, null, 2)}\n`);
    };
    if (output !== undefined) {
      await writeFileWhole(output, write);
      return writeText(terminal, `Written to ${output}.\n`);
    }
    return write(async (piece) => {
      if (typeof piece !== 'string') return;
      if (format === 'table') writeText(terminal, piece);
      else terminal.write(piece);
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
