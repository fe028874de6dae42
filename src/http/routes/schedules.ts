import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { findConnectionWithId } from '../../connections/connections.ts';
import { changeSchedule } from '../../connections/schedule/change-schedule.ts';
import { parseScheduleInput } from '../../connections/schedule/schedule-input.ts';
import {
  connectionParams,
  newSchedulePlanInput,
  organisationQuery,
  scheduleChange,
  scheduleList,
  schedulePlan,
  schedulePlanInput,
  scheduleStatus,
} from '../../contract/schedules.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { planNewSchedule, planSchedule } from '../../runs/morning/plan-schedule.ts';
import { listScheduleStatuses } from '../../runs/schedule-status.ts';

export function addScheduleRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/schedules',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'When each connection is fetched by itself, and how that has gone',
        querystring: organisationQuery,
        response: { 200: scheduleList },
      },
    },
    async (request, reply) => {
      const { query } = request;
      reply.header('cache-control', 'no-store');
      return listScheduleStatuses(await request.organisationContext(query.organisation));
    },
  );

  app.patch(
    '/api/v1/connections/:id/schedule',
    {
      config: { needs: 'manage connections' },
      schema: {
        summary: 'Changes when a connection is fetched by itself; what is not given stays',
        params: connectionParams,
        querystring: organisationQuery,
        body: scheduleChange,
        response: { 200: scheduleStatus },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { params, query, body } = request;
      const context = await request.organisationContext(query.organisation);
      const connection = await findConnectionWithId(context, params.id);
      await changeSchedule(context, connection, body);
      const [status] = await listScheduleStatuses(context, connection.id);
      if (status === undefined) throw new HajiriError('not_found', 'The connection was removed meanwhile.');
      return status;
    },
  );
  addPlanRoutes(server);
}

function addPlanRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/connections/:id/schedule/plan',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'What every morning would read and cost; changes nothing',
        params: connectionParams,
        querystring: organisationQuery,
        body: schedulePlanInput,
        response: { 200: schedulePlan },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { params, query, body } = request;
      const context = await request.organisationContext(query.organisation);
      const connection = await findConnectionWithId(context, params.id);
      const { recheckAges } = parseScheduleInput({ recheckAges: body.recheckAges });
      return planSchedule(context, connection, { recheckAges, people: body.people ?? null });
    },
  );

  app.post(
    '/api/v1/connections/schedule-plan',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'The same for a connection that is not there yet',
        querystring: organisationQuery,
        body: newSchedulePlanInput,
        response: { 200: schedulePlan },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { query, body } = request;
      const context = await request.organisationContext(query.organisation);
      const { recheckAges = [] } = parseScheduleInput({ recheckAges: body.recheckAges });
      return planNewSchedule(context, { ...body, recheckAges });
    },
  );
}
