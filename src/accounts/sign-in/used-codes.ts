import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { UserId } from '../../db/schema.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { AttemptTools } from './limit-attempts.ts';
import type { SignInTransaction } from './sign-in-tables.ts';

/** A code is good for the half minute of its own and one before and after. */
export const codeMinutes = 3;

/**
 * A code of an authenticator app is taken once: whoever watched it being typed cannot use it, too. Of two who send the
 * same code at the same time, one is refused. Throws `second_factor_refused`, and what came before is undone.
 */
export async function useCode(
  { clock, attemptKey }: Pick<AttemptTools, 'clock' | 'attemptKey'>,
  transaction: SignInTransaction,
  userId: UserId,
  code: string,
): Promise<void> {
  const now = clock.now();
  const hash = createHmac('sha256', attemptKey).update(`code\n${userId}\n${code}`).digest();
  const { rows } = await sql`
    insert into sign_in.used_code as u (user_id, code, used_at)
    values (${userId}, ${hash}, ${now}::timestamptz)
    on conflict (user_id, code) do update set used_at = excluded.used_at
      where u.used_at < ${now.subtract({ minutes: codeMinutes })}::timestamptz
    returning user_id`.execute(transaction);
  if (rows.length === 0) throw codeRefused();
}

export function codeRefused(): HajiriError {
  return new HajiriError('second_factor_refused', 'This code is not right, or was used already.');
}
