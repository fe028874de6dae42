import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { findConnectionWithId } from '../../connections/connections.ts';
import { runBody, runDetails, runList, runListQuery, runParams, runQuery } from '../../contract/runs.ts';
import { connectionParams, organisationQuery } from '../../contract/schedules.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { Installation } from '../../installation.ts';
import { checkWindow } from '../../runs/check-window.ts';
import type { DateWindow } from '../../runs/date-window.ts';
import { defaultWindow } from '../../runs/default-window.ts';
import { findRun, listRuns } from '../../runs/list-runs.ts';
import { cancelRun } from '../../runs/queue/cancel-run.ts';
import { requestRun } from '../../runs/queue/request-run.ts';

export function addRunRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/runs',
    {
      config: { needs: 'read runs' },
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
        connectionId: query.connection as ConnectionId | undefined, // one that is unknown has no runs
      });
    },
  );

  app.get(
    '/api/v1/runs/:id',
    {
      config: { needs: 'read runs' },
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

/** Those that start and stop. */
export function addRunActionRoutes(server: FastifyInstance, installation: Installation): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/connections/:id/runs',
    {
      config: { needs: 'start runs' },
      schema: {
        summary:
          'Has a connection fetched now; while a run waits or is being done, answers with that run (409)',
        params: connectionParams,
        querystring: organisationQuery,
        body: runBody,
        response: { 202: runDetails },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const body = request.body ?? {};
      const context = await request.organisationContext(query.organisation);
      const connection = await findConnectionWithId(context, params.id);
      const id = await requestRun(context, installation.jobs, {
        connection,
        window: toWindow(context, body),
        acceptUnusualCount: body.acceptUnusualCount ?? false,
      });
      return reply.code(202).send(await findRun(context, { id }));
    },
  );

  app.post(
    '/api/v1/runs/:id/cancel',
    {
      config: { needs: 'start runs' },
      schema: {
        summary: 'Ends a run that waits, or has one that is being done broken off within seconds',
        params: runParams,
        querystring: runQuery,
        response: { 202: runDetails },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const context = await request.organisationContext(query.organisation);
      await cancelRun(context, params.id);
      return reply.code(202).send(await findRun(context, { id: params.id }));
    },
  );
}

/** Throws InvalidInputError for dates that are in the wrong order or have not begun. */
function toWindow(
  context: OrganisationContext,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): DateWindow {
  if (from === undefined && to === undefined) return defaultWindow(context);
  const window = {
    from: Temporal.PlainDate.from(from ?? to ?? ''),
    to: Temporal.PlainDate.from(to ?? from ?? ''),
  };
  checkWindow(context, window);
  return window;
}
