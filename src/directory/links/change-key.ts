import { sql } from 'kysely';
import { recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { ConnectionId, IdentificationKey } from '../../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { employedTogether, keyColumn, keyMayLink, lockLinks } from '../link-people.ts';
import type { LinkEffect } from './decide-links.ts';
import { findConnectionOfLinks } from './find-connection.ts';
import { shownEmployeeOf, shownPerson, storedDays } from './shown-people.ts';

export type KeyChangeCounts = {
  readonly linked: number;
  readonly unlinked: number;
  readonly moved: number;
  readonly same: number;
  /** Linked by hand: they stay, whatever the key. */
  readonly byHand: number;
};

export type KeyChange = {
  readonly key: IdentificationKey;
  readonly counts: KeyChangeCounts;
  readonly rows: readonly (LinkEffect & { readonly change: 'linked' | 'unlinked' | 'moved' })[];
};

/**
 * Every link that the key made, beside the one that another key would make: `guid`, `before`, `after`. People are told
 * apart as when they are linked for the first time; links by hand stay, and their employees get nobody else.
 */
const differences = (connection: ConnectionId, key: IdentificationKey) => sql`
  with by_hand as materialized (
    select source_guid, employee from person_link where connection_id = ${connection} and made_by = 'person'
  ), pair as (
    select p.guid, e.id as employee,
      count(*) over (partition by p.guid) as employees, count(*) over (partition by e.id) as people
    from source_person p
    join employee e on e.organisation_id = p.organisation_id and e.match_key = ${keyColumn(key)}
    where p.connection_id = ${connection} and ${keyMayLink} and ${employedTogether}
      and p.guid not in (select source_guid from by_hand) and e.id not in (select employee from by_hand)
  ), former as (
    select source_guid, employee from person_link where connection_id = ${connection} and made_by = 'key'
  ), later as (
    select guid, employee from pair where employees = 1 and people = 1
  ), difference as (
    select coalesce(later.guid, former.source_guid) as guid, former.employee as before, later.employee as after
    from former full join later on later.guid = former.source_guid
  )`;

const isDifferent = sql`before is distinct from after`;

/** Who would be linked, unlinked or moved by another identification key; nothing is changed. Throws `not_found`. */
export async function previewKeyChange(
  context: OrganisationContext,
  connection: string,
  key: IdentificationKey,
  { limit }: { readonly limit: number },
): Promise<KeyChange> {
  authorise(context, 'manage connections');
  return inOrganisation(context, async (transaction) => {
    const { id } = await findConnectionOfLinks(transaction, connection);
    await planForWholeSets(transaction);
    const counts = await countDifferences(transaction, id, key);
    const { rows } = await sql<KeyChange['rows'][number]>`
      ${differences(id, key)}, page as (
        select * from difference where ${isDifferent} order by guid limit ${limit}
      )
      select case when page.before is null then 'linked' when page.after is null then 'unlinked' else 'moved' end
          as change,
        ${shownPerson} as person, ${shownEmployeeOf('f')} as from, ${shownEmployeeOf('t')} as to,
        coalesce(stored.days, 0) as days
      from page
      join connection c on c.id = ${id}
      join source_person p on p.connection_id = c.id and p.guid = page.guid
      left join employee f on f.id = page.before
      left join employee t on t.id = page.after
      ${storedDays}
      order by p.display_name nulls last, p.guid`.execute(transaction);
    return { key, counts, rows };
  });
}

/**
 * Another identification key, with the links that follow from it; history follows at once. Throws `not_possible` when
 * `expected` is no longer what would happen, and `not_found`.
 */
export async function changeKey(
  context: OrganisationContext,
  connection: string,
  key: IdentificationKey,
  expected: Pick<KeyChangeCounts, 'linked' | 'unlinked' | 'moved'> | null,
): Promise<KeyChangeCounts> {
  authorise(context, 'manage connections');
  return inOrganisation(context, async (transaction) => {
    const found = await findConnectionOfLinks(transaction, connection);
    await planForWholeSets(transaction);
    await lockLinks(transaction, context.organisation.id);
    if (expected !== null) {
      const counts = await countDifferences(transaction, found.id, key);
      if (
        counts.linked !== expected.linked ||
        counts.unlinked !== expected.unlinked ||
        counts.moved !== expected.moved
      ) {
        throw new HajiriError(
          'not_possible',
          'The directory or Keka has changed since the preview. Look again.',
        );
      }
    }
    await transaction
      .updateTable('connection')
      .set({ identification_key: key })
      .where('id', '=', found.id)
      .execute();
    const counts = await relinkAll(transaction, found.id, key, context.clock.now());
    await recordAudit(transaction, context, {
      action: 'changed the identification key',
      subject: { kind: 'connection', id: found.id, name: found.name },
      before: { identificationKey: found.identification_key },
      after: { identificationKey: key, ...counts },
    });
    return counts;
  });
}

/** Compares everybody anew by a key and writes the links that differ, and no other. */
export async function relinkAll(
  transaction: OrganisationTransaction,
  connection: ConnectionId,
  key: IdentificationKey,
  now: Temporal.Instant,
): Promise<KeyChangeCounts> {
  const { rows } = await sql<KeyChangeCounts>`
    ${differences(connection, key)}, gone as (
      delete from person_link l using difference d
      where l.connection_id = ${connection} and l.source_guid = d.guid and d.before is not null and d.after is null
    ), moved as (
      update person_link l set employee = d.after, made_at = ${now}, valid_from = default, valid_to = default
      from difference d
      where l.connection_id = ${connection} and l.source_guid = d.guid and d.before <> d.after
    ), made as (
      insert into person_link (organisation_id, connection_id, source_guid, employee, made_by, made_at)
      select current_organisation(), ${connection}, guid, after, 'key', ${now} from difference where before is null
    )
    ${counted(connection)}`.execute(transaction);
  return rows[0] ?? nothing;
}

const nothing: KeyChangeCounts = { linked: 0, unlinked: 0, moved: 0, same: 0, byHand: 0 };

const counted = (connection: ConnectionId) => sql`
  select (count(*) filter (where before is null))::integer as linked,
    (count(*) filter (where after is null))::integer as unlinked,
    (count(*) filter (where before <> after))::integer as moved,
    (count(*) filter (where before = after))::integer as same,
    (select count(*) from person_link where connection_id = ${connection} and made_by = 'person')::integer as "byHand"
  from difference`;

async function countDifferences(
  transaction: OrganisationTransaction,
  connection: ConnectionId,
  key: IdentificationKey,
): Promise<KeyChangeCounts> {
  const { rows } = await sql<KeyChangeCounts>`${differences(connection, key)} ${counted(connection)}`.execute(
    transaction,
  );
  return rows[0] ?? nothing;
}
