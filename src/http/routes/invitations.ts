import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Invitation, listInvitations } from '../../accounts/invitations/invitations.ts';
import {
  invite,
  type MadeInvitation,
  renewInvitation,
  revokeInvitation,
} from '../../accounts/invitations/invite.ts';
import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { invitationAddress } from '../../contract/link-addresses.ts';
import {
  invitationList,
  invitationParams,
  madeInvitation,
  membersQuery,
  newInvitationBody,
} from '../../contract/members.ts';
import { invitationMail } from '../../notify/mail/account-mails.ts';
import type { HttpTools } from '../http-tools.ts';
import { toPlace } from './members.ts';

/** Who is asked to join. */
export function addInvitationRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/invitations',
    {
      config: { needs: 'read members' },
      schema: {
        summary: 'Invitations that are neither accepted nor revoked, newest first',
        querystring: membersQuery,
        response: { 200: invitationList },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      const invitations = await listInvitations(context);
      return invitations.map((one) => toAnswer(context, one));
    },
  );

  app.post(
    '/api/v1/invitations',
    {
      config: { needs: 'manage members' },
      schema: {
        summary: 'Invite somebody; it takes the place of an older invitation of the same address',
        querystring: membersQuery,
        body: newInvitationBody,
        response: { 201: madeInvitation },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      const made = await invite(context, request.body);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await deliver(tools, context, made));
    },
  );

  addChangeRoutes(server, tools);
}

function addChangeRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/invitations/:id/renew',
    {
      config: { needs: 'manage members' },
      schema: {
        summary: 'Send the invitation again with a new link; the older one is no longer good',
        params: invitationParams,
        querystring: membersQuery,
        response: { 200: madeInvitation },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return deliver(tools, context, await renewInvitation(context, request.params.id));
    },
  );

  app.delete(
    '/api/v1/invitations/:id',
    {
      config: { needs: 'manage members' },
      schema: {
        summary: 'Revoke an invitation',
        params: invitationParams,
        querystring: membersQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const context = await request.organisationContext(request.query.organisation);
      await revokeInvitation(context, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

/**
 * Where e-mail is set up, the link goes to the invited address and nowhere else: who accepts it has that address. Only
 * without it, whoever invites is shown the link.
 */
async function deliver(
  { installation, publicOrigin }: HttpTools,
  context: OrganisationContext,
  { invitation, token }: MadeInvitation,
) {
  const { mailer, log } = installation;
  const { organisation } = context;
  const answer = toAnswer(context, invitation);
  const link = invitationAddress(publicOrigin(), token);
  if (mailer === null) return { invitation: answer, mail: 'not_set_up' as const, link };
  const { email: to, invitedBy, expiresAt } = invitation;
  try {
    await mailer.send(invitationMail({ to, organisation: organisation.name, invitedBy, link, expiresAt }));
    return { invitation: answer, mail: 'sent' as const, link: null };
  } catch (error) {
    // What a mail server says quotes addresses.
    log.error({ error: error instanceof Error ? error.name : typeof error }, 'mail_not_sent');
    return { invitation: answer, mail: 'failed' as const, link: null };
  }
}

function toAnswer({ clock }: OrganisationContext, invitation: Invitation) {
  const { id, email, membership, invitedBy, madeAt, expiresAt } = invitation;
  return {
    id,
    email,
    ...toPlace(membership),
    invitedBy,
    madeAt: madeAt.toString(),
    expiresAt: expiresAt.toString(),
    expired: Temporal.Instant.compare(expiresAt, clock.now()) <= 0,
  };
}
