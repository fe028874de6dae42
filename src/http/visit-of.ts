import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Cookies, Visit } from '../accounts/sign-in/visit.ts';

export function visitOf(request: FastifyRequest): Visit {
  return {
    origin: { address: request.ip, requestId: request.id },
    cookie: request.headers.cookie,
    userAgent: request.headers['user-agent'],
  };
}

export function sendCookies(reply: FastifyReply, cookies: Cookies): void {
  for (const cookie of cookies) reply.header('set-cookie', cookie);
}
