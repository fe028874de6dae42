import { sql } from 'kysely';
import { authorise } from '../accounts/authorise.ts';
import { inOrganisation } from '../accounts/organisation-context.ts';
import { listOrganisations } from '../accounts/organisations.ts';
import { asInstallation } from '../db/tenancy.ts';
import { readKeyRecords } from './current-key.ts';
import type { RotationTools } from './rotate-keys.ts';

/** One key by its name; never the key itself. */
export type KeyUse = {
  readonly id: string;
  /** Whether what is sealed now is sealed with it. */
  readonly isCurrent: boolean;
  /** Whether this process has it. */
  readonly isPresent: boolean;
  readonly since: Temporal.Instant | null;
  /** Whether a rotation to it was begun and is not over. */
  readonly isRotating: boolean;
  /** How many connections have their secrets sealed with it. */
  readonly connections: number;
};

/** Every key that was in use, that this process has, or that something is sealed with; the current one first. */
export async function listKeys(tools: Omit<RotationTools, 'signal'>): Promise<readonly KeyUse[]> {
  authorise(tools, 'read connections');
  const { kysely, key } = tools;
  const records = await asInstallation(kysely, readKeyRecords);
  const counts = new Map<string, number>();
  for (const organisation of await listOrganisations(kysely)) {
    const rows = await inOrganisation({ ...tools, organisation }, (transaction) =>
      transaction
        .selectFrom('connection')
        .select([
          sql<string>`split_part(sealed_credentials, '.', 2)`.as('id'),
          sql<number>`count(*)::integer`.as('count'),
        ])
        .groupBy(sql`1`)
        .execute(),
    );
    for (const { id, count } of rows) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  const present = new Set(key.fault === null ? key.known().map(({ id }) => id) : []);
  const ids = new Set([...records.map(({ id }) => id), ...present, ...counts.keys()]);
  return [...ids]
    .map((id) => {
      const record = records.find((one) => one.id === id);
      return {
        id,
        isCurrent: record?.isCurrent ?? false,
        isPresent: present.has(id),
        since: record?.since ?? null,
        isRotating: record !== undefined && record.isCurrent && record.settledAt === null,
        connections: counts.get(id) ?? 0,
      };
    })
    .toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}
