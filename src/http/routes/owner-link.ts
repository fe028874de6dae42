import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { acceptOwnerLink, readOwnerLink } from '../../accounts/owner/accept-owner-link.ts';
import { linkBody, ownerLink, ownerLinkAcceptBody } from '../../contract/owner-link.ts';
import { signInAnswer } from '../../contract/session.ts';
import type { HttpTools } from '../http-tools.ts';
import { sendCookies, visitOf } from '../visit-of.ts';

/** The link that `hajiri serve` or `hajiri accounts create-owner` printed, and what becomes of it. */
export function addOwnerLinkRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { authentication } = tools;

  // A POST, so that the token of the link stands in no address and in no log of one.
  app.post(
    '/api/v1/owner-link',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'What an owner link leads to; it is not used up',
        body: linkBody,
        response: { 200: ownerLink },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { organisations } = await readOwnerLink(
        await tools.signIn(),
        visitOf(request),
        request.body.token,
      );
      return { organisations: organisations.map(({ name, zone }) => ({ name, zone })) };
    },
  );

  app.post(
    '/api/v1/owner-link/accept',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'Become an owner: with a new account, or with the one that is signed in',
        body: ownerLinkAcceptBody,
        response: { 200: signInAnswer },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { token, account, organisation } = request.body;
      const { state, cookies } = await acceptOwnerLink(await tools.signIn(), visitOf(request), {
        token,
        account: account ?? { signedIn: (await authentication.person(request, reply)).user },
        organisation: organisation ?? null,
      });
      sendCookies(reply, cookies);
      return { state };
    },
  );
}
