import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { findConnectionWithId } from '../../connections/connections.ts';
import { type RunEventData, runParams, runQuery } from '../../contract/runs.ts';
import type { Installation } from '../../installation.ts';
import { findRun } from '../../runs/list-runs.ts';
import { eventStreamType, type StreamEvent, sendEvents } from '../event-stream.ts';

const lookMilliseconds = 1000;

export function addRunEventRoutes(server: FastifyInstance, installation: Installation): void {
  server.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/runs/:id/events',
    {
      config: { needs: 'read runs' },
      schema: {
        summary: 'Follows a run until it has ended',
        params: runParams,
        querystring: runQuery,
        response: { 200: { content: { [eventStreamType]: { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const context = await request.organisationContext(query.organisation);
      // A run that there is not is told before any event.
      await findRun(context, { id: params.id });
      return sendEvents(reply, (signal) => followRun(context, installation, params.id, signal));
    },
  );
}

/**
 * Looks once a second: the run may be another process's, and what is stored is all that a pooler in between lets one know.
 * Who has lost the right to see it meanwhile is told so, as the last event.
 */
async function* followRun(
  context: OrganisationContext,
  installation: Installation,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  let told = '';
  for (;;) {
    const data = await readStanding(context, installation, id);
    const text = JSON.stringify(data);
    if (text !== told) yield { event: 'run', data };
    told = text;
    if (data.run.endedAt !== null) return;
    await installation.clock.sleep(lookMilliseconds, signal);
  }
}

async function readStanding(
  context: OrganisationContext,
  installation: Installation,
  id: string,
): Promise<RunEventData> {
  const run = await findRun(context, { id });
  const connection = await findConnectionWithId(context, run.connectionId);
  return {
    run,
    requestsLeft: await installation.requestsLeft(connection),
    requestsPerMinute: connection.requestsPerMinute,
  };
}
