import type { UserId } from '../../db/schema.ts';
import type { SignInTransaction } from './sign-in-tables.ts';

/** Ends sessions of a person, so that the next request is refused. Returns how many it were. */
export async function endSessions(
  transaction: SignInTransaction,
  userId: UserId,
  which: { readonly only?: string; readonly except?: string } = {},
): Promise<number> {
  let query = transaction.deleteFrom('sign_in.session').where('user_id', '=', userId);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  if (which.except !== undefined) query = query.where('id', '<>', which.except);
  const { numDeletedRows } = await query.executeTakeFirst();
  return Number(numDeletedRows);
}
