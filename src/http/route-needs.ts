import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authorise } from '../accounts/authorise.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { isPermission, type Permission } from '../accounts/permissions.ts';

/**
 * What a route asks of the caller: a permission in the organisation that the request is about, only to be somebody
 * (`a caller`), or nothing: it is open to everybody, and then its use case asks for a proof of another kind.
 */
export type RouteNeeds = Permission | 'a caller' | 'nothing';

declare module 'fastify' {
  interface FastifyContextConfig {
    needs?: RouteNeeds;
  }
  interface FastifyInstance {
    /** Every route under /api with what it needs, such as `GET /api/v1/runs`. */
    routeNeeds: ReadonlyMap<string, RouteNeeds>;
  }
}

/** From here on, a route under /api that does not say what it needs stops the start. */
export function requireDeclaredNeeds(app: FastifyInstance): void {
  const declared = new Map<string, RouteNeeds>();
  app.decorate('routeNeeds', declared);
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!url.startsWith('/api/')) return;
    for (const one of [method].flat()) {
      if (config?.needs === undefined) {
        throw new Error(
          `The route ${one} ${url} does not say what it needs. Give it config: { needs: … }, a permission of src/accounts/permissions.ts.`,
        );
      }
      declared.set(`${one} ${url}`, config.needs);
    }
  });
}

/**
 * Refuses a request before anything of it is read, when the caller lacks what the route declares. The use case asks
 * again: neither check relies on the other. Throws `not_allowed`, `not_found` for a company of others.
 */
export async function authoriseRoute(request: FastifyRequest): Promise<void> {
  const needs = neededPermission(request);
  if (needs === null || request.caller?.kind === 'access_token') return;
  const { organisation } = request.query as { organisation?: unknown }; // not checked yet
  await request.organisationContext(typeof organisation === 'string' ? organisation : undefined);
}

/** Part of making a context, so that none can be had without what the route declares. */
export function authoriseContext(request: FastifyRequest, context: OrganisationContext): OrganisationContext {
  const needs = neededPermission(request);
  if (needs !== null) authorise(context, needs);
  return context;
}

function neededPermission(request: FastifyRequest): Permission | null {
  const { needs } = request.routeOptions.config;
  return needs !== undefined && isPermission(needs) ? needs : null;
}
