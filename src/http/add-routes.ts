import type { FastifyInstance } from 'fastify';
import type { HttpTools } from './http-tools.ts';
import { authoriseRoute } from './route-needs.ts';
import { addAccountRoutes } from './routes/account.ts';
import { addAttendancePolicyRoutes } from './routes/attendance-policies.ts';
import { addAuditTrailRoutes } from './routes/audit-trail.ts';
import { addBackfillRoutes } from './routes/backfills.ts';
import { addConnectionRoutes } from './routes/connections.ts';
import { addDayNoteRoutes } from './routes/day-notes.ts';
import { addDirectoryRoutes } from './routes/directory.ts';
import { addInvitationLinkRoutes } from './routes/invitation-link.ts';
import { addInvitationRoutes } from './routes/invitations.ts';
import { addMemberRoutes } from './routes/members.ts';
import { addMonthLockRoutes } from './routes/month-locks.ts';
import { addOverviewRoutes } from './routes/overview.ts';
import { addOwnerLinkRoutes } from './routes/owner-link.ts';
import { addPasswordResetRoutes } from './routes/password-reset.ts';
import { addPrivacyRoutes } from './routes/privacy.ts';
import { addProviderRoutes } from './routes/provider.ts';
import { addRangeReportRoutes } from './routes/range-reports.ts';
import { addReportRoutes } from './routes/reports.ts';
import { addRunEventRoutes } from './routes/run-events.ts';
import { addRunActionRoutes, addRunRoutes } from './routes/runs.ts';
import { addScheduleRoutes } from './routes/schedules.ts';
import { addSessionRoutes } from './routes/session.ts';
import { addSignInRoutes } from './routes/sign-in.ts';
import { addTokenRoutes } from './routes/tokens.ts';

/** Every route under /api, by who may come as far as its handler. */
export async function addRoutes(app: FastifyInstance, tools: HttpTools): Promise<void> {
  addOpenRoutes(app, tools);
  await app.register(async (personal) => addPersonalRoutes(personal, tools));
  await app.register(async (guarded) => addGuardedRoutes(guarded, tools));
}

/** For everybody; a link or a password is the proof. */
function addOpenRoutes(app: FastifyInstance, tools: HttpTools): void {
  addSignInRoutes(app, tools);
  addProviderRoutes(app, tools);
  addOwnerLinkRoutes(app, tools);
  addInvitationLinkRoutes(app, tools);
  addPasswordResetRoutes(app, tools);
}

/** About whoever is signed in: a token is nobody here. */
function addPersonalRoutes(app: FastifyInstance, tools: HttpTools): void {
  const { authentication } = tools;
  app.addHook('onRequest', async (request, reply) => {
    request.caller = { kind: 'person', signedIn: await authentication.person(request, reply) };
  });
  addSessionRoutes(app, tools);
  addAccountRoutes(app, tools);
}

/** About an organisation, for people and tokens with the permission that the route declares. */
async function addGuardedRoutes(app: FastifyInstance, tools: HttpTools): Promise<void> {
  const { authentication, installation } = tools;
  app.addHook('onRequest', async (request, reply) => {
    request.caller = await authentication.authenticate(request, reply);
    await authoriseRoute(request);
  });
  addConnectionRoutes(app, installation);
  addOverviewRoutes(app);
  addReportRoutes(app);
  addRangeReportRoutes(app);
  addRunRoutes(app);
  addRunEventRoutes(app, installation);
  addAuditTrailRoutes(app);
  await addDirectoryRoutes(app);
  addRunActionRoutes(app, installation);
  addScheduleRoutes(app);
  addBackfillRoutes(app);
  addTokenRoutes(app);
  addPrivacyRoutes(app);
  addAttendancePolicyRoutes(app, tools);
  addMonthLockRoutes(app, tools);
  addDayNoteRoutes(app);
  addMemberRoutes(app);
  addInvitationRoutes(app, tools);
  app.get('/api/v1/openapi.json', { config: { needs: 'a caller' }, schema: { hide: true } }, () =>
    app.swagger(),
  );
}
