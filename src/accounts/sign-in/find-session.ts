import type { OrganisationId, UserId } from '../../db/schema.ts';
import { type Belonging, findBelongings } from '../memberships.ts';
import { inSignInScope } from './sign-in-scope.ts';
import type { User } from './users.ts';
import { type Cookies, cookiesOf, headersOf, type SignInTools, type Visit } from './visit.ts';

/** Somebody who is signed in, and what they may choose from. */
export type SignedIn = {
  readonly user: User & { readonly hasSecondFactor: boolean };
  readonly session: {
    readonly id: string;
    /** The organisation that the person chose last, in this session. */
    readonly organisation: OrganisationId | null;
    readonly expiresAt: Temporal.Instant;
  };
  readonly belongings: readonly Belonging[];
};

/** Who the cookie of a visit belongs to; null without a session that is still good. A session in use is renewed. */
export async function findSession(
  tools: SignInTools,
  visit: Visit,
): Promise<{ readonly signedIn: SignedIn | null; readonly cookies: Cookies }> {
  if (visit.cookie === undefined) return { signedIn: null, cookies: [] };
  return inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    const { headers, response } = await tools.signIn.api.getSession({
      headers: headersOf(visit),
      returnHeaders: true,
    });
    const cookies = cookiesOf(headers);
    if (response === null) return { signedIn: null, cookies };
    const { user, session } = response;
    const id = user.id as UserId; // of our own table
    return {
      cookies,
      signedIn: {
        user: {
          id,
          name: user.name,
          email: user.email,
          hasSecondFactor: user.twoFactorEnabled === true,
        },
        session: {
          id: session.id,
          organisation: (session.organisationId ?? null) as OrganisationId | null, // likewise
          expiresAt: Temporal.Instant.fromEpochMilliseconds(session.expiresAt.getTime()),
        },
        belongings: await findBelongings(transaction, id),
      },
    };
  });
}
