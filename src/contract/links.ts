import { z } from 'zod';
import { identificationKeyHint, identificationKeys } from '../attendance/identification-keys.ts';
import { followedFields } from '../directory/links/followed-fields.ts';
import { linkKinds, suggestionReasons } from '../directory/links/link-kinds.ts';
import { instant, list, plainDate } from './answer-schemas.ts';
import { dateText, organisationName, wholeNumber } from './query-schemas.ts';

const linkKind = z.enum(linkKinds, `must be one of: ${linkKinds.join(', ')}`);

const sourcePerson = z.object({
  guid: z.string(),
  name: z.string().nullable(),
  key: z.string().nullable().describe('What is compared with Employee IDs, as Keka has it'),
  employeeNumber: z.string().nullable(),
  attendanceNumber: z.string().nullable(),
  email: z.string().nullable(),
  department: z.string().nullable(),
  location: z.string().nullable(),
  joiningDate: plainDate.nullable(),
  exitDate: plainDate.nullable(),
});
const linkedEmployee = z.object({
  id: z.string(),
  employeeId: z.string().nullable(),
  name: z.string(),
  email: z.string().nullable(),
  joiningDate: plainDate.nullable(),
  leavingDate: plainDate.nullable(),
});
const suggestion = z.object({
  employee: linkedEmployee,
  person: sourcePerson,
  reasons: list(z.enum(suggestionReasons)).describe('The strongest first'),
  validFrom: plainDate.nullable().describe('Suggested where the employee has another person before'),
  validTo: plainDate.nullable(),
});

const link = z.object({
  kind: linkKind,
  person: sourcePerson.nullable().describe('Null for an employee without anybody in Keka'),
  employee: linkedEmployee.nullable(),
  madeBy: z.enum(['key', 'person']).nullable(),
  validFrom: plainDate.nullable(),
  validTo: plainDate.nullable(),
  reason: z.string().nullable().describe('Why somebody ignored it'),
  days: z.number().describe('Stored days of the person'),
  lastDay: plainDate.nullable(),
  suggestions: list(suggestion),
});

export const linkParams = z.object({ id: z.uuid('must be the id of a connection') });
export const linkQuery = z.strictObject({ organisation: organisationName });
export const linkListQuery = z.strictObject({
  organisation: organisationName,
  kind: linkKind.optional(),
  search: z.string('must be given once').min(1, 'must not be empty').max(200, 'is too long').optional(),
  offset: wholeNumber(0, 10_000_000).default(0),
  limit: wholeNumber(1, 200).default(50),
});
export const linkList = z.object({ total: z.number(), rows: list(link) });
export const linkSummary = z.object({
  counts: z.record(linkKind, z.number()),
  suggested: z.number().describe('How many people have exactly one good suggestion'),
  people: z.object({
    readAt: instant.nullable().describe('When everybody was last read from Keka'),
    problem: z.string().nullable().describe('The code of what kept the last reading from happening'),
    missing: z.string().nullable().describe('What is not known for want of it, in a sentence'),
  }),
});
/** What can be accepted in bulk: one for each person who has exactly one good candidate. */
export const suggestionListQuery = z.strictObject({
  organisation: organisationName,
  reason: z.enum(suggestionReasons, `must be one of: ${suggestionReasons.join(', ')}`).optional(),
  offset: wholeNumber(0, 10_000_000).default(0),
  limit: wholeNumber(1, 1000).default(200),
});
export const suggestionList = z.object({ total: z.number(), rows: list(suggestion) });

const guid = z.uuid("must be Keka's id of a person");
const employeeId = z.uuid('must be the id of an employee');
const reason = z.string('must be given').describe('Why, for whoever looks later');
/** Decisions that are made together: all of them or none. */
export const linkDecisionsInput = z.strictObject({
  decisions: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('link'),
          person: guid,
          employee: employeeId,
          validFrom: dateText.nullable().optional(),
          validTo: dateText.nullable().optional(),
          allowSecond: z
            .boolean()
            .optional()
            .describe('The employee may have another person of the same days'),
        }),
        z.strictObject({ kind: z.literal('unlink'), person: guid, reason: reason.optional() }),
        z.strictObject({ kind: z.literal('ignore_person'), person: guid, reason }),
        z.strictObject({ kind: z.literal('ignore_employee'), employee: employeeId, reason }),
        z
          .strictObject({
            kind: z.literal('restore'),
            person: guid.optional(),
            employee: employeeId.optional(),
          })
          .describe('No longer ignored, or by its key again after an unlinking by hand'),
      ]),
    )
    .min(1, 'must not be empty')
    .max(5000, 'are too many'),
});
const linkEffect = z.object({
  person: sourcePerson.nullable(),
  from: linkedEmployee.nullable(),
  to: linkedEmployee.nullable(),
  days: z.number().describe('Stored days that go to the other employee in every report'),
});
/** What decisions would do, or what they did. */
export const linkDecided = z.object({
  batch: z.string().nullable().describe('By which they can be undone; null for a preview'),
  effects: list(linkEffect),
});
export const linkDecisionListQuery = z.strictObject({
  organisation: organisationName,
  offset: wholeNumber(0, 10_000_000).default(0),
  limit: wholeNumber(1, 500).default(50),
});
export const linkDecisionList = z.object({
  total: z.number(),
  rows: list(
    z.object({
      id: z.number(),
      batch: z.string(),
      at: instant,
      by: z.string(),
      kind: z.enum(['link', 'unlink', 'ignore', 'restore']),
      person: z.object({ guid: z.string(), name: z.string().nullable() }).nullable(),
      employee: linkedEmployee.nullable(),
      reason: z.string().nullable(),
      undoneAt: instant.nullable(),
      undoneBy: z.string().nullable(),
    }),
  ),
});
export const linkBatchParams = z.object({ batch: z.uuid('must be the id of decisions') });
export const linkUndone = z.object({ undone: z.number() });

const identificationKey = z.enum(identificationKeys, identificationKeyHint);
export const keyChangeQuery = z.strictObject({
  organisation: organisationName,
  key: identificationKey,
  limit: wholeNumber(1, 1000).default(100),
});
/** Who would be linked, unlinked or moved by another identification key; `rows` are the first of them. */
export const keyChangeCounts = z.object({
  linked: z.number(),
  unlinked: z.number(),
  moved: z.number(),
  same: z.number(),
  byHand: z.number().describe('Linked by hand: they stay'),
});
export const keyChange = z.object({
  key: identificationKey,
  counts: keyChangeCounts,
  rows: list(linkEffect.extend({ change: z.enum(['linked', 'unlinked', 'moved']) })),
});
export const keyChangeInput = z.strictObject({
  key: identificationKey,
  expected: z
    .strictObject({ linked: z.number(), unlinked: z.number(), moved: z.number() })
    .describe('The counts of the preview: refused when they are no longer true'),
});

const peopleSettingsShape = {
  newPeople: z
    .enum(['never', 'suggest', 'create'], 'must be never, suggest or create')
    .describe('What becomes of people in Keka who are not in the directory'),
  overwrite: list(z.enum(followedFields, `must be of: ${followedFields.join(', ')}`)).describe(
    'Fields of employees that follow Keka',
  ),
};
export const peopleSettings = z.object(peopleSettingsShape);
export const peopleSettingsInput = z.strictObject(peopleSettingsShape).partial();
export const createPeopleInput = z.strictObject({
  people: z.array(guid).min(1, 'must not be empty').max(5000, 'are too many'),
});
export const peopleCreated = z.object({ created: z.number(), linked: z.number() });

export type LinkKind = (typeof linkKinds)[number];
export type Link = z.infer<typeof link>;
export type LinkSuggestion = z.infer<typeof suggestion>;
export type LinkDecision = z.infer<typeof linkDecisionsInput>['decisions'][number];
export type KeyChange = z.infer<typeof keyChange>;
