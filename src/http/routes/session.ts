import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { permissionsOf } from '../../accounts/permissions.ts';
import type { SignedIn } from '../../accounts/sign-in/find-session.ts';
import { switchOrganisation } from '../../accounts/sign-in/switch-organisation.ts';
import { type Session, session, switchBody } from '../../contract/session.ts';
import { chooseBelonging, personOf, toActor } from '../authenticate.ts';
import type { HttpTools } from '../http-tools.ts';
import { visitOf } from '../visit-of.ts';

/** Who is signed in, and where they are. */
export function addSessionRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/session',
    {
      config: { needs: 'a caller' },
      schema: {
        summary: 'Who is signed in, where they are and what they may do there',
        response: { 200: session },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return toSession(personOf(request));
    },
  );

  app.post(
    '/api/v1/session/organisation',
    {
      config: { needs: 'a caller' },
      schema: {
        summary: 'Go to another organisation that the person belongs to',
        body: switchBody,
        response: { 200: session },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const signedIn = personOf(request);
      const { organisation } = request.body;
      return toSession(
        await switchOrganisation(await tools.signIn(), visitOf(request), signedIn, organisation),
      );
    },
  );
}

function toSession(signedIn: SignedIn): Session {
  const { user, session: current, belongings } = signedIn;
  const place = belongings.length === 0 ? null : chooseBelonging(signedIn);
  return {
    person: { id: user.id, name: user.name, email: user.email, secondFactor: user.hasSecondFactor },
    organisation: place === null ? null : pick(place.organisation),
    role: place?.membership.role ?? null,
    teams: place?.membership.role === 'manager' ? place.membership.teams : [],
    permissions: place === null ? [] : [...permissionsOf(toActor(signedIn, place.membership))],
    organisations: belongings.map(({ organisation, membership }) => ({
      id: organisation.id,
      name: organisation.name,
      role: membership.role,
    })),
    expiresAt: current.expiresAt.toString(),
  };
}

function pick({ id, name, zone }: { id: string; name: string; zone: string }) {
  return { id, name, zone };
}
