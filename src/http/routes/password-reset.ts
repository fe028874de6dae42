import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { requestPasswordReset } from '../../accounts/password-reset/request-password-reset.ts';
import { resetPassword } from '../../accounts/password-reset/reset-password.ts';
import { passwordResetAddress } from '../../contract/link-addresses.ts';
import { newPasswordBody, passwordResetBody } from '../../contract/members.ts';
import { done } from '../../contract/session.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { passwordResetMail } from '../../notify/mail/account-mails.ts';
import type { HttpTools } from '../http-tools.ts';
import { visitOf } from '../visit-of.ts';

/** The way back in for somebody who forgot the password. */
export function addPasswordResetRoutes(server: FastifyInstance, tools: HttpTools): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  const { mailer, log } = tools.installation;

  app.post(
    '/api/v1/password-reset',
    {
      config: { needs: 'nothing' },
      schema: {
        summary:
          'Have a link for a new password sent; the answer is the same whether the address is known or not',
        body: passwordResetBody,
        response: { 200: done },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      if (mailer === null) {
        throw new HajiriError(
          'not_possible',
          'This Hajiri sends no e-mail. Ask whoever runs it for a link: hajiri accounts reset.',
        );
      }
      const link = await requestPasswordReset(await tools.signIn(), visitOf(request), request.body.email);
      if (link !== null) {
        const { to, token, expiresAt } = link;
        const address = passwordResetAddress(tools.publicOrigin(), token);
        // Not waited for: how long the mail server takes would tell that the address is known.
        mailer.send(passwordResetMail({ to, link: address, expiresAt })).catch((error: unknown) => {
          log.error({ error: error instanceof Error ? error.name : typeof error }, 'mail_not_sent');
        });
      }
      return { done: true };
    },
  );

  app.post(
    '/api/v1/password-reset/accept',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'Set a new password by a link; every session ends, and nobody is signed in',
        body: newPasswordBody,
        response: { 200: done },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      await resetPassword(await tools.signIn(), visitOf(request), request.body);
      return { done: true };
    },
  );
}
