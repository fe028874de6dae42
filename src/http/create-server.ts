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
import { createAuthentication } from './authenticate.ts';
import type { HttpTools } from './http-tools.ts';
import { addPages, type Pages } from './pages/serve-pages.ts';
import { answerError, answerNotFound } from './problem-answer.ts';
import { authoriseRoute, requireDeclaredNeeds } from './route-needs.ts';
import { addAccountRoutes } from './routes/account.ts';
import { addAuditTrailRoutes } from './routes/audit-trail.ts';
import { addBackfillRoutes } from './routes/backfills.ts';
import { addConnectionRoutes } from './routes/connections.ts';
import { addEmployeeImportRoutes } from './routes/employee-imports.ts';
import { addEmployeeRoutes } from './routes/employees.ts';
import { addExclusionRoutes } from './routes/exclusions.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addOverviewRoutes } from './routes/overview.ts';
import { addOwnerLinkRoutes } from './routes/owner-link.ts';
import { addReportRoutes } from './routes/reports.ts';
import { addRunActionRoutes, addRunRoutes } from './routes/runs.ts';
import { addScheduleRoutes } from './routes/schedules.ts';
import { addSessionRoutes } from './routes/session.ts';
import { addSignInRoutes } from './routes/sign-in.ts';
import { addTeamRoutes } from './routes/teams.ts';
import { addTokenRoutes } from './routes/tokens.ts';
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
    forceCloseConnections: 'idle',
    // A request id from outside could be anything; ours is short and safe to print.
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => void answerError(installation.log, error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => answerError(installation.log, error, request, reply));
  requireDeclaredNeeds(app);
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
  addSignInRoutes(app, tools);
  addOwnerLinkRoutes(app, tools);
  await app.register(async (personal) => {
    personal.addHook('onRequest', async (request, reply) => {
      request.caller = { kind: 'person', signedIn: await authentication.person(request, reply) };
    });
    addSessionRoutes(personal, tools);
    addAccountRoutes(personal, tools);
  });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', async (request, reply) => {
      request.caller = await authentication.authenticate(request, reply);
      await authoriseRoute(request);
    });
    addConnectionRoutes(guarded, installation);
    addOverviewRoutes(guarded);
    addReportRoutes(guarded);
    addRunRoutes(guarded);
    addAuditTrailRoutes(guarded);
    addEmployeeRoutes(guarded);
    addTeamRoutes(guarded);
    addExclusionRoutes(guarded);
    await guarded.register(addEmployeeImportRoutes);
    addRunActionRoutes(guarded, installation);
    addScheduleRoutes(guarded);
    addBackfillRoutes(guarded);
    addTokenRoutes(guarded);
    guarded.get('/api/v1/openapi.json', { config: { needs: 'a caller' }, schema: { hide: true } }, () =>
      app.swagger(),
    );
  });
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
