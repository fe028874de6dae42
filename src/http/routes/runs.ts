import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Installation } from '../../installation.ts';
import { findRun, listRuns } from '../../runs/list-runs.ts';
import { organisationName, wholeNumber } from '../query-schemas.ts';

export function addRunRoutes(server: FastifyInstance, installation: Installation): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/runs',
    {
      schema: {
        summary: 'The latest runs, newest first',
        querystring: z.strictObject({
          organisation: organisationName,
          limit: wholeNumber(1, 1000).default(20),
        }),
      },
    },
    async ({ query }, reply) => {
      reply.header('cache-control', 'no-store');
      return listRuns(await installation.organisation(query.organisation), { limit: query.limit });
    },
  );

  app.get(
    '/api/v1/runs/:id',
    {
      schema: {
        summary: 'One run with its chunks',
        params: z.object({ id: z.uuid('must be the id of a run') }),
        querystring: z.strictObject({ organisation: organisationName }),
      },
    },
    async ({ params, query }, reply) => {
      reply.header('cache-control', 'no-store');
      return findRun(await installation.organisation(query.organisation), { id: params.id });
    },
  );
}
