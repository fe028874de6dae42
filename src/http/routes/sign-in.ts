import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { hasAnyOwner } from '../../accounts/memberships.ts';
import { signInWithPassword } from '../../accounts/sign-in/sign-in-with-password.ts';
import { signOut } from '../../accounts/sign-in/sign-out.ts';
import { verifySecondFactor } from '../../accounts/sign-in/verify-second-factor.ts';
import { done, secondFactorBody, signInAnswer, signInBody, signInOptions } from '../../contract/session.ts';
import type { HttpTools } from '../http-tools.ts';
import { sendCookies, visitOf } from '../visit-of.ts';

/** The way in and the way out, open to everybody. */
export function addSignInRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { installation, authentication } = tools;

  app.get(
    '/api/v1/sign-in-options',
    {
      config: { needs: 'nothing' },
      schema: { summary: 'What the page for signing in has to know', response: { 200: signInOptions } },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return {
        provider: installation.settings.HAJIRI_OIDC_NAME ?? null,
        passwordReset: installation.mailer !== null,
        hasOwner: await hasAnyOwner(installation.kysely),
      };
    },
  );

  app.post(
    '/api/v1/session',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'Sign in with e-mail address and password',
        body: signInBody,
        response: { 200: signInAnswer },
      },
    },
    async (request, reply) => {
      const { state, cookies } = await signInWithPassword(
        await tools.signIn(),
        visitOf(request),
        request.body,
      );
      sendCookies(reply, cookies);
      reply.header('cache-control', 'no-store');
      return { state };
    },
  );

  app.post(
    '/api/v1/session/second-factor',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'The second step of signing in: a code of the authenticator app, or a recovery code',
        body: secondFactorBody,
        response: { 200: signInAnswer },
      },
    },
    async (request, reply) => {
      const cookies = await verifySecondFactor(await tools.signIn(), visitOf(request), request.body);
      sendCookies(reply, cookies);
      reply.header('cache-control', 'no-store');
      return { state: 'signed_in' as const };
    },
  );

  app.delete(
    '/api/v1/session',
    { config: { needs: 'nothing' }, schema: { summary: 'Sign out', response: { 200: done } } },
    async (request, reply) => {
      const signedIn = await authentication.personOrNull(request);
      sendCookies(reply, await signOut(await tools.signIn(), visitOf(request), signedIn));
      reply.header('cache-control', 'no-store');
      return { done: true };
    },
  );
}
