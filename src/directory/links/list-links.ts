import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { ConnectionId } from '../../db/schema.ts';
import { type OrganisationTransaction, planForWholeSets } from '../../db/tenancy.ts';
import { unlinkedJoins, unlinkedReason } from '../unlinked-reason.ts';
import { findConnectionOfLinks } from './find-connection.ts';
import { type LinkKind, linkKinds } from './link-kinds.ts';
import {
  type ShownEmployee,
  type ShownPerson,
  shownEmployee,
  shownPerson,
  storedDays,
} from './shown-people.ts';
import { readSuggestions, type Suggestion } from './suggest-links.ts';

export type ListedLink = {
  readonly kind: LinkKind;
  readonly person: ShownPerson | null;
  readonly employee: ShownEmployee | null;
  readonly madeBy: 'key' | 'person' | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Why somebody ignored it. */
  readonly reason: string | null;
  readonly days: number;
  readonly lastDay: string | null;
  readonly suggestions: readonly Suggestion[];
};

export type LinkQuery = {
  readonly kind?: LinkKind | undefined;
  readonly search?: string | undefined;
  readonly offset: number;
  readonly limit: number;
};

/**
 * Everybody whom a connection knows and every employee whom nobody in Keka stands for, with what they are to each other
 * and whom they may be. Throws `not_found`.
 */
export async function listLinks(
  context: OrganisationContext,
  connection: string,
  query: LinkQuery,
): Promise<{ readonly total: number; readonly rows: readonly ListedLink[] }> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    const { id } = await findConnectionOfLinks(transaction, connection);
    await planForWholeSets(transaction);
    const { total, rows } = await readPage(transaction, context, id, query);
    const suggestions = await readSuggestions(transaction, id, {
      people: rows.flatMap(({ kind, person }) =>
        person !== null && mayBeSuggested(kind) ? person.guid : [],
      ),
      employees: rows.flatMap(({ kind, employee }) =>
        employee !== null && mayBeSuggested(kind) ? employee.id : [],
      ),
    });
    return {
      total,
      rows: rows.map((row) =>
        Object.assign(row, {
          suggestions: mayBeSuggested(row.kind)
            ? suggestions.filter(({ person, employee }) =>
                row.person === null ? employee.id === row.employee?.id : person.guid === row.person.guid,
              )
            : [],
        }),
      ),
    };
  });
}

const mayBeSuggested = (kind: LinkKind) => kind !== 'linked' && kind !== 'ignored' && kind !== 'excluded';

/** Everybody and everything with its kind, as `kind`, `guid`, `employee`, `name`. */
function everyKind(connection: ConnectionId, today: Temporal.PlainDate): RawBuilder<unknown> {
  // Whoever left long ago and is not in Keka is nobody's trouble.
  const recently = today.subtract({ days: 90 });
  return sql`
    select case
        when p.excluded_by is not null then 'excluded'
        when l.employee is not null then 'linked'
        when p.ignored_reason is not null then 'ignored'
        else case ${unlinkedReason} when 'ambiguous_match' then 'ambiguous' when 'duplicate_code' then 'two_people'
          when 'employee_already_linked' then 'two_people' else ${unlinkedReason} end end as kind,
      p.guid, l.employee, p.display_name as name, p.employee_number as code, p.email
    from source_person p ${unlinkedJoins}
    where p.connection_id = ${connection}
    union all
    select case when e.excluded_by is not null then 'excluded' when e.ignored_reason is not null then 'ignored'
        when e.employee_id is null then 'no_employee_id' else 'no_source_person' end,
      null, e.id, concat_ws(' ', e.first_name, nullif(e.last_name, '')), e.employee_id, e.email
    from employee e
    left join person_link any_link on any_link.organisation_id = e.organisation_id and any_link.employee = e.id
    where any_link.employee is null and (e.leaving_date is null or e.leaving_date >= ${recently})`;
}

type PageRow = Omit<ListedLink, 'suggestions'> & { readonly total: number };

async function readPage(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  connection: ConnectionId,
  query: LinkQuery,
): Promise<{ readonly total: number; readonly rows: readonly Omit<PageRow, 'total'>[] }> {
  const today = localDay(context.clock.now(), context.organisation.zone);
  const conditions: RawBuilder<SqlBool>[] = [sql`true`];
  if (query.kind !== undefined) conditions.push(sql`kind = ${query.kind}`);
  for (const word of (query.search ?? '').split(/\s+/).filter((part) => part !== '')) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`concat_ws(' ', name, code, email) ilike ${pattern}`);
  }
  const { rows } = await sql<PageRow>`
    with page as (
      select k.*, (count(*) over ())::integer as total from (${everyKind(connection, today)}) k
      where ${sql.join(conditions, sql` and `)}
      order by name nulls last, code nulls last, guid, employee offset ${query.offset} limit ${query.limit}
    )
    select page.total, page.kind, ${shownPerson} as person, ${shownEmployee} as employee, l.made_by as "madeBy",
      nullif(l.valid_from, '0001-01-01')::text as "validFrom", nullif(l.valid_to, '9999-12-31')::text as "validTo",
      coalesce(p.ignored_reason, case when p.guid is null then e.ignored_reason end) as reason,
      coalesce(stored.days, 0) as days, stored.last_day as "lastDay"
    from page
    join connection c on c.id = ${connection}
    left join source_person p on p.connection_id = c.id and p.guid = page.guid
    left join employee e on e.id = page.employee
    left join person_link l on l.connection_id = c.id and l.source_guid = p.guid
    ${storedDays}
    order by page.name nulls last, page.code nulls last, page.guid, page.employee`.execute(transaction);
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) };
}

export type LinkSummary = {
  readonly counts: Readonly<Record<LinkKind, number>>;
  /** How many people have exactly one good suggestion. */
  readonly suggested: number;
  readonly people: {
    readonly readAt: string | null;
    readonly problem: string | null;
    readonly missing: string | null;
  };
};

/** How many there are of each kind, and whether people could be read at all. Throws `not_found`. */
export async function summariseLinks(context: OrganisationContext, connection: string): Promise<LinkSummary> {
  authorise(context, 'manage the directory');
  const today = localDay(context.clock.now(), context.organisation.zone);
  return inOrganisation(context, async (transaction) => {
    const found = await findConnectionOfLinks(transaction, connection);
    await planForWholeSets(transaction);
    const { rows } = await sql<{ kind: LinkKind; count: number }>`
      select kind, count(*)::integer as count from (${everyKind(found.id, today)}) k group by kind`.execute(
      transaction,
    );
    const counted = new Map(rows.map(({ kind, count }) => [kind, count]));
    const suggestions = await readSuggestions(transaction, found.id, { good: true });
    return {
      counts: Object.fromEntries(
        linkKinds.map((kind) => [kind, counted.get(kind) ?? 0]),
      ) as LinkSummary['counts'], // all kinds
      suggested: suggestions.length,
      people: {
        readAt: found.people_read_at?.toString() ?? null,
        problem: found.people_problem,
        missing:
          found.people_problem === null && found.people_read_at !== null
            ? null
            : missingText(found.identification_key),
      },
    };
  });
}

/** What a connection lacks whose key may not read employees. */
function missingText(key: string): string {
  const lost =
    'Names, e-mail addresses, attendance numbers, departments, locations, joining and exit dates of people are not known.';
  return key === 'attendance_number' || key === 'email'
    ? `${lost} Nobody can be linked by the identification key of this connection.`
    : `${lost} People are linked by their ${key === 'guid' ? 'id' : 'employee number'} all the same.`;
}
