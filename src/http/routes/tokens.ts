import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiToken } from '../../accounts/tokens/api-token.ts';
import { createToken } from '../../accounts/tokens/create-token.ts';
import { listTokens } from '../../accounts/tokens/list-tokens.ts';
import { revokeToken } from '../../accounts/tokens/revoke-token.ts';
import {
  apiToken,
  createdToken,
  tokenInput,
  tokenList,
  tokenParams,
  tokenQuery,
} from '../../contract/tokens.ts';

export function addTokenRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/tokens',
    {
      config: { needs: 'manage API tokens' },
      schema: {
        summary: 'The API tokens, revoked ones too; never what they say',
        querystring: tokenQuery,
        response: { 200: tokenList },
      },
    },
    async (request, reply) => {
      const { query } = request;
      reply.header('cache-control', 'no-store');
      return (await listTokens(await request.organisationContext(query.organisation))).map(present);
    },
  );

  app.post(
    '/api/v1/tokens',
    {
      config: { needs: 'manage API tokens' },
      schema: {
        summary: 'Makes an API token and shows it, this once',
        querystring: tokenQuery,
        body: tokenInput,
        response: { 201: createdToken },
      },
    },
    async (request, reply) => {
      const { query, body } = request;
      const { token, made } = await createToken(await request.organisationContext(query.organisation), body);
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({ token, made: present(made) });
    },
  );

  app.delete(
    '/api/v1/tokens/:id',
    {
      config: { needs: 'manage API tokens' },
      schema: {
        summary: 'Refuses an API token from now on',
        params: tokenParams,
        querystring: tokenQuery,
        response: { 200: apiToken },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      reply.header('cache-control', 'no-store');
      return present(await revokeToken(await request.organisationContext(query.organisation), params.id));
    },
  );
}

export function present(token: ApiToken) {
  return {
    ...token,
    madeAt: token.madeAt.toString(),
    expiresAt: token.expiresAt.toString(),
    lastUsedAt: token.lastUsedAt?.toString() ?? null,
    revokedAt: token.revokedAt?.toString() ?? null,
  };
}
