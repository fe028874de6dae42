import { createHash } from 'node:crypto';
import type { ConnectionId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';

/** People of one connection whose data was erased. Keka goes on telling of them, and nothing of it may be stored. */
export type ErasedPeople = {
  /** Under which GUID the days of that person are kept; null for everybody who was not erased. */
  standInOf(guid: string): string | null;
};

export const nobodyErased: ErasedPeople = { standInOf: () => null };

export function hashOfErased(connectionId: ConnectionId, guid: string): Buffer {
  return createHash('sha256').update(`${connectionId}\n${guid.toLowerCase()}`).digest();
}

export async function readErasedPeople(
  transaction: OrganisationTransaction,
  connectionId: ConnectionId,
): Promise<ErasedPeople> {
  const rows = await transaction
    .selectFrom('erased_person')
    .select(['guid_hash', 'stand_in'])
    .where('connection_id', '=', connectionId)
    .execute();
  // Nearly everywhere nobody was, and then nothing is hashed.
  if (rows.length === 0) return nobodyErased;
  const standIns = new Map(rows.map(({ guid_hash, stand_in }) => [guid_hash.toString('hex'), stand_in]));
  return { standInOf: (guid) => standIns.get(hashOfErased(connectionId, guid).toString('hex')) ?? null };
}
