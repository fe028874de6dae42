import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { changeConnection } from '../../connections/change-connection.ts';
import { createConnection, findConnectionWithId, removeConnection } from '../../connections/connections.ts';
import { describeConnection, readConnection, readConnections } from '../../connections/read-connections.ts';
import { hostOf, tryStepByStep } from '../../connections/test-connection.ts';
import { readDraft } from '../../connections/test-draft.ts';
import {
  connectionAnswer,
  connectionChangeInput,
  connectionIdParams,
  connectionList,
  connectionQuery,
  connectionTestInput,
  newConnectionInput,
} from '../../contract/connections.ts';
import type { Installation } from '../../installation.ts';
import { eventStreamType, type StreamEvent, sendEvents } from '../event-stream.ts';

export function addConnectionRoutes(server: FastifyInstance, installation: Installation): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { encryptionKey } = installation;

  app.get(
    '/api/v1/connections',
    {
      config: { needs: 'read connections' },
      schema: {
        summary: 'The links to Keka companies; never a secret',
        querystring: connectionQuery,
        response: { 200: connectionList },
      },
    },
    async (request, reply) => {
      const { query } = request;
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(query.organisation);
      return readConnections(context, encryptionKey);
    },
  );

  app.get(
    '/api/v1/connections/:id',
    {
      config: { needs: 'read connections' },
      schema: {
        summary: 'One connection',
        params: connectionIdParams,
        querystring: connectionQuery,
        response: { 200: connectionAnswer },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(query.organisation);
      return readConnection(context, encryptionKey, params.id);
    },
  );

  addChangeRoutes(server, installation);
  addTestRoute(server, installation);
}

function addChangeRoutes(server: FastifyInstance, installation: Installation): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { encryptionKey } = installation;

  app.post(
    '/api/v1/connections',
    {
      config: { needs: 'manage connections' },
      schema: {
        summary: 'Adds a connection; its secrets go in and never come out',
        querystring: connectionQuery,
        body: newConnectionInput,
        response: { 201: connectionAnswer },
      },
    },
    async (request, reply) => {
      const { query, body } = request;
      const context = await request.organisationContext(query.organisation);
      const made = await createConnection(context, encryptionKey, body);
      return reply.code(201).send(describeConnection(made, encryptionKey));
    },
  );

  app.patch(
    '/api/v1/connections/:id',
    {
      config: { needs: 'manage connections' },
      schema: {
        summary: 'Changes a connection; what is not given stays, secrets included',
        params: connectionIdParams,
        querystring: connectionQuery,
        body: connectionChangeInput,
        response: { 200: connectionAnswer },
      },
    },
    async (request, reply) => {
      const { params, query, body } = request;
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(query.organisation);
      const connection = await findConnectionWithId(context, params.id);
      const changed = await changeConnection(context, encryptionKey, connection, body);
      return describeConnection(changed, encryptionKey);
    },
  );

  app.delete(
    '/api/v1/connections/:id',
    {
      config: { needs: 'manage connections' },
      schema: {
        summary: 'Removes a connection with everything that was fetched through it',
        params: connectionIdParams,
        querystring: connectionQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const context = await request.organisationContext(query.organisation);
      await removeConnection(context, await findConnectionWithId(context, params.id));
      return reply.code(204).send(null);
    },
  );
}

function addTestRoute(server: FastifyInstance, installation: Installation): void {
  server.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/connections/test',
    {
      config: { needs: 'manage connections' },
      schema: {
        summary: 'Tries settings step by step, live, and stores nothing',
        querystring: connectionQuery,
        body: connectionTestInput,
        response: { 200: { content: { [eventStreamType]: { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const { query, body } = request;
      const context = await request.organisationContext(query.organisation);
      const draft = await readDraft(context, installation.encryptionKey, body);
      return sendEvents(reply, (signal) => testEvents(context, installation, draft, signal));
    },
  );
}

async function* testEvents(
  context: OrganisationContext,
  installation: Installation,
  draft: Awaited<ReturnType<typeof readDraft>>,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  // One try each: whoever waits for a test wants to know what is wrong, not that it went well later.
  const client = installation.kekaClientFor(draft, { limits: { tries: 1, refusals: 1 } });
  try {
    yield { event: 'begun', data: { host: hostOf(draft) } };
    const trying = tryStepByStep(context, { connection: draft, client, signal });
    let next = await trying.next();
    while (next.done !== true) {
      yield { event: 'step', data: next.value };
      next = await trying.next();
    }
    yield { event: 'ended', data: { passed: next.value } };
  } finally {
    await client.close();
  }
}
