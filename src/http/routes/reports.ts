import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { type DailySort, dailyReport, dailyReportQuery } from '../../contract/daily-report.ts';
import { integrationReport, integrationReportQuery } from '../../contract/integration-report.ts';
import { toDate } from '../../contract/query-schemas.ts';
import { dailySortColumns } from '../../reports/daily/daily-sort-columns.ts';
import { readDailyReport } from '../../reports/daily/read-daily-report.ts';
import { type DailySelection, selectRows } from '../../reports/daily/select-rows.ts';
import { writeDaily } from '../../reports/daily/write-daily.ts';
import { readIntegrationReport } from '../../reports/integration/read-integration-report.ts';
import { writeIntegration } from '../../reports/integration/write-integration.ts';
import { fileContent, sendFile } from '../send-file.ts';

/** A report as JSON, or the same rows as a file. */
const asJsonOrFile = <Report extends z.ZodType>(schema: Report) => ({
  200: {
    description: 'The report, in the format that was asked for',
    content: { 'application/json': { schema }, ...fileContent },
  },
});

export function addReportRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/reports/daily',
    {
      config: { needs: 'read attendance' },
      schema: {
        summary:
          'Daily Attendance report of one date; of yesterday, where the company is, without one. Filters leave the same rows in every format',
        querystring: dailyReportQuery,
        response: asJsonOrFile(dailyReport),
      },
    },
    async (request, reply) => {
      const { format, organisation, date, sort, ...filter } = request.query;
      const context = await request.organisationContext(organisation);
      const report = await readDailyReport(context, toDate(date));
      const selection = { ...filter, sort: toSort(sort) };
      const selected = selectRows(report, selection);
      reply.header('cache-control', 'no-store');
      if (format === 'json') return selected;
      return sendFile(reply, { name: `daily-attendance-${report.date}`, format }, (write) =>
        writeDaily(context, selected, selection, format, write),
      );
    },
  );

  app.get(
    '/api/v1/reports/integration',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'Integration report of one run; of the latest, or the latest that covered a date',
        querystring: integrationReportQuery,
        response: asJsonOrFile(integrationReport),
      },
    },
    async (request, reply) => {
      const { format, organisation, run, date } = request.query;
      const context = await request.organisationContext(organisation);
      const report = await readIntegrationReport(context, { run, date: toDate(date) });
      reply.header('cache-control', 'no-store');
      if (format === 'json') return report;
      return sendFile(reply, { name: `integration-${report.run.id}`, format }, (write) =>
        writeIntegration(context, report, format, write),
      );
    },
  );
}

function toSort(text: DailySort | undefined): DailySelection['sort'] {
  const column = dailySortColumns.find((one) => text === one || text === `-${one}`);
  return column === undefined ? undefined : { column, isDescending: text !== column };
}
