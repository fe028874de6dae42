import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Membership } from '../../accounts/actor.ts';
import { changeMember } from '../../accounts/members/change-member.ts';
import { listMembers, type Member } from '../../accounts/members/list-members.ts';
import { removeMember } from '../../accounts/members/remove-member.ts';
import { member, memberChange, memberList, memberParams, membersQuery } from '../../contract/members.ts';

/** Who belongs to the organisation, and as what. */
export function addMemberRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/members',
    {
      config: { needs: 'read members' },
      schema: {
        summary: 'Who belongs here, by name',
        querystring: membersQuery,
        response: { 200: memberList },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const members = await listMembers(await request.organisationContext(request.query.organisation));
      return members.map(toAnswer);
    },
  );

  app.patch(
    '/api/v1/members/:id',
    {
      config: { needs: 'manage members' },
      schema: {
        summary: 'Change what a member is, or whether they may come in; what is not given stays',
        params: memberParams,
        querystring: membersQuery,
        body: memberChange,
        response: { 200: member },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return toAnswer(await changeMember(context, request.params.id, request.body));
    },
  );

  app.delete(
    '/api/v1/members/:id',
    {
      config: { needs: 'manage members' },
      schema: {
        summary: 'Take a member out of the organisation; the account stays',
        params: memberParams,
        querystring: membersQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await removeMember(context, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function toAnswer({ id, name, email, membership, state, hasSecondFactor, madeAt, lastSeenAt }: Member) {
  return {
    id,
    name,
    email,
    ...toPlace(membership),
    state,
    secondFactor: hasSecondFactor,
    madeAt: madeAt.toString(),
    lastSeenAt: lastSeenAt?.toString() ?? null,
  };
}

export function toPlace(membership: Membership) {
  return {
    role: membership.role,
    teams: membership.role === 'manager' ? membership.teams : [],
    employee: membership.role === 'employee' ? membership.employee : null,
  };
}
