import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { beginWithProvider, finishWithProvider } from '../../accounts/sign-in/sign-in-with-provider.ts';
import { providerAnswer } from '../../contract/session.ts';
import type { HttpTools } from '../http-tools.ts';
import { sendCookies, visitOf } from '../visit-of.ts';

/** Signing in through the OIDC provider of the installation. */
export function addProviderRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/session/provider',
    {
      config: { needs: 'nothing' },
      schema: { summary: 'Begin to sign in at the OIDC provider', response: { 200: providerAnswer } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { url, cookies } = await beginWithProvider(await tools.signIn(), visitOf(request));
      sendCookies(reply, cookies);
      return { url };
    },
  );

  app.get(
    '/api/auth/callback/oidc',
    { config: { needs: 'nothing' }, schema: { hide: true } },
    async (request, reply) => {
      const { location, cookies } = await finishWithProvider(
        await tools.signIn(),
        visitOf(request),
        `${tools.publicOrigin()}${request.url}`,
      );
      sendCookies(reply, cookies);
      return reply.header('cache-control', 'no-store').redirect(ownPath(location, tools.publicOrigin()));
    },
  );
}

/** Never to a site of somebody else, whatever came back. */
function ownPath(location: string, publicOrigin: string): string {
  if (!URL.canParse(location, publicOrigin)) return '/sign-in';
  const { origin, pathname, search } = new URL(location, publicOrigin);
  return origin === publicOrigin ? `${pathname}${search}` : '/sign-in';
}
