import { sql, type Transaction } from 'kysely';
import type { Clock } from '../clock/clock.ts';
import type { Database } from '../db/schema.ts';
import { asOwner, type OrganisationTransaction } from '../db/tenancy.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import type { EncryptionKey, SealingKey } from './sealed-credentials.ts';

/**
 * The key to seal with, in the transaction that stores what is sealed. A rotation waits for the end of that transaction,
 * and finds what it stored. Throws `secrets_unreadable` when this process must not seal.
 */
export async function keyToSealWith(
  transaction: OrganisationTransaction,
  clock: Clock,
  key: EncryptionKey,
): Promise<SealingKey> {
  if (key.fault !== null) throw new HajiriError('secrets_unreadable', key.fault);
  return asOwner(transaction, async () => {
    // Whoever is to change the row waits for the others before holding it: two that held it would wait for each other.
    const seen = await peekAtCurrent(transaction);
    if (seen === null || key.find(seen) === null) await lockKeys(transaction);
    const current = await currentOrFirst(transaction, clock, key);
    const found = key.find(current);
    if (found !== null) return found;
    // Ours is new: the one before was lost, and somebody enters the secrets again.
    if (!(await wasCurrent(transaction, key.id))) {
      await makeCurrent(transaction, clock, key.id, 'settled');
      return key;
    }
    throw new HajiriError(
      'secrets_unreadable',
      'This process has an earlier encryption key than the one in use. Start it with the present one.',
      { details: { currentKeyId: current, presentKeyId: key.id } },
    );
  });
}

async function currentOrFirst(
  transaction: Transaction<Database>,
  clock: Clock,
  key: EncryptionKey,
): Promise<string> {
  const seen = await readCurrent(transaction);
  if (seen !== null) return seen;
  // Somebody may have changed it while we waited for the row, which is not the current one any more then.
  await lockKeys(transaction);
  return (await readCurrent(transaction)) ?? makeCurrent(transaction, clock, key.id, 'settled');
}

async function readCurrent(transaction: Transaction<Database>): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from hajiri_shared.encryption_key where is_current for share`.execute(transaction);
  return rows[0]?.id ?? null;
}

async function peekAtCurrent(transaction: Transaction<Database>): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from hajiri_shared.encryption_key where is_current`.execute(transaction);
  return rows[0]?.id ?? null;
}

async function wasCurrent(transaction: Transaction<Database>, id: string): Promise<boolean> {
  const { rows } = await sql`select from hajiri_shared.encryption_key where id = ${id}`.execute(transaction);
  return rows.length > 0;
}

/** From now on everything is sealed with that key, once all that is being sealed now is stored. Returns its id. */
export async function makeCurrent(
  transaction: Transaction<Database>,
  clock: Clock,
  id: string,
  state: 'settled' | 'rotating',
): Promise<string> {
  await lockKeys(transaction);
  const now = clock.now();
  await sql`update hajiri_shared.encryption_key set is_current = false where is_current and id <> ${id}`.execute(
    transaction,
  );
  await sql`insert into hajiri_shared.encryption_key (id, is_current, current_since, settled_at)
    values (${id}, true, ${now}, ${state === 'settled' ? now : null})
    on conflict (id) do update set is_current = true, current_since = excluded.current_since,
      settled_at = excluded.settled_at`.execute(transaction);
  return id;
}

/** One at a time changes which key is in use. */
export async function lockKeys(transaction: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('hajiri.encryption_key'))`.execute(transaction);
}

export type KeyRecord = {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly since: Temporal.Instant;
  readonly settledAt: Temporal.Instant | null;
};

/** Every key that was in use, the latest first. In a transaction of the owner of the tables. */
export async function readKeyRecords(transaction: Transaction<Database>): Promise<readonly KeyRecord[]> {
  const { rows } = await sql<KeyRecord>`
    select id, is_current as "isCurrent", current_since as since, settled_at as "settledAt"
    from hajiri_shared.encryption_key order by current_since desc, id`.execute(transaction);
  return rows;
}

/** Nothing is sealed with another key any more. False when that key is not the current one any more. */
export async function settle(transaction: Transaction<Database>, clock: Clock, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update hajiri_shared.encryption_key set settled_at = ${clock.now()} where id = ${id} and is_current`.execute(
    transaction,
  );
  return numAffectedRows === 1n;
}

/** For the rest of the transaction that key stays the current one. Throws `not_possible` when it is not. */
export async function holdCurrent(transaction: Transaction<Database>, id: string): Promise<void> {
  if ((await readCurrent(transaction)) === id) return;
  throw new HajiriError('not_possible', 'Somebody has begun to change to another key meanwhile.');
}
