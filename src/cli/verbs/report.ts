import type { Command } from 'commander';
import { readDailyReport } from '../../reports/daily/read-daily-report.ts';
import { renderDailyTable } from '../../reports/daily/render-daily.ts';
import { writeDaily } from '../../reports/daily/write-daily.ts';
import { readIntegrationReport } from '../../reports/integration/read-integration-report.ts';
import { renderIntegrationTable } from '../../reports/integration/render-integration.ts';
import { writeIntegration } from '../../reports/integration/write-integration.ts';
import { type CommandLine, withOrganisationOf } from '../command-line.ts';
import { readDate } from '../read-dates.ts';
import { checkResultOptions, formatOption, type ResultOptions, writeResult } from '../write-result.ts';
import { addRangeReports } from './range-reports.ts';

type Options = ResultOptions & {
  readonly organisation?: string;
  readonly date?: string;
  readonly run?: string;
};

export function addReportVerb(program: Command, commandLine: CommandLine): void {
  const verb = program.command('report').description('Write a report to standard output, or to a file.');
  addDaily(verb, commandLine);
  addIntegration(verb, commandLine);
  addRangeReports(verb, commandLine);
}

function addDaily(verb: Command, commandLine: CommandLine): void {
  verb
    .command('daily')
    .description('Everybody of one date: first in, last out, hours, status.')
    .option('--date <date>', 'YYYY-MM-DD; yesterday, where the company is, when left out')
    .addOption(formatOption())
    .option('--json', 'the same as --format json')
    .option('--output <file>', 'write it to a file')
    .option('--organisation <name>', 'needed when there are several')
    .action(async (options: Options) => {
      checkResultOptions(options);
      const date = options.date === undefined ? undefined : readDate('--date', options.date);
      await withOrganisationOf(commandLine, options, async (context) => {
        const report = await readDailyReport(context, date);
        await writeResult(commandLine.terminal, options, {
          table: async () => renderDailyTable(report),
          json: async () => report,
          file: (format, write) => writeDaily(context, report, {}, format, write),
        });
      });
    });
}

function addIntegration(verb: Command, commandLine: CommandLine): void {
  verb
    .command('integration')
    .description('One run and its problems: who, which date, what happened, what to do.')
    .option('--run <id>', 'the latest when left out')
    .option('--date <date>', 'the latest run that covered this date')
    .addOption(formatOption())
    .option('--json', 'the same as --format json')
    .option('--output <file>', 'write it to a file')
    .option('--organisation <name>', 'needed when there are several')
    .action(async (options: Options) => {
      checkResultOptions(options);
      const date = options.date === undefined ? undefined : readDate('--date', options.date);
      await withOrganisationOf(commandLine, options, async (context) => {
        const report = await readIntegrationReport(context, { run: options.run, date });
        await writeResult(commandLine.terminal, options, {
          table: async () => renderIntegrationTable(report),
          json: async () => report,
          file: (format, write) => writeIntegration(context, report, format, write),
        });
      });
    });
}
