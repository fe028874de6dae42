import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { countAttempt } from '../sign-in/limit-attempts.ts';
import type { User } from '../sign-in/users.ts';
import type { SignInTools } from '../sign-in/visit.ts';

/**
 * Whoever finds an open browser is not let at the password and the second factor: these ask for the password again.
 * Guessing at it is limited like a sign-in. Throws `too_many_attempts`.
 */
export function countOwnPassword(tools: SignInTools, user: User): ReturnType<typeof countAttempt> {
  return countAttempt(tools, [{ kind: 'own password', of: user.id, most: 10, cleared: true }]);
}

export function notYourPassword(field = 'password'): InvalidInputError {
  return new InvalidInputError([{ field, reason: 'is not your password' }]);
}
