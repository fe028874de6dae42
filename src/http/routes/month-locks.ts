import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  driftAccepted,
  driftAcceptInput,
  driftList,
  driftQuery,
  monthLockInput,
  monthLockList,
  monthLockParams,
} from '../../contract/month-locks.ts';
import { organisationQuery } from '../../contract/schedules.ts';
import { listMonthLocks, lockMonth, unlockMonth } from '../../rules/locks/lock-month.ts';
import { acceptDrift } from '../../runs/drift/accept-drift.ts';
import { listDrift } from '../../runs/drift/list-drift.ts';
import type { HttpTools } from '../http-tools.ts';

export function addMonthLockRoutes(server: FastifyInstance, tools: HttpTools): void {
  addLockRoutes(server);
  addDriftRoutes(server, tools);
}

function addLockRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/month-locks',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'Months that are closed, newest first, and how many of their days Keka has otherwise by now',
        querystring: organisationQuery,
        response: { 200: monthLockList },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return listMonthLocks(await request.organisationContext(request.query.organisation));
    },
  );

  app.post(
    '/api/v1/month-locks',
    {
      config: { needs: 'manage attendance rules' },
      schema: {
        summary: 'Closes a month: neither fetches nor policies change its days; answers with all of them',
        querystring: organisationQuery,
        body: monthLockInput,
        response: { 201: monthLockList },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      const { month, acceptGaps = false } = request.body;
      await lockMonth(context, { month, acceptGaps });
      return reply.code(201).send(await listMonthLocks(context));
    },
  );

  app.delete(
    '/api/v1/month-locks/:month',
    {
      config: { needs: 'manage attendance rules' },
      schema: {
        summary: 'Opens a month again',
        params: monthLockParams,
        querystring: organisationQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await unlockMonth(context, request.params.month);
      return reply.code(204).send(null);
    },
  );
}

function addDriftRoutes(server: FastifyInstance, { installation }: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/drift',
    {
      config: { needs: 'read runs' },
      schema: {
        summary:
          'Days of a closed month that Keka has otherwise by now; the first 500 and how many there are',
        querystring: driftQuery,
        response: { 200: driftList },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { organisation, month } = request.query;
      return listDrift(await request.organisationContext(organisation), month);
    },
  );

  app.post(
    '/api/v1/drift/accept',
    {
      config: { needs: 'manage attendance rules' },
      schema: {
        summary: 'Takes over what Keka has, of the days that are named or of all',
        querystring: organisationQuery,
        body: driftAcceptInput,
        response: { 200: driftAccepted },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      const graceMinutes = installation.settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES;
      return { accepted: await acceptDrift(context, request.body, graceMinutes) };
    },
  );
}
