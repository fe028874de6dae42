import { fastifySwagger } from '@fastify/swagger';
import { type FastifyInstance, fastify } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Installation } from '../installation.ts';
import { addBrowserSession, requireToken } from './access-token.ts';
import { addPages, type Pages } from './pages/serve-pages.ts';
import { answerError, answerNotFound } from './problem-answer.ts';
import { addAuditTrailRoutes } from './routes/audit-trail.ts';
import { addConnectionRoutes } from './routes/connections.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addOverviewRoutes } from './routes/overview.ts';
import { addReportRoutes } from './routes/reports.ts';
import { addRunRoutes } from './routes/runs.ts';
import { addSecurityHeaders } from './security-headers.ts';

export type HttpServer = FastifyInstance;

const largestBodyBytes = 64 * 1024;

/**
 * The REST API and the pages that use it. Everything under /api asks for the access token; errors are problem+json.
 */
export async function createHttpServer(
  installation: Installation,
  options: { readonly accessToken: string; readonly pages?: Pages },
): Promise<HttpServer> {
  const app = fastify({
    bodyLimit: largestBodyBytes,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // A request id from outside could be anything; ours is short and safe to print.
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => void answerError(installation.log, error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => answerError(installation.log, error, request, reply));
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
  await addBrowserSession(app, options.accessToken);
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', async (request) => requireToken(request, options.accessToken));
    addConnectionRoutes(guarded, installation);
    addOverviewRoutes(guarded, installation);
    addReportRoutes(guarded, installation);
    addRunRoutes(guarded, installation);
    addAuditTrailRoutes(guarded, installation);
    guarded.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
  });
  await app.ready();
  return app;
}
