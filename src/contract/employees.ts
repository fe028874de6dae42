import { z } from 'zod';
import { employeeSorts } from '../directory/employee-sorts.ts';
import { instant, list, plainDate } from './answer-schemas.ts';
import { dateText, organisationName, wholeNumber } from './query-schemas.ts';

const word = (longest = 300) =>
  z.string('must be given once').min(1, 'must not be empty').max(longest, 'is too long').optional();
const yesOrNo = z
  .enum(['true', 'false'], 'must be true or false')
  .transform((text) => text === 'true')
  .optional();

const employmentState = z.enum(['to_join', 'employed', 'left'], 'must be to_join, employed or left');
const employeeStatus = z.enum(['active', 'inactive'], 'must be active or inactive');
const sourceFormat = z.enum(['csv', 'xlsx'], 'must be csv or xlsx');

const filters = {
  organisation: organisationName,
  search: word(200).describe('Words that all stand in name, Employee ID, e-mail or phone'),
  team: word().describe('Name of a team; those below it count, too'),
  location: word(),
  designation: word(),
  tag: word(),
  status: employeeStatus.optional(),
  employment: employmentState.optional(),
  link: z.enum(['linked', 'unlinked'], 'must be linked or unlinked').optional(),
  manager: z.uuid('must be the id of an employee').optional(),
  reports: z.enum(['direct', 'all'], 'must be direct or all').optional(),
  excluded: yesOrNo.describe('Whether an exclusion rule catches them'),
};

export const employeeListQuery = z.strictObject({
  ...filters,
  sort: z.enum(employeeSorts, `must be one of: ${employeeSorts.join(', ')}`).default('name'),
  order: z.enum(['asc', 'desc'], 'must be asc or desc').default('asc'),
  offset: wholeNumber(0, 10_000_000).default(0),
  limit: wholeNumber(1, 500).default(50),
});
/** Everybody whom the filters leave, as a file that can be imported again. */
export const employeeExportQuery = z.strictObject({ ...filters, format: sourceFormat.default('csv') });

const employee = z.object({
  id: z.string().describe('Our own id; the Employee ID of the company may be missing'),
  employeeId: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  team: z.string().nullable().describe('The team of today'),
  designation: z.string().nullable(),
  location: z.string().nullable(),
  timeZone: z.string().nullable(),
  joiningDate: plainDate.nullable(),
  leavingDate: plainDate.nullable(),
  manager: z.object({ id: z.string(), name: z.string(), employeeId: z.string().nullable() }).nullable(),
  status: employeeStatus,
  employment: employmentState,
  tags: list(z.string()),
  excluded: z.boolean().describe('An exclusion rule keeps this employee out of the reports'),
  linkedIn: list(z.string()).describe('Names of connections'),
});

export const employeeList = z.object({ total: z.number(), rows: list(employee) });

/** What stands in the directory, once each: what the list can be filtered by. */
export const employeeValues = z.object({
  locations: list(z.string()),
  designations: list(z.string()),
  tags: list(z.string()),
});

export const employeeParams = z.object({ id: z.uuid('must be the id of an employee') });
export const employeeQuery = z.strictObject({ organisation: organisationName });
export const employeeDetails = employee.extend({
  origin: z.enum(['file', 'person', 'keka']).describe('Who added the employee'),
  ignoredReason: z.string().nullable(),
  teams: list(
    z.object({ team: z.string().nullable(), from: plainDate.nullable(), to: plainDate.nullable() }),
  ).describe('In their order; the present one has no end'),
  links: list(
    z.object({
      connection: z.object({ id: z.string(), name: z.string() }),
      sourceGuid: z.string(),
      name: z.string().nullable(),
      employeeNumber: z.string().nullable(),
      email: z.string().nullable(),
      madeBy: z.enum(['key', 'person']),
      validFrom: plainDate.nullable(),
      validTo: plainDate.nullable(),
    }),
  ),
});

// What is not valid in these is told by the use case, field by field.
const text = z.string('must be a text').nullable().optional();
export const employeeInput = z.strictObject({
  employeeId: text,
  firstName: text,
  lastName: text,
  email: text,
  phone: text,
  team: text.describe('Name of a team'),
  teamFrom: z.string().optional().describe('The first day on which another team counts; today without it'),
  designation: text,
  location: text,
  timeZone: text,
  joiningDate: text,
  leavingDate: text,
  manager: text.describe('Id of an employee'),
  status: employeeStatus.optional(),
  tags: z.array(z.string('must be a text')).optional(),
});

const team = z.object({
  id: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  depth: z.number(),
  employees: z.number().describe('In the team itself today'),
  employeesWithin: z.number().describe('In it and in the teams below'),
});
/** The tree in reading order: each team below its parent. */
export const teamList = list(team);
export const teamParams = z.object({ id: z.uuid('must be the id of a team') });
export const newTeamInput = z.strictObject({
  name: z.string('must be given'),
  parent: z.string().nullable().optional().describe('Id of a team'),
});
export const teamChangeInput = newTeamInput.partial();
export const teamMovesInput = z.strictObject({
  employees: z
    .array(z.uuid('must be the id of an employee'))
    .min(1, 'must not be empty')
    .max(10_000, 'are too many'),
  team: z.string('must be the name of a team, or null').nullable(),
  from: dateText.optional().describe('The first day; today without it'),
});
export const teamMoved = z.object({ moved: z.number() });

export const exclusionKinds = ['tag', 'number', 'location'] as const;
export const exclusionInput = z.strictObject({
  kind: z.enum(exclusionKinds, 'must be tag, number or location'),
  value: z
    .string('must be given')
    .describe('In a number * stands for any characters and ? for one; capitals make no difference'),
});
const caught = z.object({
  employees: z.number(),
  people: z.number().describe('In Keka'),
  examples: list(z.string()).describe('Names of the first few'),
});
const exclusion = exclusionInput.extend({
  id: z.string(),
  madeAt: instant,
  madeBy: z.string(),
  caught,
});
export const exclusionList = list(exclusion);
export const exclusionParams = z.object({ id: z.uuid('must be the id of a rule') });
/** Whom a rule would catch, before it is made. */
export const exclusionPreview = caught;

export type Employee = z.infer<typeof employee>;
export type EmployeeDetails = z.infer<typeof employeeDetails>;
export type EmployeeSort = (typeof employeeSorts)[number];
export type Team = z.infer<typeof team>;
export type Exclusion = z.infer<typeof exclusion>;
