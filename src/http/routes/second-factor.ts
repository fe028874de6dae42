import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from '../../accounts/account/second-factor.ts';
import {
  newSecondFactor,
  ownPassword,
  recoveryCodes,
  secondFactorConfirmation,
} from '../../contract/account.ts';
import { done } from '../../contract/session.ts';
import { personOf } from '../authenticate.ts';
import type { HttpTools } from '../http-tools.ts';
import { sendCookies, visitOf } from '../visit-of.ts';

/** The second factor of whoever is signed in: an authenticator app, and recovery codes for the day it is lost. */
export function addSecondFactorRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/account/second-factor',
    {
      config: { needs: 'a caller' },
      schema: {
        summary: 'Begin with an authenticator app; nothing is asked for at sign-in before it is confirmed',
        body: ownPassword,
        response: { 200: newSecondFactor },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { password } = request.body;
      return beginSecondFactor(await tools.signIn(), visitOf(request), personOf(request), password);
    },
  );

  app.post(
    '/api/v1/account/second-factor/confirm',
    {
      config: { needs: 'a caller' },
      schema: {
        summary: 'Turn the second factor on, with a code that the app shows; every other session ends',
        body: secondFactorConfirmation,
        response: { 200: done },
      },
    },
    async (request, reply) => {
      const { code } = request.body;
      sendCookies(
        reply,
        await confirmSecondFactor(await tools.signIn(), visitOf(request), personOf(request), code),
      );
      return { done: true };
    },
  );

  addChangeRoutes(server, tools);
}

function addChangeRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/account/second-factor/remove',
    {
      config: { needs: 'a caller' },
      schema: { summary: 'Turn the second factor off', body: ownPassword, response: { 200: done } },
    },
    async (request, reply) => {
      const { password } = request.body;
      sendCookies(
        reply,
        await removeSecondFactor(await tools.signIn(), visitOf(request), personOf(request), password),
      );
      return { done: true };
    },
  );

  app.post(
    '/api/v1/account/recovery-codes',
    {
      config: { needs: 'a caller' },
      schema: {
        summary: 'New recovery codes; the older ones are no longer good',
        body: ownPassword,
        response: { 200: recoveryCodes },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { password } = request.body;
      return {
        recoveryCodes: await renewRecoveryCodes(
          await tools.signIn(),
          visitOf(request),
          personOf(request),
          password,
        ),
      };
    },
  );
}
