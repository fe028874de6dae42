import { auditInEach } from './audit-sign-in.ts';
import type { SignedIn } from './find-session.ts';
import { inSignInScope } from './sign-in-scope.ts';
import { type Cookies, cookiesOf, headersOf, type SignInTools, type Visit } from './visit.ts';

/** Ends the session of the visit. The cookies that come back take it out of the browser. */
export async function signOut(tools: SignInTools, visit: Visit, signedIn: SignedIn | null): Promise<Cookies> {
  return inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const { headers } = await tools.signIn.api.signOut({ headers: headersOf(visit), returnHeaders: true });
    if (signedIn !== null) {
      await auditInEach(scope, signedIn.user, signedIn.belongings, { action: 'signed out' });
    }
    return cookiesOf(headers);
  });
}
