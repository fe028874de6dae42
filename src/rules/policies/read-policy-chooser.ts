import { sql } from 'kysely';
import type { Organisation } from '../../accounts/organisation-context.ts';
import { createPolicyChooser, type DatedPolicy, type PlaceOf } from '../../attendance/choose-policy.ts';
import type { AttendancePolicy } from '../../attendance/evaluate-day.ts';
import type { ConnectionId } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { selectPolicies, toDatedPolicy } from './policies.ts';

type PlacesOf = {
  readonly connectionId: ConnectionId;
  /** Only these people, where only these are asked for. */
  readonly guids?: readonly string[];
};

/** What finds the policy of each day of a connection. People are looked up only where a policy asks where they belong. */
export async function readPolicyChooser(
  transaction: OrganisationTransaction,
  organisation: Organisation,
  people: PlacesOf,
): Promise<AttendancePolicy['policyOf']> {
  const policies = (await selectPolicies(transaction)).map(toDatedPolicy);
  return createPolicyChooser(policies, await readPlaces(transaction, policies, people), organisation.zone);
}

type PlaceRow = {
  guid: string;
  location: string | null;
  keka_location: string | null;
  team_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
  moves: readonly { readonly until: string; readonly team: string | null }[] | null;
};

/** Where people belong by the directory; the place of who is not linked is what Keka says. */
export async function readPlaces(
  transaction: OrganisationTransaction,
  policies: readonly DatedPolicy[],
  { connectionId, guids }: PlacesOf,
): Promise<PlaceOf> {
  if (!policies.some(({ scope }) => scope === 'team' || scope === 'location')) return () => null;
  const { rows } = await sql<PlaceRow>`
    select p.guid, coalesce(e.location, p.location) as location, p.location as keka_location, e.team_id, l.valid_from::text as valid_from,
      l.valid_to::text as valid_to, (
        select json_agg(json_build_object('until', m.last_day, 'team', m.team_id) order by m.last_day)
        from team_move m where m.organisation_id = e.organisation_id and m.employee = e.id) as moves
    from source_person p
    left join person_link l on l.organisation_id = p.organisation_id and l.connection_id = p.connection_id
      and l.source_guid = p.guid
    left join employee e on e.organisation_id = l.organisation_id and e.id = l.employee
    where p.connection_id = ${connectionId}
      ${guids === undefined ? sql`` : sql`and p.guid = any (${guids}::uuid[])`}`.execute(transaction);
  const byGuid = Map.groupBy(rows, ({ guid }) => guid);
  return (guid, date) => {
    const rowsOfPerson = byGuid.get(guid) ?? [];
    // Links that are not limited have dates far away; written out, dates compare as text.
    const row = rowsOfPerson.find((one) => (one.valid_from ?? '') <= date && date <= (one.valid_to ?? '~'));
    if (row === undefined) {
      const [any] = rowsOfPerson;
      return any === undefined ? null : { team: null, location: any.keka_location };
    }
    const move = row.moves?.find(({ until }) => date <= until);
    return { team: move === undefined ? row.team_id : move.team, location: row.location };
  };
}
