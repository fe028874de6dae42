import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { toDate } from '../../contract/query-schemas.ts';
import { type RangeReportId, type RangeReportQuery, rangeReports } from '../../contract/range-reports.ts';
import { summaryReport, summaryReportQuery } from '../../contract/summary-report.ts';
import { fileName, writeReport } from '../../reports/files/write-report.ts';
import { readReportPage, type WantedReport } from '../../reports/read-report.ts';
import { reports } from '../../reports/reports.ts';
import { readSummary } from '../../reports/summary/read-summary.ts';
import { fileContent, nameFile, sendPieces } from '../send-file.ts';

/** One route for each report over a range of dates; all of them answer alike. */
export function addRangeReportRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/api/v1/reports/summary',
    {
      config: { needs: 'read attendance' },
      schema: {
        summary:
          'Figures of a range against the equal one before it: attendance, lateness, hours, arrivals, sources',
        querystring: summaryReportQuery,
        response: { 200: summaryReport },
      },
    },
    async (request, reply) => {
      const { organisation, from, to, ...filter } = request.query;
      reply.header('cache-control', 'no-store');
      return readSummary(await request.organisationContext(organisation), {
        from: toDate(from),
        to: toDate(to),
        filter,
      });
    },
  );

  for (const report of reports) {
    const { query: querystring, answer: schema } = endpointOf(report.id);
    app.get(
      `/api/v1/reports/${report.id}`,
      {
        config: { needs: report.needs },
        schema: {
          summary: `${report.title}. ${report.about}`,
          querystring,
          response: {
            200: {
              description: 'A page of the report, or all of it as a file',
              content: { 'application/json': { schema }, ...fileContent },
            },
          },
        },
      },
      async (request, reply) => {
        const { organisation, format, limit, cursor, ...query } = request.query;
        const context = await request.organisationContext(organisation);
        const wanted = toWanted(query);
        reply.header('cache-control', 'no-store');
        if (format === 'json') return readReportPage(context, report, { ...wanted, limit, cursor });
        return sendPieces(reply, (write) =>
          writeReport(context, report, { ...wanted, format }, (head) => {
            nameFile(reply, fileName(head, format), format);
            return write;
          }),
        );
      },
    );
  }
}

function endpointOf(id: string): (typeof rangeReports)[RangeReportId] {
  const found = Object.entries(rangeReports).find(([name]) => name === id);
  if (found === undefined) throw new Error(`src/contract/range-reports.ts does not have ${id}`);
  return found[1];
}

function toWanted({ from, to, columns, ...filter }: Partial<RangeReportQuery>): WantedReport {
  return { from: toDate(from), to: toDate(to), columns, filter };
}
