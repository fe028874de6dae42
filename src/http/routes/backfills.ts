import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { findConnectionWithId } from '../../connections/connections.ts';
import {
  backfill,
  backfillEstimate,
  backfillInput,
  backfillList,
  backfillParams,
} from '../../contract/backfills.ts';
import { connectionParams, organisationQuery } from '../../contract/schedules.ts';
import { findBackfill, listBackfills } from '../../runs/backfill/backfills.ts';
import { estimateBackfill, startBackfill } from '../../runs/backfill/start-backfill.ts';
import { steerBackfill } from '../../runs/backfill/steer-backfill.ts';
import type { DateWindow } from '../../runs/date-window.ts';

export function addBackfillRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/backfills',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'Ranges that are read little by little, newest first',
        querystring: organisationQuery,
        response: { 200: backfillList },
      },
    },
    async (request, reply) => {
      const { query } = request;
      reply.header('cache-control', 'no-store');
      return listBackfills(await request.organisationContext(query.organisation));
    },
  );

  app.post(
    '/api/v1/connections/:id/backfills/estimate',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'What a backfill would take; starts nothing',
        params: connectionParams,
        querystring: organisationQuery,
        body: backfillInput,
        response: { 200: backfillEstimate },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { params, query, body } = request;
      const context = await request.organisationContext(query.organisation);
      const connection = await findConnectionWithId(context, params.id);
      const { tooOld, ...estimate } = await estimateBackfill(context, connection, toWindow(body));
      return {
        ...estimate,
        tooOld: tooOld === null ? null : { from: tooOld.from.toString(), to: tooOld.to.toString() },
      };
    },
  );

  app.post(
    '/api/v1/connections/:id/backfills',
    {
      config: { needs: 'start runs' },
      schema: {
        summary: 'Starts a backfill',
        params: connectionParams,
        querystring: organisationQuery,
        body: backfillInput,
        response: { 202: backfill },
      },
    },
    async (request, reply) => {
      const { params, query, body } = request;
      const context = await request.organisationContext(query.organisation);
      const connection = await findConnectionWithId(context, params.id);
      const id = await startBackfill(context, connection, toWindow(body));
      return reply.code(202).send(await findBackfill(context, id));
    },
  );
  addSteeringRoutes(server);
}

function addSteeringRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  for (const [steering, summary] of [
    ['pause', 'Pauses a backfill after the part that is being read'],
    ['resume', 'Resumes a backfill at the first date that is not dealt with'],
    ['cancel', 'Ends a backfill now; what was stored stays'],
  ] as const) {
    app.post(
      `/api/v1/backfills/:id/${steering}`,
      {
        config: { needs: 'start runs' },
        schema: {
          summary,
          params: backfillParams,
          querystring: organisationQuery,
          response: { 200: backfill },
        },
      },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const { params, query } = request;
        const context = await request.organisationContext(query.organisation);
        await steerBackfill(context, params.id, steering);
        return findBackfill(context, params.id);
      },
    );
  }
}

function toWindow({ from, to }: { readonly from: string; readonly to: string }): DateWindow {
  return { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
}
