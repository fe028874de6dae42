import { HajiriError, InvalidInputError } from '../../errors/hajiri-error.ts';
import { passwordRules } from './sign-in-rules.ts';
import type { SignInTransaction } from './sign-in-tables.ts';
import { addUser, type User } from './users.ts';
import type { SignInTools } from './visit.ts';

/** What somebody enters who has no account yet. */
export type NewAccount = { readonly name: string; readonly email: string; readonly password: string };

/**
 * Gets a new account ready: its password is hashed before any transaction begins, which takes its time. Somebody who is
 * signed in has an account. `store` throws `account_exists` when the address has one.
 */
export async function makeAccount(
  { clock, signIn }: SignInTools,
  account: (NewAccount & { readonly isVouchedFor: boolean }) | { readonly signedIn: User },
): Promise<{ store(transaction: SignInTransaction): Promise<User> }> {
  if ('signedIn' in account) return { store: async () => account.signedIn };
  const { name, email, password, isVouchedFor } = account;
  const passwordHash = await hashNewPassword({ signIn }, password, { name, email });
  return {
    async store(transaction) {
      const user = await addUser(transaction, clock, { name, email, passwordHash, isVouchedFor });
      if (user !== null) return user;
      throw new HajiriError(
        'account_exists',
        'There is an account with this e-mail address already. Sign in with it first, then open the link again.',
      );
    },
  };
}

/** Throws InvalidInputError for a password that anybody would try first. */
export async function hashNewPassword(
  { signIn }: Pick<SignInTools, 'signIn'>,
  password: string,
  owner: { readonly name: string; readonly email: string },
): Promise<string> {
  const reason = faultOf(password, owner);
  if (reason !== null) throw new InvalidInputError([{ field: 'password', reason }]);
  const { password: hashing } = await signIn.$context;
  return hashing.hash(password);
}

function faultOf(password: string, { name, email }: { name: string; email: string }): string | null {
  const { least, most } = passwordRules;
  if (password.length < least) return `must have at least ${least} characters`;
  if (password.length > most) return `must have at most ${most} characters`;
  const told = password.toLowerCase();
  if (told === email.toLowerCase() || told === name.toLowerCase()) {
    return 'must not be your name or e-mail address';
  }
  if (new Set(told).size < 4) return 'must have at least 4 different characters';
  return null;
}
