import { type Command, Option } from 'commander';
import { readDailyReport } from '../../reports/daily/read-daily-report.ts';
import { renderDailyCsv, renderDailyTable } from '../../reports/daily/render-daily.ts';
import { readIntegrationReport } from '../../reports/integration/read-integration-report.ts';
import {
  renderIntegrationCsv,
  renderIntegrationTable,
} from '../../reports/integration/render-integration.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readDate } from '../read-dates.ts';
import { writeJson, writeText } from '../terminal.ts';
import { addRangeReports } from './range-reports.ts';

type Format = 'table' | 'json' | 'csv';
type Options = { organisation?: string; date?: string; run?: string; format: Format; json?: true };

const formatOption = () =>
  new Option('--format <format>', 'how it is written').choices(['table', 'json', 'csv']).default('table');

export function addReportVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('report').description('Write a report to standard output.');
  addDaily(verb, commandLine);
  addIntegration(verb, commandLine);
  addRangeReports(verb, commandLine);
}

function addDaily(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('daily')
    .description('Everybody of one date: first in, last out, hours, status.')
    .option('--date <date>', 'YYYY-MM-DD; yesterday, where the company is, when left out')
    .addOption(formatOption())
    .option('--json', 'the same as --format json')
    .option('--organisation <name>', 'needed when there are several')
    .action(async (options: Options) => {
      const date = options.date === undefined ? undefined : readDate('--date', options.date);
      await withOrganisationOf(commandLine, options, async (context) => {
        const report = await readDailyReport(context, date);
        switch (formatOf(options)) {
          case 'json':
            return writeJson(terminal, report);
          case 'csv':
            return terminal.write(renderDailyCsv(report));
          case 'table':
            return writeText(terminal, `${renderDailyTable(report)}\n`);
        }
      });
    });
}

function addIntegration(verb: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  verb
    .command('integration')
    .description('One run and its problems: who, which date, what happened, what to do.')
    .option('--run <id>', 'the latest when left out')
    .option('--date <date>', 'the latest run that covered this date')
    .addOption(formatOption())
    .option('--json', 'the same as --format json')
    .option('--organisation <name>', 'needed when there are several')
    .action(async (options: Options) => {
      const date = options.date === undefined ? undefined : readDate('--date', options.date);
      await withOrganisationOf(commandLine, options, async (context) => {
        const report = await readIntegrationReport(context, { run: options.run, date });
        switch (formatOf(options)) {
          case 'json':
            return writeJson(terminal, report);
          case 'csv':
            return terminal.write(renderIntegrationCsv(report));
          case 'table':
            return writeText(terminal, `${renderIntegrationTable(report)}\n`);
        }
      });
    });
}

function formatOf({ format, json }: Options): Format {
  return json === true ? 'json' : format;
}
