import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/schema.ts';
import { asInstallation } from '../../db/tenancy.ts';
import { type InstallationKey, toSignInSecret } from './sign-in-secret.ts';
import type { SignInTables, SignInTransaction } from './sign-in-tables.ts';

const batchSize = 100;

/** better-auth's own envelope; what does not begin so is not encrypted. */
const envelope = (version: number) => `$ba$${version}$`;

/**
 * Encrypts the secrets of authenticator apps, and recovery codes, with the first of the keys. What none of them opens is
 * left as it is. Loads better-auth.
 */
export async function resealSecondFactors(
  kysely: Kysely<Database>,
  keys: readonly [InstallationKey, ...InstallationKey[]],
  beforeBatch: (transaction: SignInTransaction) => Promise<void> = async () => {},
): Promise<{ readonly resealed: number; readonly unreadable: number }> {
  const secrets = keys.map(toSignInSecret);
  const version = toSignInSecret(keys[0]).version;
  const key = {
    keys: new Map(secrets.map((secret) => [secret.version, secret.value])),
    currentVersion: version,
  };
  const reseal = async (text: string): Promise<string> =>
    text.startsWith('$ba$') && !text.startsWith(envelope(version))
      ? symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data: text }) })
      : text;
  const done = { resealed: 0, unreadable: 0 };
  for (let after: string | null = null; ; ) {
    const last: string | null = await asInstallation(kysely, async (transaction) => {
      const factors = transaction.$extendTables<SignInTables>();
      await beforeBatch(factors);
      let query = factors
        .selectFrom('sign_in.two_factor')
        .select(['id', 'secret', 'backup_codes'])
        .where((where) =>
          where.or([
            where('secret', 'not like', `${envelope(version)}%`),
            where('backup_codes', 'not like', `${envelope(version)}%`),
          ]),
        )
        .orderBy('id')
        .limit(batchSize)
        .forUpdate();
      if (after !== null) query = query.where('id', '>', after);
      const rows = await query.execute();
      for (const { id, ...row } of rows) {
        const sealed = await Promise.all([reseal(row.secret), reseal(row.backup_codes)]).catch(() => null);
        if (sealed === null) {
          done.unreadable += 1;
          continue;
        }
        const [secret, backup_codes] = sealed;
        if (secret === row.secret && backup_codes === row.backup_codes) continue;
        await factors
          .updateTable('sign_in.two_factor')
          .set({ secret, backup_codes })
          .where('id', '=', id)
          .execute();
        done.resealed += 1;
      }
      return rows.at(-1)?.id ?? null;
    });
    if (last === null) return done;
    after = last;
  }
}
