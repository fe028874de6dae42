import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  employeeQuery,
  exclusionInput,
  exclusionList,
  exclusionParams,
  exclusionPreview,
} from '../../contract/employees.ts';
import {
  addExclusion,
  listExclusions,
  previewExclusion,
  removeExclusion,
} from '../../directory/exclusions/exclusion-rules.ts';

export function addExclusionRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/exclusions',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Rules that keep test people and others out of the reports, and whom each catches',
        querystring: employeeQuery,
        response: { 200: exclusionList },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return listExclusions(await request.organisationContext(request.query.organisation));
    },
  );

  app.post(
    '/api/v1/exclusions/preview',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Whom a rule would catch',
        querystring: employeeQuery,
        body: exclusionInput,
        response: { 200: exclusionPreview },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return previewExclusion(await request.organisationContext(request.query.organisation), request.body);
    },
  );

  app.post(
    '/api/v1/exclusions',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Adds a rule; answers with all of them',
        querystring: employeeQuery,
        body: exclusionInput,
        response: { 201: exclusionList },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await addExclusion(context, request.body);
      return reply.code(201).send(await listExclusions(context));
    },
  );

  app.delete(
    '/api/v1/exclusions/:id',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Removes a rule',
        params: exclusionParams,
        querystring: employeeQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await removeExclusion(context, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
