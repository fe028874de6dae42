import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dayNote, dayNoteInput, dayNoteQuery } from '../../contract/day-notes.ts';
import { organisationQuery } from '../../contract/schedules.ts';
import { endDayNote, noteDay } from '../../rules/notes/note-day.ts';

export function addDayNoteRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/day-notes',
    {
      config: { needs: 'correct attendance' },
      schema: {
        summary: 'Says what a day counts as, or adds a note to it, with a reason; no fetch changes it',
        querystring: organisationQuery,
        body: dayNoteInput,
        response: { 201: dayNote },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      return reply.code(201).send(await noteDay(context, request.body));
    },
  );

  app.delete(
    '/api/v1/day-notes',
    {
      config: { needs: 'correct attendance' },
      schema: {
        summary: 'Takes a note back; the day is again what its record says',
        querystring: dayNoteQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { organisation, ...whose } = request.query;
      await endDayNote(await request.organisationContext(organisation), whose);
      return reply.code(204).send(null);
    },
  );
}
