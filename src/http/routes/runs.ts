import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { runDetails, runList, runListQuery, runParams, runQuery } from '../../contract/runs.ts';
import type { Installation } from '../../installation.ts';
import { findRun, listRuns } from '../../runs/list-runs.ts';
import { holderOfAccessToken } from '../access-token.ts';

export function addRunRoutes(server: FastifyInstance, installation: Installation): void {
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
      return listRuns(await installation.organisation(query.organisation, holderOfAccessToken(request)), {
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
      return findRun(await installation.organisation(query.organisation, holderOfAccessToken(request)), {
        id: request.params.id,
      });
    },
  );
}
