import { type Column, renderCsv } from '../render-csv.ts';
import { renderTable } from '../render-table.ts';
import type { IntegrationProblem, IntegrationReport } from './read-integration-report.ts';

export const integrationColumns: readonly Column<IntegrationProblem>[] = [
  { name: 'Who', cell: (row) => row.name ?? '—' },
  { name: 'Employee ID', cell: (row) => row.employeeId },
  { name: 'Keka employee number', cell: (row) => row.employeeNumber },
  { name: 'Date', cell: (row) => datesText(row) },
  { name: 'Reason', cell: (row) => row.code },
  { name: 'What happened', cell: (row) => row.whatHappened },
  { name: 'What to do', cell: (row) => row.whatToDo },
  { name: 'More', cell: (row) => row.page },
];

export function renderIntegrationCsv(report: IntegrationReport): string {
  return renderCsv(integrationColumns, report.problems);
}

export function renderIntegrationTable(report: IntegrationReport): string {
  const { run } = report;
  const { inserted, changed, unchanged, unlinked, invalid, held } = run.counts;
  const window = run.from === run.to ? run.from : `${run.from} to ${run.to}`;
  const head = [
    `Integration report · run ${run.id}`,
    `${run.connection} · ${window} · ${run.trigger} · ${run.state}${run.errorMessage === null ? '' : `: ${run.errorMessage}`}`,
    `Started ${run.startedAt}, ended ${run.endedAt ?? 'not yet'} · times in UTC, dates in ${report.zone}`,
    `Days: ${inserted} new, ${changed} changed, ${unchanged} unchanged, ${invalid} not readable${held === 0 ? '' : `, ${held} held back`} · people not linked: ${unlinked}`,
    `${run.pages} pages, ${run.requests} requests, ${run.retries} repeated, ${run.rateLimited} times too many, waited ${run.waitedSeconds} s`,
  ];
  return [...head, '', ...describeProblems(report.problems)].join('\n');
}

/** Grouped by reason: what to do is said once, not once for each of a hundred people. */
function describeProblems(problems: readonly IntegrationProblem[]): readonly string[] {
  if (problems.length === 0) return ['No problems: everybody is linked and every record was understood.'];
  return [...Map.groupBy(problems, ({ code }) => code)].flatMap(([code, rows]) => {
    const [first] = rows;
    return [
      `${code} (${rows.length}): ${rows.length === 1 ? first?.whatHappened : headingOf(first)}`,
      `  What to do: ${first?.whatToDo}`,
      `  More: ${first?.page}`,
      indent(renderTable(groupColumns(rows), rows)),
      '',
    ];
  });
}

function headingOf(problem: IntegrationProblem | undefined): string {
  return (problem?.whatHappened ?? '').replace(/ \(.*\)\.$/, '.');
}

const facts: Column<IntegrationProblem> = {
  name: 'Facts',
  cell: ({ whatHappened }) => /\((.*)\)\.$/.exec(whatHappened)?.[1] ?? '',
};

function groupColumns(rows: readonly IntegrationProblem[]): readonly Column<IntegrationProblem>[] {
  const shown = integrationColumns
    .slice(0, 4)
    .filter(({ cell }) => rows.some((row) => (cell(row) ?? '—') !== '—'));
  return rows.length > 1 && rows.some((row) => facts.cell(row) !== '') ? [...shown, facts] : shown;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function datesText({ date, dateTo, days }: IntegrationProblem): string | null {
  if (date === null || dateTo === null || date === dateTo) return date;
  return `${date} to ${dateTo}${days === null ? '' : ` (${days} days)`}`;
}
