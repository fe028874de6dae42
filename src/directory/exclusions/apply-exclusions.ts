import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ExclusionKind } from '../../db/directory-tables.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';

/** A rule as it is compared: `value` is what was typed. */
export type Exclusion = { readonly kind: ExclusionKind; readonly value: string };

/** In a number `*` stands for any characters and `?` for one; capitals make no difference anywhere. */
export const likePattern = sql<string>`replace(replace(
  regexp_replace(lower(r.value), '([\\\\%_])', '\\\\\\1', 'g'), '*', '%'), '?', '_')`;

/** Whether rule `r` catches employee `e`. */
export const catchesEmployee: RawBuilder<SqlBool> = sql`case r.kind
  when 'tag' then exists (select from unnest(e.tags) tag where lower(tag) = lower(r.value))
  when 'location' then lower(e.location) = lower(r.value)
  else lower(e.employee_id) like ${likePattern} end`;

/** Whether rule `r` catches source person `p`. Keka tells no tags. */
export const catchesPerson: RawBuilder<SqlBool> = sql`case r.kind
  when 'tag' then false
  when 'location' then lower(p.location) = lower(r.value)
  else lower(p.employee_number) like ${likePattern} end`;

/**
 * Marks whom the rules catch, and nobody else. Reports read the mark alone. Without rules it costs next to nothing, so it
 * runs with every linking.
 */
export async function applyExclusions(transaction: OrganisationTransaction): Promise<void> {
  const rule = await transaction.selectFrom('exclusion_rule').select('id').limit(1).executeTakeFirst();
  if (rule === undefined) {
    for (const table of ['employee', 'source_person'] as const) {
      await transaction
        .updateTable(table)
        .set({ excluded_by: null })
        .where('excluded_by', 'is not', null)
        .execute();
    }
    return;
  }
  // The oldest rule counts where several catch somebody, so that the mark does not come and go.
  await sql`
    update employee e set excluded_by = caught.id
    from (select e.id as employee, (select r.id from exclusion_rule r where ${catchesEmployee}
      order by r.made_at, r.id limit 1) as id from employee e) caught
    where caught.employee = e.id and e.excluded_by is distinct from caught.id`.execute(transaction);
  await sql`
    update source_person p set excluded_by = caught.id
    from (select p.connection_id, p.guid, (select r.id from exclusion_rule r where ${catchesPerson}
      order by r.made_at, r.id limit 1) as id from source_person p) caught
    where caught.connection_id = p.connection_id and caught.guid = p.guid
      and p.excluded_by is distinct from caught.id`.execute(transaction);
}
