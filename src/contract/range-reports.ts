import { z } from 'zod';
import { absenteesShape } from '../reports/absentees/absentees-shape.ts';
import { changedDaysShape } from '../reports/changed-days/changed-days-shape.ts';
import { dateWiseShape } from '../reports/date-wise/date-wise-shape.ts';
import { detailedShape } from '../reports/detailed/detailed-shape.ts';
import { earlyDeparturesShape } from '../reports/early-departures/early-departures-shape.ts';
import { hoursShape } from '../reports/hours/hours-shape.ts';
import { inOutShape } from '../reports/in-out/in-out-shape.ts';
import { lateArrivalsShape } from '../reports/late-arrivals/late-arrivals-shape.ts';
import { missingPunchesShape } from '../reports/missing-punches/missing-punches-shape.ts';
import { musterShape } from '../reports/muster/muster-shape.ts';
import { perPersonShape } from '../reports/per-person/per-person-shape.ts';
import { type CellKind, cellKinds } from '../reports/shape/cells.ts';
import type { ReportShape } from '../reports/shape/report-shape.ts';
import { instant, list, plainDate } from './answer-schemas.ts';
import { reportFlags, reportStatuses } from './daily-report.ts';
import { anyOf, dateText, organisationName, reportFormat, wholeNumber } from './query-schemas.ts';

/** Text that the database can hold. */
const words = (most: number) =>
  z
    .string('must be given once')
    .max(most, 'is too long')
    .refine((text) => !text.includes('\0'), 'must not contain U+0000');
const anyText = anyOf(words(200), 'is too long, or given too often');

/** What a report about people takes. */
export const peopleQuery = z.strictObject({
  from: dateText.optional().describe('First date'),
  to: dateText.optional().describe('Last date; yesterday, where the company is, without it'),
  search: words(200).optional().describe('Words of name, Employee ID, e-mail or number in Keka'),
  team: anyText.describe('Of any of these teams; - for none'),
  location: anyText.describe('At any of these places; - for none'),
  employee: anyText.describe('Any of these Employee IDs'),
  columns: words(4000)
    .transform((text) => text.split(','))
    .optional()
    .describe('Ids of columns with commas between them, in the order that is wanted; all of them without it'),
  cursor: words(4000).optional().describe('`next` of the page before'),
  limit: wholeNumber(1, 1000).default(100).describe('Rows of a page; files hold all rows'),
  organisation: organisationName,
  format: reportFormat,
});

const daysQuery = peopleQuery.extend({
  status: anyOf(z.enum(reportStatuses), 'must be a status of the report'),
  flag: anyOf(z.enum(reportFlags), 'must be a flag of the report'),
});

const moment = z.object({
  time: z.string().describe('HH:MM at the place'),
  dayOffset: z.number().describe('Days after the date of the row'),
  instant,
});
const worded = z.union([z.string(), z.number(), list(z.string())]);
const schemaOfKind: Readonly<Record<CellKind, z.ZodType>> = {
  text: z.string(),
  date: plainDate,
  time: moment,
  minutes: z.number(),
  count: z.number(),
  percent: z.number(),
  instant,
  worded,
};
const anyCell = z.union([z.string(), z.number(), list(z.string()), moment, z.null()]);
export type RangeReportCell = z.infer<typeof anyCell>;

/** The cells of a row by the ids of their columns. Which columns there are can depend on the dates and on `columns`. */
function rowOf(shape: ReportShape<never>): z.ZodType<Readonly<Record<string, RangeReportCell>>> {
  const day = Temporal.PlainDate.from('2000-01-01');
  const columns = shape.columns({ zone: 'UTC', window: { from: day, to: day } });
  const cells = columns.flatMap(({ id, name, kind }) =>
    // Those of single dates are as many as there are dates.
    /^\d/.test(id) ? [] : [[id, schemaOfKind[kind].nullable().optional().describe(name)] as const],
  );
  // The checks of each kind give what `anyCell` does.
  return z.object(Object.fromEntries(cells)).catchall(anyCell) as unknown as z.ZodType<
    Readonly<Record<string, RangeReportCell>>
  >;
}

function answerOf(shape: ReportShape<never>) {
  return z.object({
    report: z.string(),
    title: z.string(),
    from: plainDate,
    to: plainDate,
    zone: z.string().describe('The IANA zone of every local time here'),
    dataAsOf: instant
      .nullable()
      .describe('The oldest of the last complete reads; null while a date is not read'),
    datesNotRead: z.number().describe('How many of the dates are not read completely yet'),
    warnings: list(z.string()),
    columns: list(
      z.object({
        id: z.string(),
        name: z.string(),
        shortName: z.string(),
        kind: z.enum(cellKinds),
        isBrief: z.boolean().describe('One of the few that a table shows'),
      }),
    ),
    rows: list(rowOf(shape)),
    next: z.string().nullable().describe('`cursor` of the next page; null on the last one'),
  });
}

/** A report about single days takes statuses and flags. */
const ofDays = (shape: ReportShape<never>) => ({ query: daysQuery, answer: answerOf(shape) });
/** One that sums days up does not. */
const ofPeople = (shape: ReportShape<never>) => ({ query: peopleQuery, answer: answerOf(shape) });

export const rangeReports = {
  detailed: ofDays(detailedShape),
  'date-wise': ofPeople(dateWiseShape),
  muster: ofPeople(musterShape),
  'in-out': ofDays(inOutShape),
  'late-arrivals': ofDays(lateArrivalsShape),
  'early-departures': ofDays(earlyDeparturesShape),
  absentees: { query: daysQuery.omit({ status: true }), answer: answerOf(absenteesShape) },
  'missing-punches': ofDays(missingPunchesShape),
  hours: ofPeople(hoursShape),
  'per-person': ofPeople(perPersonShape),
  'changed-days': ofDays(changedDaysShape),
} as const;

export type RangeReportId = keyof typeof rangeReports;
export type RangeReportQuery = z.output<typeof daysQuery>;
export type RangeReport = z.infer<ReturnType<typeof answerOf>>;
