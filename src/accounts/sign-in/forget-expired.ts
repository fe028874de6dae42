import { asInstallation } from '../../db/tenancy.ts';
import type { OrganisationContext } from '../organisation-context.ts';
import { forgetAttempts } from './limit-attempts.ts';
import type { SignInTables } from './sign-in-tables.ts';
import { codeMinutes } from './used-codes.ts';

const linkDays = 30;

/** What is over opens nothing; it is removed so that tables do not grow. It belongs to no organisation. */
export async function forgetExpired(tools: Pick<OrganisationContext, 'kysely' | 'clock'>): Promise<void> {
  const now = tools.clock.now();
  await forgetAttempts(tools);
  await asInstallation(tools.kysely, async (owned) => {
    const transaction = owned.$extendTables<SignInTables>();
    await transaction.deleteFrom('sign_in.session').where('expires_at', '<', now).execute();
    await transaction.deleteFrom('sign_in.verification').where('expires_at', '<', now).execute();
    await transaction
      .deleteFrom('sign_in.used_code')
      .where('used_at', '<', now.subtract({ minutes: codeMinutes }))
      .execute();
    await transaction
      .deleteFrom('sign_in.one_time_link')
      .where('expires_at', '<', now.subtract({ hours: 24 * linkDays }))
      .execute();
  });
}
