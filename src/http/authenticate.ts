import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../accounts/actor.ts';
import { type Belonging, hasAnyOwner } from '../accounts/memberships.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { findSession, type SignedIn } from '../accounts/sign-in/find-session.ts';
import { countAttempt } from '../accounts/sign-in/limit-attempts.ts';
import { tokenLimits } from '../accounts/sign-in/sign-in-limits.ts';
import type { SignInTools } from '../accounts/sign-in/visit.ts';
import { looksLikeApiToken } from '../accounts/tokens/token-text.ts';
import { type TokenHolder, useToken } from '../accounts/tokens/use-token.ts';
import { HajiriError, isHajiriError } from '../errors/hajiri-error.ts';
import type { Installation } from '../installation.ts';
import { givenToken, isEqualToken } from './access-token.ts';
import { authoriseContext } from './route-needs.ts';
import { sendCookies, visitOf } from './visit-of.ts';

/** Who asks, as far as it is known before an organisation is chosen. */
export type Caller =
  | { readonly kind: 'person'; readonly signedIn: SignedIn }
  | { readonly kind: 'api_token'; readonly holder: TokenHolder }
  /** Whoever reads what `serve` prints: until there is an owner. */
  | { readonly kind: 'access_token' };

export type Authentication = {
  /** The person of the session, for addresses that are about that person. A token is nobody there. Throws `unauthenticated`, `session_ended`. */
  person(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn>;
  /** The same for whoever may be nobody. */
  personOrNull(request: FastifyRequest): Promise<SignedIn | null>;
  /** Throws `unauthenticated` unless it is the token that `serve` printed, and nobody is an owner yet. */
  requireAccessToken(token: string): Promise<void>;
  /**
   * Finds out who asks: by the token in the header, or else by the cookie. Throws `unauthenticated`, `session_ended`,
   * `token_refused`, `too_many_attempts`.
   */
  authenticate(request: FastifyRequest, reply: FastifyReply): Promise<Caller>;
  /** The organisation of that name, or the one that the caller is in, as this caller may see it. Throws `not_found`, `not_allowed`. */
  contextFor(request: FastifyRequest, name: string | undefined): Promise<OrganisationContext>;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any route that is not open to everybody. */
    caller: Caller | null;
    /** What a use case needs: the organisation of that name, or the one that the caller is in. Throws `not_found`. */
    organisationContext(name: string | undefined): Promise<OrganisationContext>;
  }
}

export function createAuthentication(options: {
  readonly installation: Installation;
  readonly signIn: () => Promise<SignInTools>;
  readonly accessToken: string | null;
}): Authentication {
  const { installation, signIn, accessToken } = options;
  let hasOwner = false;
  /** Once there is an owner, there are people with rights: a token that opens everything has had its day. */
  async function ownerIsThere(): Promise<boolean> {
    hasOwner ||= await hasAnyOwner(installation.kysely);
    return hasOwner;
  }
  async function isAccessToken(token: string): Promise<boolean> {
    return accessToken !== null && isEqualToken(token, accessToken) && !(await ownerIsThere());
  }
  async function person(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    if (request.headers.authorization !== undefined) throw unauthenticated();
    const { signedIn, cookies } = await findSession(await signIn(), visitOf(request));
    sendCookies(reply, cookies);
    if (signedIn !== null) return signedIn;
    throw hadSession(request) ? sessionEnded() : unauthenticated();
  }
  /** What is not good is counted; whoever has a good one is let through however many others guess. */
  async function tokenHolder(request: FastifyRequest, token: string): Promise<TokenHolder> {
    try {
      return await useToken(installation, token);
    } catch (error) {
      if (isHajiriError(error, 'token_refused')) {
        const origin = { address: request.ip, requestId: request.id };
        await countAttempt(await signIn(), tokenLimits(origin));
      }
      throw error;
    }
  }
  return {
    person,
    async personOrNull(request) {
      return (await findSession(await signIn(), visitOf(request))).signedIn;
    },
    async authenticate(request, reply) {
      const token = givenToken(request);
      // Whoever sends a token means it: the cookie of a session that may come along counts for nothing.
      if (token !== null && (await isAccessToken(token))) return { kind: 'access_token' };
      const apiToken = givenApiToken(request);
      if (apiToken !== null) return { kind: 'api_token', holder: await tokenHolder(request, apiToken) };
      return { kind: 'person', signedIn: await person(request, reply) };
    },
    async requireAccessToken(token) {
      if (!(await isAccessToken(token))) throw unauthenticated();
    },
    async contextFor(request, name) {
      const { caller } = request;
      if (caller === null) throw unauthenticated();
      const origin = { address: request.ip, requestId: request.id };
      if (caller.kind === 'access_token') {
        const actor = { kind: 'command_line', user: 'access token' } as const;
        return authoriseContext(request, await installation.organisation(name, { actor, origin }));
      }
      const { kysely, clock } = installation;
      if (caller.kind === 'api_token') {
        const { organisation, actor } = caller.holder;
        if (name === undefined || name === organisation.name) {
          return { kysely, clock, organisation, origin, actor };
        }
        throw new HajiriError('not_found', 'This API token belongs to another organisation.');
      }
      const { organisation, membership } = chooseBelonging(caller.signedIn, name);
      const actor = toActor(caller.signedIn, membership);
      return authoriseContext(request, { kysely, clock, organisation, origin, actor });
    },
  };
}

/** The person who asks, at an address where only people come as far as this. */
export function personOf({ caller }: FastifyRequest): SignedIn {
  if (caller?.kind === 'person') return caller.signedIn;
  throw unauthenticated();
}

/** Organisations that a person does not belong to are not there, whoever else's they are. */
export function chooseBelonging({ session, belongings }: SignedIn, name?: string): Belonging {
  const found =
    name === undefined
      ? (belongings.find(({ organisation }) => organisation.id === session.organisation) ?? belongings[0])
      : belongings.find(({ organisation }) => organisation.name === name);
  if (found !== undefined) return found;
  throw new HajiriError(
    'not_found',
    name === undefined
      ? 'You belong to no organisation at the moment.'
      : `You belong to no organisation "${name}".`,
  );
}

export function toActor({ user }: SignedIn, membership: Belonging['membership']): Actor {
  return { kind: 'person', userId: user.id, name: user.name, membership };
}

/** From the header alone: no cookie carries one. */
function givenApiToken({ headers }: FastifyRequest): string | null {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  return token !== undefined && looksLikeApiToken(token) ? token : null;
}

function hadSession({ headers }: FastifyRequest): boolean {
  return /(?:^|;\s*)(?:__Secure-)?hajiri\.session_token=/.test(headers.cookie ?? '');
}

function unauthenticated(): HajiriError {
  return new HajiriError('unauthenticated', 'This address needs somebody who is signed in, or a token.');
}

function sessionEnded(): HajiriError {
  return new HajiriError('session_ended', 'This session is over. Sign in again.');
}
