import { fastifySwagger } from '@fastify/swagger';
import { type FastifyInstance, fastify } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { type Installation, publicOriginOf } from '../installation.ts';
import { addBrowserAccess } from './access-token.ts';
import { addRoutes } from './add-routes.ts';
import { createAuthentication } from './authenticate.ts';
import { announceClosing } from './event-stream.ts';
import type { HttpTools } from './http-tools.ts';
import { addPages, type Pages } from './pages/serve-pages.ts';
import { answerError, answerNotFound } from './problem-answer.ts';
import { requireDeclaredNeeds } from './route-needs.ts';
import { addHealthRoutes } from './routes/health.ts';
import { requireSameOrigin } from './same-origin.ts';
import { addSecurityHeaders } from './security-headers.ts';

export type HttpServer = FastifyInstance;

const largestBodyBytes = 64 * 1024;

/**
 * The REST API and the pages that use it. Everything under /api but signing in asks for a session or a token; errors are
 * problem+json.
 */
export async function createHttpServer(
  installation: Installation,
  options: {
    /** The token that `serve` printed, as long as there is no owner; null when there is none. */
    readonly accessToken: string | null;
    readonly pages?: Pages;
  },
): Promise<HttpServer> {
  const app = fastify({
    bodyLimit: largestBodyBytes,
    requestTimeout: 30_000,
    trustProxy: installation.settings.HAJIRI_TRUSTED_PROXIES ?? false,
    forceCloseConnections: 'idle',
    // A request id from outside could be anything; ours is short and safe to print.
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => void answerError(installation.log, error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => answerError(installation.log, error, request, reply));
  requireDeclaredNeeds(app);
  announceClosing(app);
  await addSecurityHeaders(app);
  const answerPage = await addPages(app, options.pages);
  app.setNotFoundHandler((request, reply) => answerPage(request, reply) ?? answerNotFound(request, reply));
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Hajiri', version: '0.1.0', description: 'Attendance fetched from Keka HR.' },
      components: { securitySchemes: { accessToken: { type: 'http', scheme: 'bearer' } } },
      security: [{ accessToken: [] }],
    },
    transform: jsonSchemaTransform,
  });
  addHealthRoutes(app, installation);
  const tools = createTools(app, installation, options.accessToken);
  const { authentication, publicOrigin } = tools;
  app.decorateRequest('caller', null);
  app.decorateRequest('organisationContext', function (name) {
    return authentication.contextFor(this, name);
  });
  app.addHook('onRequest', async (request) =>
    requireSameOrigin(request, publicOrigin(), installation.settings.HAJIRI_PUBLIC_URL !== undefined),
  );
  await addBrowserAccess(app, authentication);
  await addRoutes(app, tools);
  await app.ready();
  return app;
}

function createTools(app: HttpServer, installation: Installation, accessToken: string | null): HttpTools {
  const publicOrigin = () => publicOriginOf(installation.settings, portOf(app));
  const signIn = () => installation.signIn(publicOrigin());
  const authentication = createAuthentication({ installation, signIn, accessToken });
  return { installation, authentication, signIn, publicOrigin };
}

/** The port that is listened on, which may be any free one. */
function portOf(app: HttpServer): number | undefined {
  const [address] = app.addresses();
  return typeof address === 'object' ? address.port : undefined;
}
