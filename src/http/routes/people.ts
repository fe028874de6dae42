import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import {
  createPeopleInput,
  keyChange,
  keyChangeCounts,
  keyChangeInput,
  keyChangeQuery,
  linkParams,
  linkQuery,
  peopleCreated,
  peopleSettings,
  peopleSettingsInput,
} from '../../contract/links.ts';
import { changeKey, previewKeyChange } from '../../directory/links/change-key.ts';
import { createPeople } from '../../directory/links/follow-people.ts';
import { changePeopleSettings, readPeopleSettings } from '../../directory/links/people-settings.ts';

/** What concerns everybody of a connection at once. */
export function addPeopleRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/connections/:id/key-change',
    {
      config: { needs: 'manage connections' },
      schema: {
        summary: 'Who would be linked, unlinked or moved by another identification key',
        params: linkParams,
        querystring: keyChangeQuery,
        response: { 200: keyChange },
      },
    },
    async (request, reply) => {
      const { organisation, key, limit } = request.query;
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(organisation);
      return previewKeyChange(context, request.params.id, key, { limit });
    },
  );

  app.post(
    '/api/v1/connections/:id/key-change',
    {
      config: { needs: 'manage connections' },
      schema: {
        summary: 'Another identification key, with the links that follow from it',
        params: linkParams,
        querystring: linkQuery,
        body: keyChangeInput,
        response: { 200: keyChangeCounts },
      },
    },
    async (request, reply) => {
      const { key, expected } = request.body;
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return changeKey(context, request.params.id, key, expected);
    },
  );
  addSettingRoutes(server);
}

function addSettingRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/connections/:id/people-settings',
    {
      config: { needs: 'read connections' },
      schema: {
        summary: 'What becomes of new people in Keka, and which fields follow it',
        params: linkParams,
        querystring: linkQuery,
        response: { 200: peopleSettings },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return readPeopleSettings(context, request.params.id);
    },
  );

  app.patch(
    '/api/v1/connections/:id/people-settings',
    {
      config: { needs: 'manage connections' },
      schema: {
        summary: 'Changes that; it counts from the next reading of people on',
        params: linkParams,
        querystring: linkQuery,
        body: peopleSettingsInput,
        response: { 200: peopleSettings },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return changePeopleSettings(context, request.params.id, request.body);
    },
  );

  app.post(
    '/api/v1/connections/:id/people',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Makes employees of people in Keka who are not in the directory',
        params: linkParams,
        querystring: linkQuery,
        body: createPeopleInput,
        response: { 201: peopleCreated },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      return reply.code(201).send(await createPeople(context, request.params.id, request.body.people));
    },
  );
}
