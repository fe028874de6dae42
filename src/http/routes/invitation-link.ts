import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { acceptInvitation, readInvitation } from '../../accounts/invitations/accept-invitation.ts';
import { invitationAcceptBody, invitationFacts } from '../../contract/members.ts';
import { linkBody } from '../../contract/owner-link.ts';
import { signInAnswer } from '../../contract/session.ts';
import type { HttpTools } from '../http-tools.ts';
import { sendCookies, visitOf } from '../visit-of.ts';

/** What whoever holds the link of an invitation may do; the link is the proof. */
export function addInvitationLinkRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { authentication } = tools;

  app.post(
    '/api/v1/invitation',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'What the link of an invitation leads to; it is not used up',
        body: linkBody,
        response: { 200: invitationFacts },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return readInvitation(await tools.signIn(), visitOf(request), request.body.token);
    },
  );

  app.post(
    '/api/v1/invitation/accept',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'Join: with a new account, or with the one that is signed in and has the invited address',
        body: invitationAcceptBody,
        response: { 200: signInAnswer },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { token, account } = request.body;
      const signIn = await tools.signIn();
      if (account === undefined) {
        const { user, session } = await authentication.person(request, reply);
        const own = { signedIn: user, session: session.id };
        const { state } = await acceptInvitation(signIn, visitOf(request), { token, account: own });
        return { state };
      }
      const { state, cookies } = await acceptInvitation(signIn, visitOf(request), { token, account });
      sendCookies(reply, cookies);
      return { state };
    },
  );
}
