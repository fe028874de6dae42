import type { Clock } from '../../clock/clock.ts';
import type { UserId } from '../../db/schema.ts';
import type { SignInTransaction } from './sign-in-tables.ts';

/** A person who has an account. The same person may belong to several organisations. */
export type User = {
  readonly id: UserId;
  readonly name: string;
  readonly email: string;
};

export async function findUserByEmail(transaction: SignInTransaction, email: string): Promise<User | null> {
  const row = await transaction
    .selectFrom('sign_in.user')
    .select(['id', 'name', 'email'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return row ?? null;
}

export async function findUser(transaction: SignInTransaction, id: UserId): Promise<User | null> {
  const row = await transaction
    .selectFrom('sign_in.user')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * A new account with a password, in the form in which better-auth looks for it. Null when the address has one.
 * `isVouchedFor`: the address is known to be this person's, other than by somebody's word in an invitation.
 */
export async function addUser(
  transaction: SignInTransaction,
  clock: Clock,
  input: {
    readonly name: string;
    readonly email: string;
    readonly passwordHash: string;
    readonly isVouchedFor: boolean;
  },
): Promise<User | null> {
  const times = { created_at: clock.now(), updated_at: clock.now() };
  const user = await transaction
    .insertInto('sign_in.user')
    .values({
      name: input.name,
      email: input.email.toLowerCase(),
      email_verified: input.isVouchedFor,
      last_organisation_id: null,
      ...times,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning(['id', 'name', 'email'])
    .executeTakeFirst();
  if (user === undefined) return null;
  await setPassword(transaction, clock, user.id, input.passwordHash);
  return user;
}

/** Sets the password, whether the account had one or not. */
export async function setPassword(
  transaction: SignInTransaction,
  clock: Clock,
  userId: UserId,
  passwordHash: string,
): Promise<void> {
  const now = clock.now();
  await transaction
    .insertInto('sign_in.credential')
    .values({
      user_id: userId,
      provider_id: 'credential',
      account_id: userId,
      password: passwordHash,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['provider_id', 'account_id'])
        .doUpdateSet({ password: passwordHash, updated_at: now }),
    )
    .execute();
}

export async function dropSecondFactor(transaction: SignInTransaction, userId: UserId): Promise<void> {
  await transaction.deleteFrom('sign_in.two_factor').where('user_id', '=', userId).execute();
  await transaction
    .updateTable('sign_in.user')
    .set({ two_factor_enabled: false })
    .where('id', '=', userId)
    .execute();
}
