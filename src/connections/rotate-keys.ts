import type { Kysely } from 'kysely';
import type { Actor, Origin } from '../accounts/actor.ts';
import { recordAudit } from '../accounts/audit-trail.ts';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { listOrganisations } from '../accounts/organisations.ts';
import { resealSecondFactors } from '../accounts/sign-in/reseal-second-factors.ts';
import type { Clock } from '../clock/clock.ts';
import type { ConnectionId, Database } from '../db/schema.ts';
import { asInstallation, asOwner } from '../db/tenancy.ts';
import { HajiriError, isHajiriError } from '../errors/hajiri-error.ts';
import { holdCurrent, lockKeys, makeCurrent, readKeyRecords, settle } from './current-key.ts';
import { type KeySource, newKeyText } from './encryption-key.ts';
import { putBefore, retireOthers } from './key-file.ts';
import {
  type EncryptionKey,
  openCredentials,
  type SealingKey,
  sealCredentials,
} from './sealed-credentials.ts';

export type RotationTools = {
  readonly kysely: Kysely<Database>;
  readonly clock: Clock;
  readonly key: EncryptionKey;
  readonly source: KeySource;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly signal: AbortSignal;
};

export type Rotation = {
  readonly keyId: string;
  /** `went_on` took up a rotation that was broken off; `nothing_new` found no other key than the present one. */
  readonly outcome: 'rotated' | 'went_on' | 'nothing_new';
  readonly connections: number;
  readonly secondFactors: number;
  /** Secrets that no key opens. They stay as they are. */
  readonly unreadable: number;
  /** The file to which the earlier keys were moved. */
  readonly retiredTo: string | null;
};

const batchSize = 100;

/**
 * Seals every stored secret with a new key while Hajiri runs. The new key is known everywhere before anything is sealed
 * with it, and the earlier one opens what is not done yet; broken off, it goes on where it was. Throws HajiriError.
 */
export async function rotateKeys(tools: RotationTools): Promise<Rotation> {
  authorise(tools, 'manage connections');
  if (tools.key.fault !== null) throw new HajiriError('secrets_unreadable', tools.key.fault);
  const { kysely, clock, signal } = tools;
  const { key, outcome } = await begin(tools);
  const sum = { connections: 0, unreadable: 0 };
  for (const organisation of await listOrganisations(kysely)) {
    const done = await resealConnections({ ...tools, organisation }, tools, key);
    sum.connections += done.resealed;
    sum.unreadable += done.unreadable;
  }
  const others = tools.key.known().filter(({ id }) => id !== key.id);
  const factors = await resealSecondFactors(kysely, [key, ...others], async (transaction) => {
    throwIfStopped(signal);
    await holdCurrent(transaction, key.id);
  });
  const retiredTo = await asInstallation(kysely, async (transaction) => {
    await lockKeys(transaction);
    const isSettled = await settle(transaction, clock, key.id);
    return isSettled && tools.source.kind === 'file' ? retireOthers(tools.source.file) : null;
  });
  return {
    keyId: key.id,
    outcome,
    connections: sum.connections,
    secondFactors: factors.resealed,
    unreadable: sum.unreadable + factors.unreadable,
    retiredTo,
  };
}

/** Decides which key is the new one, and makes it the one to seal with. */
async function begin({
  kysely,
  clock,
  key,
  source,
}: RotationTools): Promise<{ key: SealingKey; outcome: Rotation['outcome'] }> {
  return asInstallation(kysely, async (transaction) => {
    await lockKeys(transaction);
    const current = (await readKeyRecords(transaction)).find(({ isCurrent }) => isCurrent);
    const wasBegun = current !== undefined && current.settledAt === null;
    let [newest] = key.known();
    if (source.kind === 'file' && !wasBegun && (current === undefined || newest?.id === current.id)) {
      await putBefore(source.file, newKeyText());
      [newest] = key.known();
    }
    if (newest === undefined) throw new Error('an installation without a key');
    if (newest.id === current?.id) return { key: newest, outcome: wasBegun ? 'went_on' : 'nothing_new' };
    await makeCurrent(transaction, clock, newest.id, 'rotating');
    return { key: newest, outcome: 'rotated' };
  });
}

async function resealConnections(
  context: OrganisationContext,
  { key: keys, signal }: RotationTools,
  key: SealingKey,
): Promise<{ resealed: number; unreadable: number }> {
  const done = { resealed: 0, unreadable: 0 };
  for (let after: ConnectionId | null = null; ; ) {
    throwIfStopped(signal);
    const last: ConnectionId | null = await inOrganisation(context, async (transaction) => {
      await asOwner(transaction, () => holdCurrent(transaction, key.id));
      let query = transaction
        .selectFrom('connection')
        .select(['id', 'name', 'sealed_credentials as sealed'])
        .where('sealed_credentials', 'not like', `v1.${key.id}.%`)
        .orderBy('id')
        .limit(batchSize)
        // A change of the credentials waits, or is waited for.
        .forUpdate();
      if (after !== null) query = query.where('id', '>', after);
      const rows = await query.execute();
      for (const { id, name, sealed } of rows) {
        const credentials = openOrNull(sealed, keys, id);
        if (credentials === null) {
          done.unreadable += 1;
          continue;
        }
        await transaction
          .updateTable('connection')
          .set({ sealed_credentials: sealCredentials(credentials, key, id) })
          .where('id', '=', id)
          .execute();
        await recordAudit(transaction, context, {
          action: 'encrypted the credentials with another key',
          subject: { kind: 'connection', id, name },
          after: { key: key.id },
        });
        done.resealed += 1;
      }
      return rows.at(-1)?.id ?? null;
    });
    if (last === null) return done;
    after = last;
  }
}

function openOrNull(sealed: string, keys: EncryptionKey, id: ConnectionId) {
  try {
    return openCredentials(sealed, keys, id);
  } catch (error) {
    if (isHajiriError(error, 'secrets_unreadable')) return null;
    throw error;
  }
}

function throwIfStopped(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new HajiriError(
    'interrupted',
    'Stopped. What is done is done; "hajiri keys rotate" goes on with the rest.',
  );
}
