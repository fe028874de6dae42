import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  attendancePolicy,
  attendancePolicyChange,
  attendancePolicyInput,
  attendancePolicyList,
  attendancePolicyParams,
  policyPreview,
  policyPreviewInput,
  reevaluationList,
} from '../../contract/attendance-policies.ts';
import { organisationQuery } from '../../contract/schedules.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { changePolicy, makePolicy, removePolicy } from '../../rules/policies/make-policy.ts';
import { listPolicies, type Policy } from '../../rules/policies/policies.ts';
import { previewPolicy } from '../../rules/policies/preview-policy.ts';
import { listReevaluations } from '../../rules/reevaluation/list-reevaluations.ts';
import type { HttpTools } from '../http-tools.ts';

export function addAttendancePolicyRoutes(server: FastifyInstance, tools: HttpTools): void {
  addReadingRoutes(server, tools);
  addChangingRoutes(server, tools);
}

function addReadingRoutes(server: FastifyInstance, { installation }: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/attendance-policies',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'What the organisation asks of a day: graces, hours, for whom and from when',
        querystring: organisationQuery,
        response: { 200: attendancePolicyList },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return (await listPolicies(context)).map(toAnswer);
    },
  );

  app.post(
    '/api/v1/attendance-policies/preview',
    {
      config: { needs: 'manage attendance rules' },
      schema: {
        summary:
          'What a policy would have made of stored days, last month unless dates are given; saves nothing',
        querystring: organisationQuery,
        body: policyPreviewInput,
        response: { 200: policyPreview },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { policy, replaces = null, from, to } = request.body;
      const graceMinutes = installation.settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES;
      const context = await request.organisationContext(request.query.organisation);
      return previewPolicy(context, { draft: policy, replaces, dates: toDates(from, to) }, graceMinutes);
    },
  );

  app.get(
    '/api/v1/reevaluations',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'Stored days that are or were judged anew, newest first',
        querystring: organisationQuery,
        response: { 200: reevaluationList },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return listReevaluations(await request.organisationContext(request.query.organisation));
    },
  );
}

function addChangingRoutes(server: FastifyInstance, { installation }: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { jobs } = installation;

  app.post(
    '/api/v1/attendance-policies',
    {
      config: { needs: 'manage attendance rules' },
      schema: {
        summary:
          'Makes a policy, from today on unless it says from when; stored days are judged anew in the background',
        querystring: organisationQuery,
        body: attendancePolicyInput,
        response: { 201: attendancePolicy },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      return reply.code(201).send(toAnswer(await makePolicy(context, jobs, request.body)));
    },
  );

  app.patch(
    '/api/v1/attendance-policies/:number',
    {
      config: { needs: 'manage attendance rules' },
      schema: {
        summary: 'Changes a policy; what is not given stays',
        params: attendancePolicyParams,
        querystring: organisationQuery,
        body: attendancePolicyChange,
        response: { 200: attendancePolicy },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { params, query, body } = request;
      const context = await request.organisationContext(query.organisation);
      return toAnswer(await changePolicy(context, jobs, params.number, body));
    },
  );

  app.delete(
    '/api/v1/attendance-policies/:number',
    {
      config: { needs: 'manage attendance rules' },
      schema: {
        summary: 'Removes a policy; its days are judged by what else holds',
        params: attendancePolicyParams,
        querystring: organisationQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await removePolicy(context, jobs, request.params.number);
      return reply.code(204).send(null);
    },
  );
}

function toAnswer(policy: Policy) {
  return {
    ...policy,
    from: policy.from.toString(),
    to: policy.to?.toString() ?? null,
    madeAt: policy.madeAt.toString(),
  };
}

function toDates(from: string | undefined, to: string | undefined) {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined)
    throw new InvalidInputError([
      { field: from === undefined ? 'from' : 'to', reason: 'must be given, too' },
    ]);
  return { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
}
