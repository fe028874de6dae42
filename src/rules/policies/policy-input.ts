import { z } from 'zod';
import { policyScopes } from '../../attendance/choose-policy.ts';
import { standardPolicy } from '../../attendance/day-policy.ts';
import type { AttendancePolicyTable } from '../../db/rule-tables.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';

const minutes = (least: number, most: number) =>
  z
    .number('must be a whole number of minutes')
    .int('must be a whole number of minutes')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);

const date = z
  .string('must be a date, YYYY-MM-DD')
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, YYYY-MM-DD')
  .transform((text, issues) => {
    try {
      return Temporal.PlainDate.from(text);
    } catch {
      issues.addIssue({ code: 'custom', message: 'must be a date that exists' });
      return z.NEVER;
    }
  });

const rules = {
  lateGraceMinutes: minutes(0, 720).optional(),
  earlyOutGraceMinutes: minutes(0, 720).optional(),
  fullDayMinutes: minutes(1, 1440).nullable().optional(),
  halfDayMinutes: minutes(1, 1440).nullable().optional(),
  shortSpanMinutes: minutes(0, 720).optional(),
  overtimeAfterMinutes: minutes(0, 1440).nullable().optional(),
};

const draftInput = z.object({
  scope: z.enum(policyScopes, 'must be organisation, location, team or shift').default('organisation'),
  /** A place, the name or id of a team, or a shift. */
  subject: z
    .string('must be text')
    .trim()
    .max(300, 'must have at most 300 characters')
    .nullable()
    .default(null),
  from: date.optional(),
  to: date.nullable().optional(),
  ...rules,
});

const changeInput = z.object({ from: date.optional(), to: date.nullable().optional(), ...rules });

/** The columns of a policy without its number and without who made it. */
export type PolicyColumns = Omit<
  AttendancePolicyTable,
  'organisation_id' | 'number' | 'made_at' | 'made_by' | 'removed_at'
>;

/** What is not given is as in the standard policy; it begins at `today` unless it says when. Throws InvalidInputError. */
export async function parsePolicy(
  transaction: OrganisationTransaction,
  input: unknown,
  today: Temporal.PlainDate,
): Promise<PolicyColumns> {
  const given = parseInput(draftInput, input);
  const columns: PolicyColumns = {
    scope: given.scope,
    subject: await subjectOf(transaction, given.scope, given.subject),
    valid_from: given.from ?? today,
    valid_to: given.to ?? null,
    late_grace_minutes: given.lateGraceMinutes ?? standardPolicy.lateGraceMinutes,
    early_out_grace_minutes: given.earlyOutGraceMinutes ?? standardPolicy.earlyOutGraceMinutes,
    full_day_minutes: given.fullDayMinutes ?? standardPolicy.fullDayMinutes,
    half_day_minutes: given.halfDayMinutes ?? standardPolicy.halfDayMinutes,
    short_span_minutes: given.shortSpanMinutes ?? standardPolicy.shortSpanMinutes,
    overtime_after_minutes:
      given.overtimeAfterMinutes === undefined
        ? standardPolicy.overtimeAfterMinutes
        : given.overtimeAfterMinutes,
  };
  refuseContradictions(columns);
  return columns;
}

/** What is not given stays. Throws InvalidInputError. */
export function parsePolicyChange(before: PolicyColumns, input: unknown): PolicyColumns {
  const given = parseInput(changeInput, input);
  const kept = <Value>(value: Value | undefined, old: Value): Value => (value === undefined ? old : value);
  const columns: PolicyColumns = {
    scope: before.scope,
    subject: before.subject,
    valid_from: kept(given.from, before.valid_from),
    valid_to: kept(given.to, before.valid_to),
    late_grace_minutes: kept(given.lateGraceMinutes, before.late_grace_minutes),
    early_out_grace_minutes: kept(given.earlyOutGraceMinutes, before.early_out_grace_minutes),
    full_day_minutes: kept(given.fullDayMinutes, before.full_day_minutes),
    half_day_minutes: kept(given.halfDayMinutes, before.half_day_minutes),
    short_span_minutes: kept(given.shortSpanMinutes, before.short_span_minutes),
    overtime_after_minutes: kept(given.overtimeAfterMinutes, before.overtime_after_minutes),
  };
  refuseContradictions(columns);
  return columns;
}

function refuseContradictions(columns: PolicyColumns): void {
  const { valid_from: from, valid_to: to, full_day_minutes: full, half_day_minutes: half } = columns;
  const faults = [];
  if (to !== null && Temporal.PlainDate.compare(to, from) < 0)
    faults.push({ field: 'to', reason: 'must not lie before from' });
  if (full !== null && half !== null && half > full)
    faults.push({ field: 'halfDayMinutes', reason: 'must not be more than a full day' });
  if (faults.length > 0) throw new InvalidInputError(faults);
}

async function subjectOf(
  transaction: OrganisationTransaction,
  scope: PolicyColumns['scope'],
  subject: string | null,
): Promise<string | null> {
  const refuse = (reason: string) => new InvalidInputError([{ field: 'subject', reason }]);
  if (scope === 'organisation') {
    if (subject !== null) throw refuse('must be left out for the whole organisation');
    return null;
  }
  if (subject === null || subject === '') throw refuse(`must say which ${scope}`);
  if (scope === 'location') return subject;
  if (scope === 'shift') {
    if (!/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(subject))
      throw refuse('must be a shift as HH:MM-HH:MM, such as 22:00-06:00');
    return subject;
  }
  const teams = await transaction.selectFrom('team').select(['id', 'name']).execute();
  const team = teams.find(({ id, name }) => name === subject || id === subject.toLowerCase());
  if (team === undefined) throw refuse('is no team of the directory');
  return team.id;
}
