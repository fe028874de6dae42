import { z } from 'zod';
import { actorName, recordAudit } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import { localDay } from '../../attendance/local-time.ts';
import type { DayNoteTable } from '../../db/rule-tables.ts';
import type { ConnectionId, EmployeeRef } from '../../db/schema.ts';
import type { OrganisationTransaction } from '../../db/tenancy.ts';
import { HajiriError, InvalidInputError } from '../../errors/hajiri-error.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { monthOf, readLockedMonths } from '../locks/locked-months.ts';

/** What a company may say that a day was. */
export const notedStatuses = ['present', 'half_day', 'absent', 'on_leave', 'weekly_off', 'holiday'] as const;

const whose = {
  date: z.iso.date('must be a date, YYYY-MM-DD'),
  /** The Employee ID or our own id. */
  employee: z.string('must be text').trim().min(1, 'must not be empty').max(300).optional(),
  /** Somebody in Keka who is linked with nobody. */
  connectionId: z.uuid('must be the id of a connection').optional(),
  sourceGuid: z.uuid('must be an id of Keka').optional(),
};
const noteInput = z.object({
  ...whose,
  status: z
    .enum(notedStatuses, `must be one of ${notedStatuses.join(', ')}`)
    .nullable()
    .default(null),
  note: z.string('must say why').trim().min(1, 'must say why').max(1000, 'must have at most 1000 characters'),
});
const whoseInput = z.object(whose);

type Whose = Pick<DayNoteTable, 'employee' | 'connection_id' | 'source_guid'> & {
  readonly date: Temporal.PlainDate;
};

export type DayNote = {
  readonly status: DayNoteTable['status'];
  readonly note: string;
  readonly madeBy: string;
  readonly madeAt: string;
};

/**
 * Says something of a day beside Keka: a note, or with a status what the day counts as in every report. No fetch changes
 * it. An earlier one of the same day ends and is kept. Throws InvalidInputError, `not_found`, `not_possible` (the month is
 * locked).
 */
export async function noteDay(context: OrganisationContext, input: unknown): Promise<DayNote> {
  authorise(context, 'correct attendance');
  const given = parseInput(noteInput, input);
  const { organisation, clock, actor } = context;
  return inOrganisation(context, async (transaction) => {
    const day = await findDay(transaction, context, given);
    const before = await endNote(transaction, context, day);
    const made = {
      status: given.status,
      note: given.note,
      made_at: clock.now(),
      made_by: actorName(actor),
    };
    await transaction
      .insertInto('day_note')
      .values({ organisation_id: organisation.id, ...day, ...made, ended_at: null })
      .execute();
    await recordAudit(transaction, context, {
      action: 'noted on a day',
      subject: subjectOf(day),
      before: { status: before?.status ?? null },
      // The words stand with the day, and go with the person.
      after: { date: day.date.toString(), status: given.status },
    });
    return { status: made.status, note: made.note, madeBy: made.made_by, madeAt: made.made_at.toString() };
  });
}

/** The day is again what its record says. Throws InvalidInputError, `not_found`, `not_possible`. */
export async function endDayNote(context: OrganisationContext, input: unknown): Promise<void> {
  authorise(context, 'correct attendance');
  const given = parseInput(whoseInput, input);
  await inOrganisation(context, async (transaction) => {
    const day = await findDay(transaction, context, given);
    const before = await endNote(transaction, context, day);
    if (before === null) throw new HajiriError('not_found', 'There is no note on this day.');
    await recordAudit(transaction, context, {
      action: 'took a note on a day back',
      subject: subjectOf(day),
      before: { date: day.date.toString(), status: before.status },
    });
  });
}

/** By id alone: what the trail says must not have to be erased. */
function subjectOf({ employee, source_guid }: Whose) {
  return employee === null
    ? { kind: 'source person', id: source_guid, name: null }
    : { kind: 'employee', id: employee, name: null };
}

async function findDay(
  transaction: OrganisationTransaction,
  { organisation, clock }: OrganisationContext,
  given: z.output<typeof whoseInput>,
): Promise<Whose> {
  const date = Temporal.PlainDate.from(given.date);
  if (Temporal.PlainDate.compare(date, localDay(clock.now(), organisation.zone)) > 0)
    throw new InvalidInputError([{ field: 'date', reason: 'has not begun yet' }]);
  if ((await readLockedMonths(transaction)).has(monthOf(given.date)))
    throw new HajiriError('not_possible', `The month ${monthOf(given.date)} is locked.`);
  if (given.employee !== undefined)
    return {
      date,
      employee: await findEmployee(transaction, given.employee),
      connection_id: null,
      source_guid: null,
    };
  if (given.connectionId === undefined || given.sourceGuid === undefined)
    throw new InvalidInputError([
      { field: 'employee', reason: 'must be given, or connectionId and sourceGuid' },
    ]);
  return { date, employee: null, ...(await findSource(transaction, given.connectionId, given.sourceGuid)) };
}

async function findEmployee(transaction: OrganisationTransaction, text: string): Promise<EmployeeRef> {
  const found = await transaction
    .selectFrom('employee')
    .select('id')
    .where((where) =>
      where.or([
        where('employee_id', '=', text),
        where(where.cast<string>('id', 'text'), '=', text.toLowerCase()),
      ]),
    )
    .execute();
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new HajiriError('not_found', 'No employee has this Employee ID.');
  return only.id;
}

async function findSource(
  transaction: OrganisationTransaction,
  connectionId: string,
  sourceGuid: string,
): Promise<Pick<Whose, 'connection_id' | 'source_guid'>> {
  const found = await transaction
    .selectFrom('source_person')
    .select(['connection_id', 'guid'])
    .where('connection_id', '=', connectionId as ConnectionId) // a uuid; whether it is one of ours is what is asked
    .where('guid', '=', sourceGuid)
    .executeTakeFirst();
  if (found === undefined) throw new HajiriError('not_found', 'Nobody in Keka has this id.');
  return { connection_id: found.connection_id, source_guid: found.guid };
}

async function endNote(
  transaction: OrganisationTransaction,
  { clock }: OrganisationContext,
  { date, employee, connection_id, source_guid }: Whose,
): Promise<Pick<DayNoteTable, 'status'> | null> {
  const ended = await transaction
    .updateTable('day_note')
    .set({ ended_at: clock.now() })
    .where('date', '=', date)
    .where('employee', 'is not distinct from', employee)
    .where('connection_id', 'is not distinct from', connection_id)
    .where('source_guid', 'is not distinct from', source_guid)
    .where('ended_at', 'is', null)
    .returning('status')
    .executeTakeFirst();
  return ended ?? null;
}
