import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import type { FileFormat } from '../files/format-names.ts';
import type { Write } from '../files/row-writer.ts';
import { writeRows } from '../files/write-rows.ts';
import { toHead } from '../shape/report-shape.ts';
import type { IntegrationReport } from './read-integration-report.ts';
import { integrationColumns } from './render-integration.ts';

/** Writes the problems of a run as a file. */
export function writeIntegration(
  { organisation, clock }: Pick<OrganisationContext, 'organisation' | 'clock'>,
  report: IntegrationReport,
  format: FileFormat,
  write: Write,
): Promise<void> {
  const { run } = report;
  const head = {
    report: 'integration',
    title: `Integration report of ${run.connection}`,
    organisation: organisation.name,
    from: run.from,
    to: run.to,
    zone: report.zone,
    dataAsOf: run.endedAt ?? run.startedAt,
    datesNotRead: 0,
    warnings: [],
    madeAt: clock.now().toString(),
    filter: {},
    columns: integrationColumns.map(({ name }) =>
      toHead({ id: name, name, kind: 'text', isBrief: name !== 'More' }),
    ),
  };
  const rows = report.problems.map((problem) => integrationColumns.map(({ cell }) => cell(problem)));
  return writeRows(head, rows, format, write);
}
