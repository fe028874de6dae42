import { HajiriError } from '../../errors/hajiri-error.ts';
import type { SignedIn } from './find-session.ts';
import { inSignInScope } from './sign-in-scope.ts';
import type { SignInTools, Visit } from './visit.ts';

/** Leads this session, and the next ones, to another organisation of the person's. Throws `not_found`. */
export async function switchOrganisation(
  tools: SignInTools,
  visit: Visit,
  signedIn: SignedIn,
  id: string,
): Promise<SignedIn> {
  const chosen = signedIn.belongings.find(({ organisation }) => organisation.id === id);
  if (chosen === undefined) {
    throw new HajiriError('not_found', 'You belong to no organisation with this id.');
  }
  const organisation = chosen.organisation.id;
  await inSignInScope({ ...tools, origin: visit.origin }, async (scope) => {
    const transaction = await scope.transaction();
    await transaction
      .updateTable('sign_in.session')
      .set({ organisation_id: organisation })
      .where('id', '=', signedIn.session.id)
      .execute();
    await transaction
      .updateTable('sign_in.user')
      .set({ last_organisation_id: organisation })
      .where('id', '=', signedIn.user.id)
      .execute();
  });
  return { ...signedIn, session: { ...signedIn.session, organisation } };
}
