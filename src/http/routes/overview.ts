import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { coverage, coverageQuery, overview, overviewQuery } from '../../contract/overview.ts';
import { readCoverage } from '../../reports/overview/read-coverage.ts';
import { readOverview } from '../../reports/overview/read-overview.ts';

export function addOverviewRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/overview',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'Where each connection stands, what needs a person, and the last two weeks in figures',
        querystring: overviewQuery,
        response: { 200: overview },
      },
    },
    async (request, reply) => {
      const { query } = request;
      reply.header('cache-control', 'no-store');
      return readOverview(await request.organisationContext(query.organisation));
    },
  );

  app.get(
    '/api/v1/coverage',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'How well each date of a window is known: complete, early, failed, not read, to come',
        querystring: coverageQuery,
        response: { 200: coverage },
      },
    },
    async (request, reply) => {
      const { query } = request;
      reply.header('cache-control', 'no-store');
      return readCoverage(await request.organisationContext(query.organisation), {
        from: Temporal.PlainDate.from(query.from),
        to: Temporal.PlainDate.from(query.to),
      });
    },
  );
}
