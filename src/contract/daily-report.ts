import { z } from 'zod';
import { dayFlags, dayStatuses } from '../attendance/evaluate-day.ts';
import { dailySortColumns } from '../reports/daily/daily-sort-columns.ts';
import { instant, list, plainDate } from './answer-schemas.ts';
import { anyOf, dateText, organisationName, reportFormat } from './query-schemas.ts';

export const reportStatuses = [...dayStatuses, 'no_record', 'not_read_yet', 'not_linked'] as const;
export const reportFlags = [
  ...dayFlags,
  'not_linked',
  'no_employee_id',
  'no_source_person',
  'outside_employment',
  'leaver',
  'changed',
  'withdrawn',
  'multiple_records',
  'overridden',
  'noted',
] as const;

const punch = z.object({
  time: z.string().describe('HH:MM at the place'),
  dayOffset: z.number().describe('Days after the date of the row'),
  instant,
  premise: z.string().nullable(),
  punchStatus: z.number().nullable(),
  logSource: z.number().nullable(),
});

const row = z.object({
  date: plainDate,
  employeeId: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  team: z.string().nullable(),
  designation: z.string().nullable(),
  location: z.string().nullable(),
  leavingDate: plainDate.nullable(),
  connection: z.string().nullable(),
  sourceGuid: z.string().nullable(),
  employeeNumber: z.string().nullable(),
  link: z.string().describe('"linked", or why the person is not'),
  firstIn: punch.nullable(),
  lastOut: punch.nullable(),
  grossMinutes: z.number().nullable(),
  effectiveMinutes: z.number().nullable(),
  breakMinutes: z.number().nullable(),
  lateMinutes: z.number().nullable().describe('After the start of the shift; 0 when on time'),
  earlyOutMinutes: z
    .number()
    .nullable()
    .describe('Before the end of the shift; 0 when not early, null until the day is over'),
  overtimeMinutes: z.number().nullable(),
  expectedMinutes: z.number().nullable().describe('What the shift asks for, without its break'),
  shiftStart: instant.nullable(),
  shiftEnd: instant.nullable(),
  dayType: z.number().nullable(),
  status: z.enum(reportStatuses).describe('What counts: what the company said, or else what the record says'),
  recordedStatus: z.enum(reportStatuses),
  note: z.string().nullable().describe('What the company says of the day, and why'),
  notedBy: z.string().nullable(),
  flags: list(z.enum(reportFlags)),
  lastFetchedAt: instant.nullable(),
});

const sorts = dailySortColumns.flatMap((column) => [column, `-${column}`] as const);

export const dailyReportQuery = z.strictObject({
  date: dateText.optional(),
  search: z
    .string('must be given once')
    .max(200, 'is too long')
    .optional()
    .describe('Words of name, Employee ID, e-mail or number in Keka'),
  status: anyOf(z.enum(reportStatuses), 'must be a status of the report'),
  team: anyOf(z.string().max(200), 'is too long, or given too often').describe(
    'Of any of these teams; - for none',
  ),
  location: anyOf(z.string().max(200), 'is too long, or given too often').describe(
    'At any of these places; - for none',
  ),
  flag: anyOf(z.enum(reportFlags), 'must be a flag of the report'),
  sort: z
    .enum(sorts, 'must be a column, with - before it for the other way round')
    .optional()
    .describe('A column, with - before it for the other way round'),
  organisation: organisationName,
  format: reportFormat,
});

export const dailyReport = z.object({
  date: plainDate,
  zone: z.string().describe('The IANA zone of every local time here'),
  dataAsOf: instant.nullable(),
  warnings: list(z.string()),
  rows: list(row),
});

export type DailyReportQuery = z.output<typeof dailyReportQuery>;
export type DailySort = (typeof sorts)[number];
export type DailyReport = z.infer<typeof dailyReport>;
export type DailyRow = z.infer<typeof row>;
export type ReportStatus = DailyRow['status'];
export type ReportFlag = DailyRow['flags'][number];
export type ReportPunch = z.infer<typeof punch>;
