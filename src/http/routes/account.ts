import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { changePassword } from '../../accounts/account/change-password.ts';
import { endOwnSessions, listOwnSessions } from '../../accounts/account/own-sessions.ts';
import { readAccount, rename } from '../../accounts/account/read-account.ts';
import {
  account,
  accountChange,
  ownSessions,
  passwordChange,
  sessionParams,
} from '../../contract/account.ts';
import { done } from '../../contract/session.ts';
import { personOf } from '../authenticate.ts';
import type { HttpTools } from '../http-tools.ts';
import { visitOf } from '../visit-of.ts';
import { addSecondFactorRoutes } from './second-factor.ts';

/** A person's own account, sessions included. */
export function addAccountRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/account',
    {
      config: { needs: 'a caller' },
      schema: { summary: 'The account of whoever is signed in', response: { 200: account } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { hasSecondFactor: secondFactor, ...read } = await readAccount(
        await tools.signIn(),
        personOf(request),
      );
      return { ...read, secondFactor };
    },
  );

  app.patch(
    '/api/v1/account',
    {
      config: { needs: 'a caller' },
      schema: { summary: 'Change the name', body: accountChange, response: { 200: done } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      await rename(await tools.signIn(), visitOf(request), personOf(request), request.body.name);
      return { done: true };
    },
  );

  app.post(
    '/api/v1/account/password',
    {
      config: { needs: 'a caller' },
      schema: {
        summary: 'Change the password; every other session ends',
        body: passwordChange,
        response: { 200: done },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      await changePassword(await tools.signIn(), visitOf(request), personOf(request), request.body);
      return { done: true };
    },
  );

  addSecondFactorRoutes(server, tools);
  addOwnSessionRoutes(server, tools);
}

function addOwnSessionRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/account/sessions',
    {
      config: { needs: 'a caller' },
      schema: { summary: 'Where the person is signed in', response: { 200: ownSessions } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const sessions = await listOwnSessions(await tools.signIn(), personOf(request));
      return sessions.map(({ id, isCurrent, madeAt, renewedAt, expiresAt, address, userAgent }) => ({
        id,
        current: isCurrent,
        madeAt: madeAt.toString(),
        renewedAt: renewedAt.toString(),
        expiresAt: expiresAt.toString(),
        address,
        userAgent,
      }));
    },
  );

  app.delete(
    '/api/v1/account/sessions',
    {
      config: { needs: 'a caller' },
      schema: { summary: 'End every session but this one', response: { 200: done } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      await endOwnSessions(await tools.signIn(), visitOf(request), personOf(request), 'others');
      return { done: true };
    },
  );

  app.delete(
    '/api/v1/account/sessions/:id',
    {
      config: { needs: 'a caller' },
      schema: { summary: 'End one session', params: sessionParams, response: { 200: done } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { id: only } = request.params;
      await endOwnSessions(await tools.signIn(), visitOf(request), personOf(request), { only });
      return { done: true };
    },
  );
}
