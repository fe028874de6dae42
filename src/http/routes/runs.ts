import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { runDetails, runList, runListQuery, runParams, runQuery } from '../../contract/runs.ts';
import { findRun, listRuns } from '../../runs/list-runs.ts';

export function addRunRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/runs',
    {
      schema: {
        summary: 'The latest runs, newest first',
        querystring: runListQuery,
        response: { 200: runList },
      },
    },
    async (request, reply) => {
      const { query } = request;
      reply.header('cache-control', 'no-store');
      return listRuns(await request.organisationContext(query.organisation), {
        limit: query.limit,
      });
    },
  );

  app.get(
    '/api/v1/runs/:id',
    {
      schema: {
        summary: 'One run with its chunks',
        params: runParams,
        querystring: runQuery,
        response: { 200: runDetails },
      },
    },
    async (request, reply) => {
      const { query } = request;
      reply.header('cache-control', 'no-store');
      return findRun(await request.organisationContext(query.organisation), {
        id: request.params.id,
      });
    },
  );
}
