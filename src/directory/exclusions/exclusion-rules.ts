import { sql } from 'kysely';
import { z } from 'zod';
import { actorName, recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError, InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { linkAllConnections } from '../link-people.ts';
import { catchesEmployee, catchesPerson, type Exclusion } from './apply-exclusions.ts';

/** Whom a rule catches: how many employees, how many people in Keka, and the first few by name. */
export type Caught = {
  readonly employees: number;
  readonly people: number;
  readonly examples: readonly string[];
};

export type ExclusionRule = Exclusion & {
  readonly id: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly caught: Caught;
};

const exclusionInput = z.object({
  kind: z.enum(['tag', 'number', 'location'], 'must be tag, number or location'),
  value: z
    .string('must be given')
    .trim()
    .min(1, 'must not be empty')
    .max(300, 'must have at most 300 characters')
    .refine((value) => /[^*?]/.test(value), 'would catch everybody'),
});

export async function listExclusions(context: OrganisationContext): Promise<readonly ExclusionRule[]> {
  authorise(context, 'manage the directory');
  return inOrganisation(context, async (transaction) => {
    const rules = await transaction
      .selectFrom('exclusion_rule')
      .selectAll()
      .orderBy('made_at')
      .orderBy('id')
      .execute();
    const listed: ExclusionRule[] = [];
    for (const { id, kind, value, made_at: madeAt, made_by: madeBy } of rules) {
      const caught = await countCaught(transaction, { kind, value });
      listed.push({ id, kind, value, madeAt: madeAt.toString(), madeBy, caught });
    }
    return listed;
  });
}

/** Whom a rule would catch now. Throws InvalidInputError. */
export async function previewExclusion(context: OrganisationContext, input: unknown): Promise<Caught> {
  authorise(context, 'manage the directory');
  const rule = parseInput(exclusionInput, input);
  return inOrganisation(context, (transaction) => countCaught(transaction, rule));
}

/** From now on, whoever it catches is in no report and in no list of troubles. Throws InvalidInputError. */
export async function addExclusion(context: OrganisationContext, input: unknown): Promise<void> {
  authorise(context, 'manage the directory');
  const rule = parseInput(exclusionInput, input);
  await inOrganisation(context, async (transaction) => {
    const now = context.clock.now();
    const made = await transaction
      .insertInto('exclusion_rule')
      .values({
        organisation_id: context.organisation.id,
        ...rule,
        made_at: now,
        made_by: actorName(context.actor),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made === undefined)
      throw new InvalidInputError([{ field: 'value', reason: 'has such a rule already' }]);
    // Marks whom it catches; linking goes by the marks.
    await linkAllConnections(transaction, now);
    await recordAudit(transaction, context, {
      action: 'added the exclusion rule',
      subject: { kind: 'exclusion rule', id: made.id, name: `${rule.kind} ${rule.value}` },
      after: rule,
    });
  });
}

/** Throws `not_found`. */
export async function removeExclusion(context: OrganisationContext, id: string): Promise<void> {
  authorise(context, 'manage the directory');
  await inOrganisation(context, async (transaction) => {
    const removed = await transaction
      .deleteFrom('exclusion_rule')
      .where((where) => where(where.cast('id', 'text'), '=', id.toLowerCase()))
      .returning(['kind', 'value'])
      .executeTakeFirst();
    if (removed === undefined) throw new HajiriError('not_found', `There is no rule ${id.slice(0, 60)}.`);
    await linkAllConnections(transaction, context.clock.now());
    await recordAudit(transaction, context, {
      action: 'removed the exclusion rule',
      subject: { kind: 'exclusion rule', id, name: `${removed.kind} ${removed.value}` },
      before: removed,
    });
  });
}

const exampleCount = 5;

async function countCaught(transaction: OrganisationTransaction, rule: Exclusion): Promise<Caught> {
  const r = sql`(select ${rule.kind}::text as kind, ${rule.value}::text as value) r`;
  const { rows } = await sql<{ kind: 'employees' | 'people'; count: number; names: string[] }>`
    select 'employees' as kind, count(*)::integer as count,
      coalesce((array_agg(concat_ws(' ', e.first_name, nullif(e.last_name, '')) order by e.first_name, e.id))
        [1:${sql.raw(String(exampleCount))}], '{}') as names
    from employee e, ${r} where ${catchesEmployee}
    union all
    select 'people', count(*)::integer, coalesce((array_agg(p.display_name order by p.display_name, p.guid)
      filter (where p.display_name is not null))[1:${sql.raw(String(exampleCount))}], '{}')
    from source_person p, ${r} where ${catchesPerson}`.execute(transaction);
  const of = (kind: 'employees' | 'people') => rows.find((row) => row.kind === kind);
  const names = [...(of('employees')?.names ?? []), ...(of('people')?.names ?? [])];
  return {
    employees: of('employees')?.count ?? 0,
    people: of('people')?.count ?? 0,
    examples: [...new Set(names)].slice(0, exampleCount),
  };
}
