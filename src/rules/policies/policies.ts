import { type AuditedValues } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { DatedPolicy, PolicyScope } from '../../attendance/choose-policy.ts';
import type { DayPolicy } from '../../attendance/day-policy.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';

/** What an organisation asks of a day, for whom and from when to when. Dates are inclusive. */
export type Policy = Omit<DayPolicy, 'id'> & {
  readonly number: number;
  readonly scope: PolicyScope;
  /** What it is stored with: the name of a place, the id of a team, a shift as `HH:MM-HH:MM`. */
  readonly subject: string | null;
  /** What a person calls it; of a team its name. */
  readonly name: string | null;
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate | null;
  readonly madeAt: Temporal.Instant;
  readonly madeBy: string;
};

/** Everything that is in force at some time, the wider scopes first, and the older ones first. */
export async function listPolicies(context: OrganisationContext): Promise<readonly Policy[]> {
  authorise(context, 'read runs');
  return inOrganisation(context, selectPolicies);
}

/** Throws `not_found`. */
export async function findPolicy(transaction: OrganisationTransaction, number: number): Promise<Policy> {
  const found = (await selectPolicies(transaction)).find((policy) => policy.number === number);
  if (found === undefined) throw new HajiriError('not_found', `There is no attendance policy ${number}.`);
  return found;
}

export async function selectPolicies(transaction: OrganisationTransaction): Promise<readonly Policy[]> {
  const rows = await transaction
    .selectFrom('attendance_policy as p')
    .leftJoin('team as t', (join) =>
      join
        .onRef('t.organisation_id', '=', 'p.organisation_id')
        .on('p.scope', '=', 'team')
        .on((on) => on(on.cast<string>('t.id', 'text'), '=', on.ref('p.subject'))),
    )
    .selectAll('p')
    .select('t.name as team_name')
    .where('p.removed_at', 'is', null)
    .orderBy('p.scope')
    .orderBy('p.subject')
    .orderBy('p.valid_from')
    .execute();
  return rows.map((row) => ({
    number: row.number,
    scope: row.scope,
    subject: row.subject,
    name: row.scope === 'team' ? (row.team_name ?? 'a team that is no more') : row.subject,
    from: row.valid_from,
    to: row.valid_to,
    lateGraceMinutes: row.late_grace_minutes,
    earlyOutGraceMinutes: row.early_out_grace_minutes,
    fullDayMinutes: row.full_day_minutes,
    halfDayMinutes: row.half_day_minutes,
    shortSpanMinutes: row.short_span_minutes,
    overtimeAfterMinutes: row.overtime_after_minutes,
    madeAt: row.made_at,
    madeBy: row.made_by,
  }));
}

export function toDatedPolicy(policy: Omit<Policy, 'name' | 'madeAt' | 'madeBy'>): DatedPolicy {
  const { number, scope, subject, from, to, ...rules } = policy;
  return {
    rules: {
      id: number,
      lateGraceMinutes: rules.lateGraceMinutes,
      earlyOutGraceMinutes: rules.earlyOutGraceMinutes,
      fullDayMinutes: rules.fullDayMinutes,
      halfDayMinutes: rules.halfDayMinutes,
      shortSpanMinutes: rules.shortSpanMinutes,
      overtimeAfterMinutes: rules.overtimeAfterMinutes,
    },
    scope,
    subject,
    from: from.toString(),
    to: to?.toString() ?? null,
  };
}

/** As the audit trail writes it down. */
export function auditedPolicy(policy: Policy): AuditedValues {
  const { number: _number, subject: _subject, from, to, madeAt: _at, madeBy: _by, ...rest } = policy;
  return { ...rest, from: from.toString(), to: to?.toString() ?? null };
}
