import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { actorName, recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { LinkState } from '../../db/directory-tables.ts';
import type { EmployeeRef } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { type InputFault, InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { isDate } from '../employee-fields.ts';
import { linkPeople, lockLinks } from '../link-people.ts';
import { beginning, end } from '../open-dates.ts';
import { findConnectionOfLinks } from './find-connection.ts';
import {
  isSameState,
  type LinkScope,
  type LinkSubject,
  readLinkState,
  writeLinkState,
} from './link-state.ts';
import {
  type ShownEmployee,
  type ShownPerson,
  shownEmployeeOf,
  shownPerson,
  storedDays,
} from './shown-people.ts';

const guid = z.uuid("must be Keka's id of a person").transform((text) => text.toLowerCase());
const employee = z
  .uuid('must be the id of an employee')
  .transform((text) => text.toLowerCase() as EmployeeRef); // looked up below
const date = z.string().refine(isDate, 'must be a date that exists, written YYYY-MM-DD').nullable();
const reason = z
  .string('must be given')
  .trim()
  .min(1, 'must not be empty')
  .max(500, 'must have at most 500 characters');
const decisions = z.object({
  decisions: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('link'),
          person: guid,
          employee,
          validFrom: date.optional(),
          validTo: date.optional(),
          allowSecond: z.boolean().optional(),
        }),
        z.object({ kind: z.literal('unlink'), person: guid, reason: reason.optional() }),
        z.object({ kind: z.literal('ignore_person'), person: guid, reason }),
        z.object({ kind: z.literal('ignore_employee'), employee, reason }),
        z.object({ kind: z.literal('restore'), person: guid.optional(), employee: employee.optional() }),
      ]),
    )
    .min(1, 'must not be empty')
    .max(5000, 'are too many'),
});
type Decision = z.output<typeof decisions>['decisions'][number];

export type LinkEffect = {
  readonly person: ShownPerson | null;
  readonly from: ShownEmployee | null;
  readonly to: ShownEmployee | null;
  /** Stored days that go to the other employee in every report. */
  readonly days: number;
};

export type Decided = { readonly batch: string | null; readonly effects: readonly LinkEffect[] };

/** Leaves the transaction so that it is rolled back, with what would have happened. */
class OnlyLooked extends Error {
  readonly decided: Decided;
  constructor(decided: Decided) {
    super('only a preview');
    this.decided = decided;
  }
}

/** What decisions would do; they are made and taken back. Throws as `decideLinks` does. */
export async function previewDecisions(
  context: OrganisationContext,
  connection: string,
  input: unknown,
): Promise<Decided> {
  try {
    return await decide(context, connection, input, true);
  } catch (error) {
    if (error instanceof OnlyLooked) return error.decided;
    throw error;
  }
}

/**
 * Makes decisions about links: all of them or none. History follows at once in every report. Throws InvalidInputError
 * with every decision that is not possible, and `not_found`.
 */
export function decideLinks(
  context: OrganisationContext,
  connection: string,
  input: unknown,
): Promise<Decided> {
  return decide(context, connection, input, false);
}

async function decide(
  context: OrganisationContext,
  connection: string,
  input: unknown,
  isPreview: boolean,
): Promise<Decided> {
  authorise(context, 'manage the directory');
  const wanted = parseInput(decisions, input).decisions;
  return inOrganisation(context, async (transaction) => {
    const found = await findConnectionOfLinks(transaction, connection);
    const scope = { organisation: context.organisation.id, connection: found.id };
    await lockLinks(transaction, context.organisation.id);
    const batch = randomUUID();
    const faults: InputFault[] = [];
    const made: Made[] = [];
    for (const [index, decision] of wanted.entries()) {
      const outcome = await makeOne(transaction, context, scope, decision);
      if (!('after' in outcome)) faults.push({ field: `decisions.${index}`, reason: outcome.reason });
      else made.push(outcome);
    }
    if (faults.length > 0) throw new InvalidInputError(faults);
    const effects = await readEffects(transaction, scope, made);
    if (isPreview) throw new OnlyLooked({ batch: null, effects });
    await keepDecisions(transaction, context, scope, batch, made);
    // Whoever was restored may be linked by the key again.
    if (made.some(({ kind }) => kind === 'restore'))
      await linkPeople(transaction, found.id, context.clock.now());
    await recordAudit(transaction, context, {
      action: 'decided about links',
      subject: { kind: 'connection', id: found.id, name: found.name },
      after: { batch, decisions: made.length, kinds: [...new Set(made.map(({ kind }) => kind))] },
    });
    return { batch, effects };
  });
}

type Made = {
  readonly kind: 'link' | 'unlink' | 'ignore' | 'restore';
  readonly subject: LinkSubject;
  readonly reason: string | null;
  readonly before: LinkState;
  readonly after: LinkState;
};

async function makeOne(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  scope: LinkScope,
  decision: Decision,
): Promise<Made | { readonly reason: string }> {
  const subject = subjectOf(decision);
  if (subject === null) return { reason: 'must name a person or an employee' };
  const before = await readLinkState(transaction, scope, subject);
  if (before === null) {
    return { reason: subject.guid === undefined ? 'names nobody in the directory' : 'names nobody in Keka' };
  }
  const planned = await plan(transaction, context, scope, decision, before);
  if (!('after' in planned)) return planned;
  if (isSameState(before, planned.after)) return { reason: 'is so already' };
  await writeLinkState(transaction, scope, subject, planned.after);
  const kind =
    decision.kind === 'ignore_person' || decision.kind === 'ignore_employee' ? 'ignore' : decision.kind;
  return {
    kind,
    subject,
    reason: 'reason' in decision ? (decision.reason ?? null) : null,
    before,
    after: planned.after,
  };
}

function subjectOf(decision: Decision): LinkSubject | null {
  if (decision.kind === 'ignore_employee') return { employee: decision.employee };
  if (decision.person !== undefined) return { guid: decision.person };
  return decision.kind === 'restore' && decision.employee !== undefined
    ? { employee: decision.employee }
    : null;
}

async function plan(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  scope: LinkScope,
  decision: Decision,
  before: LinkState,
): Promise<{ readonly after: LinkState } | { readonly reason: string }> {
  switch (decision.kind) {
    case 'unlink':
      if (before.employee === null) return { reason: 'names somebody who is not linked' };
      return { after: { employee: null, held: true, ignoredReason: null } };
    case 'ignore_person':
      if (before.employee !== null)
        return { reason: 'names somebody who is linked; take the link away first' };
      return { after: { ...before, ignoredReason: decision.reason } };
    case 'ignore_employee':
      return { after: { ignoredReason: decision.reason } };
    case 'restore':
      return { after: { ...before, held: false, ignoredReason: null } };
    case 'link':
      return planLink(transaction, context, scope, decision);
  }
}

async function planLink(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  { connection }: LinkScope,
  decision: Extract<Decision, { kind: 'link' }>,
): Promise<{ readonly after: LinkState } | { readonly reason: string }> {
  const validFrom = decision.validFrom ?? beginning.toString();
  const validTo = decision.validTo ?? end.toString();
  if (validTo < validFrom) return { reason: 'would end before it begins' };
  const { rows } = await sql<{ known: boolean; second: boolean }>`
    select exists (select from employee where id = ${decision.employee}) as known,
      exists (select from person_link l where l.connection_id = ${connection} and l.employee = ${decision.employee}
        and l.source_guid <> ${decision.person} and l.valid_from <= ${validTo} and l.valid_to >= ${validFrom}) as second`.execute(
    transaction,
  );
  if (rows[0]?.known !== true) return { reason: 'names an employee who is not in the directory' };
  if (rows[0].second && decision.allowSecond !== true) {
    return { reason: 'would give the employee a second person for the same days; say so, or give dates' };
  }
  return {
    after: {
      employee: decision.employee,
      validFrom,
      validTo,
      madeBy: 'person',
      madeAt: context.clock.now().toString(),
      held: false,
      ignoredReason: null,
    },
  };
}

async function keepDecisions(
  transaction: OrganisationTransaction,
  context: OrganisationContext,
  { organisation, connection }: LinkScope,
  batch: string,
  made: readonly Made[],
): Promise<void> {
  await transaction
    .insertInto('link_decision')
    .values(
      made.map(({ kind, subject, reason, before, after }) => ({
        organisation_id: organisation,
        batch,
        at: context.clock.now(),
        actor_kind: context.actor.kind,
        actor_name: actorName(context.actor),
        kind,
        connection_id: connection,
        source_guid: subject.guid ?? null,
        employee:
          subject.employee ?? (kind === 'link' ? ((after.employee ?? null) as EmployeeRef | null) : null), // it was one when it was planned
        reason,
        before: JSON.stringify(before),
        after: JSON.stringify(after),
      })),
    )
    .execute();
}

async function readEffects(
  transaction: OrganisationTransaction,
  { connection }: LinkScope,
  made: readonly Made[],
): Promise<readonly LinkEffect[]> {
  const { rows } = await sql<LinkEffect>`
    select ${shownPerson} as person, ${shownEmployeeOf('f')} as from, ${shownEmployeeOf('t')} as to,
      coalesce(stored.days, 0) as days
    from unnest(${made.map(({ subject }) => subject.guid ?? null)}::uuid[],
      ${made.map(({ before }) => before.employee ?? null)}::uuid[],
      ${made.map(({ subject, after }) => after.employee ?? subject.employee ?? null)}::uuid[])
      with ordinality as m (guid, before, after, position)
    join connection c on c.id = ${connection}
    left join source_person p on p.connection_id = c.id and p.guid = m.guid
    left join employee f on f.id = m.before
    left join employee t on t.id = m.after
    ${storedDays}
    order by m.position`.execute(transaction);
  return rows;
}
