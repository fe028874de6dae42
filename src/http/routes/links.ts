import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import {
  linkBatchParams,
  linkDecided,
  linkDecisionList,
  linkDecisionListQuery,
  linkDecisionsInput,
  linkList,
  linkListQuery,
  linkParams,
  linkQuery,
  linkSummary,
  linkUndone,
  suggestionList,
  suggestionListQuery,
} from '../../contract/links.ts';
import { decideLinks, previewDecisions } from '../../directory/links/decide-links.ts';
import { listLinks, summariseLinks } from '../../directory/links/list-links.ts';
import { listSuggestions } from '../../directory/links/suggest-links.ts';
import { listDecisions, undoDecisions } from '../../directory/links/undo-decisions.ts';

export function addLinkRoutes(server: FastifyInstance): void {
  addReadingRoutes(server);
  addDecisionRoutes(server);
  addHistoryRoutes(server);
}

function addReadingRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/connections/:id/links/summary',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'How many people and employees there are of each kind, and whether people could be read',
        params: linkParams,
        querystring: linkQuery,
        response: { 200: linkSummary },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return summariseLinks(context, request.params.id);
    },
  );

  app.get(
    '/api/v1/connections/:id/links',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'People in Keka and employees, what they are to each other, and whom they may be',
        params: linkParams,
        querystring: linkListQuery,
        response: { 200: linkList },
      },
    },
    async (request, reply) => {
      const { organisation, ...query } = request.query;
      reply.header('cache-control', 'no-store');
      return listLinks(await request.organisationContext(organisation), request.params.id, query);
    },
  );

  app.get(
    '/api/v1/connections/:id/links/suggestions',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'What can be accepted in bulk: one for each person with exactly one good candidate',
        params: linkParams,
        querystring: suggestionListQuery,
        response: { 200: suggestionList },
      },
    },
    async (request, reply) => {
      const { organisation, ...query } = request.query;
      reply.header('cache-control', 'no-store');
      return listSuggestions(await request.organisationContext(organisation), request.params.id, query);
    },
  );
}

function addDecisionRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/connections/:id/links/preview',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'What decisions would do; nothing is changed',
        params: linkParams,
        querystring: linkQuery,
        body: linkDecisionsInput,
        response: { 200: linkDecided },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return previewDecisions(context, request.params.id, request.body);
    },
  );

  app.post(
    '/api/v1/connections/:id/links',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Links, unlinks, ignores and restores: all of it or nothing',
        params: linkParams,
        querystring: linkQuery,
        body: linkDecisionsInput,
        response: { 200: linkDecided },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return decideLinks(context, request.params.id, request.body);
    },
  );
}

function addHistoryRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/connections/:id/links/decisions',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Who decided what, newest first',
        params: linkParams,
        querystring: linkDecisionListQuery,
        response: { 200: linkDecisionList },
      },
    },
    async (request, reply) => {
      const { organisation, ...query } = request.query;
      reply.header('cache-control', 'no-store');
      return listDecisions(await request.organisationContext(organisation), request.params.id, query);
    },
  );

  app.post(
    '/api/v1/link-decisions/:batch/undo',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Takes decisions that were made together back',
        params: linkBatchParams,
        querystring: linkQuery,
        response: { 200: linkUndone },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return { undone: await undoDecisions(context, request.params.batch) };
    },
  );
}
