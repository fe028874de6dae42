import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  employeeQuery,
  newTeamInput,
  teamChangeInput,
  teamList,
  teamMoved,
  teamMovesInput,
  teamParams,
} from '../../contract/employees.ts';
import { toDate } from '../../contract/query-schemas.ts';
import { addTeam, changeTeam, removeTeam } from '../../directory/teams/change-teams.ts';
import { listTeams } from '../../directory/teams/list-teams.ts';
import { moveEmployees } from '../../directory/teams/move-teams.ts';

export function addTeamRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/teams',
    {
      config: { needs: 'read the directory' },
      schema: {
        summary: 'The teams as a tree in reading order',
        querystring: employeeQuery,
        response: { 200: teamList },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return listTeams(await request.organisationContext(request.query.organisation));
    },
  );

  app.post(
    '/api/v1/teams',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Adds a team; answers with all of them',
        querystring: employeeQuery,
        body: newTeamInput,
        response: { 201: teamList },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await addTeam(context, request.body);
      return reply.code(201).send(await listTeams(context));
    },
  );

  app.patch(
    '/api/v1/teams/:id',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Another name, or another place in the tree',
        params: teamParams,
        querystring: employeeQuery,
        body: teamChangeInput,
        response: { 200: teamList },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await changeTeam(context, request.params.id, request.body);
      reply.header('cache-control', 'no-store');
      return listTeams(context);
    },
  );

  addTeamMoveRoutes(server);
}

function addTeamMoveRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.delete(
    '/api/v1/teams/:id',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Removes a team that nobody was ever in',
        params: teamParams,
        querystring: employeeQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await removeTeam(context, request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/teams/moves',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Moves employees to a team from a day on; reports of earlier days show the earlier team',
        querystring: employeeQuery,
        body: teamMovesInput,
        response: { 200: teamMoved },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { employees, team, from } = request.body;
      const context = await request.organisationContext(request.query.organisation);
      return { moved: await moveEmployees(context, { employees, team, from: toDate(from) }) };
    },
  );
}
