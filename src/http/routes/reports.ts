import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type DailySort, dailyReport, dailyReportQuery } from '../../contract/daily-report.ts';
import { integrationReport, integrationReportQuery } from '../../contract/integration-report.ts';
import { toDate } from '../../contract/query-schemas.ts';
import { dailySortColumns } from '../../reports/daily/daily-sort-columns.ts';
import { readDailyReport } from '../../reports/daily/read-daily-report.ts';
import { renderDailyCsv } from '../../reports/daily/render-daily.ts';
import { type DailySelection, selectRows } from '../../reports/daily/select-rows.ts';
import { readIntegrationReport } from '../../reports/integration/read-integration-report.ts';
import { renderIntegrationCsv } from '../../reports/integration/render-integration.ts';

const csvType = 'text/csv; charset=utf-8';
/** A report as JSON, or the same as a CSV file. */
const asJsonOrCsv = <Report extends z.ZodType>(schema: Report) => ({
  200: {
    description: 'The report, in the format that was asked for',
    content: { 'application/json': { schema }, 'text/csv': { schema: z.string() } },
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
        response: asJsonOrCsv(dailyReport),
      },
    },
    async (request, reply) => {
      const { query } = request;
      const report = await readDailyReport(
        await request.organisationContext(query.organisation),
        toDate(query.date),
      );
      const selected = selectRows(report, { ...query, sort: toSort(query.sort) });
      reply.header('cache-control', 'no-store');
      if (query.format === 'json') return selected;
      return reply
        .header('content-disposition', `attachment; filename="daily-attendance-${report.date}.csv"`)
        .type(csvType)
        .send(renderDailyCsv(selected));
    },
  );

  app.get(
    '/api/v1/reports/integration',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'Integration report of one run; of the latest, or the latest that covered a date',
        querystring: integrationReportQuery,
        response: asJsonOrCsv(integrationReport),
      },
    },
    async (request, reply) => {
      const { query } = request;
      const report = await readIntegrationReport(await request.organisationContext(query.organisation), {
        run: query.run,
        date: toDate(query.date),
      });
      reply.header('cache-control', 'no-store');
      if (query.format === 'json') return report;
      return reply
        .header('content-disposition', `attachment; filename="integration-${report.run.id}.csv"`)
        .type(csvType)
        .send(renderIntegrationCsv(report));
    },
  );
}

function toSort(text: DailySort | undefined): DailySelection['sort'] {
  const column = dailySortColumns.find((one) => text === one || text === `-${one}`);
  return column === undefined ? undefined : { column, isDescending: text !== column };
}
