import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import {
  erasure,
  erasureInput,
  erasureQuery,
  personExport,
  personExportQuery,
  retention,
  retentionInput,
  retentionQuery,
} from '../../contract/privacy.ts';
import { erasePerson } from '../../privacy/erase-person.ts';
import { exportPerson } from '../../privacy/export-person.ts';
import { changeRetention, readRetention } from '../../privacy/retention/retention-settings.ts';

export function addPrivacyRoutes(server: FastifyInstance): void {
  addPersonRoutes(server);
  addRetentionRoutes(server);
}

function addPersonRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/people/export',
    {
      config: { needs: 'export or erase a person' },
      schema: {
        summary: 'Everything that is stored about one person; the audit trail tells that it was exported',
        querystring: personExportQuery,
        response: { 200: personExport },
      },
    },
    async (request, reply) => {
      const { organisation, person } = request.query;
      const exported = await exportPerson(await request.organisationContext(organisation), person);
      return reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="person.json"')
        .send(exported);
    },
  );

  app.post(
    '/api/v1/people/erase',
    {
      config: { needs: 'export or erase a person' },
      schema: {
        summary: 'Takes away everything by which one person could be known; cannot be undone',
        querystring: erasureQuery,
        body: erasureInput,
        response: { 200: erasure },
      },
    },
    async (request, reply) => {
      const { query, body } = request;
      reply.header('cache-control', 'no-store');
      return erasePerson(await request.organisationContext(query.organisation), body.person);
    },
  );
}

function addRetentionRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/retention',
    {
      config: { needs: 'manage the organisation' },
      schema: {
        summary: 'How long each kind of data is kept, in days',
        querystring: retentionQuery,
        response: { 200: retention },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return readRetention(await request.organisationContext(request.query.organisation));
    },
  );

  app.patch(
    '/api/v1/retention',
    {
      config: { needs: 'manage the organisation' },
      schema: {
        summary: 'Changes how long data is kept; what is not given stays',
        querystring: retentionQuery,
        body: retentionInput,
        response: { 200: retention },
      },
    },
    async (request, reply) => {
      const { query, body } = request;
      reply.header('cache-control', 'no-store');
      return changeRetention(await request.organisationContext(query.organisation), body);
    },
  );
}
