import { z } from 'zod';
import { instant, list, plainDate } from './answer-schemas.ts';
import { peopleQuery, rangeReports } from './range-reports.ts';

export const summaryReportQuery = peopleQuery.omit({
  columns: true,
  cursor: true,
  limit: true,
  format: true,
});

const card = z.object({
  value: z.number().nullable(),
  previous: z.number().nullable().describe('Of the equal period before'),
  change: z.number().nullable().describe('Percentage points, or percent of a total before'),
});

export const summaryReport = z.object({
  from: plainDate,
  to: plainDate,
  previousFrom: plainDate,
  previousTo: plainDate,
  zone: z.string().describe('The IANA zone of every local time here'),
  dataAsOf: instant.nullable(),
  datesNotRead: z.number(),
  warnings: list(z.string()),
  cards: z.object({
    attendancePercent: card,
    latePercent: card,
    effectiveMinutes: card,
    breakMinutes: card,
  }),
  days: rangeReports['date-wise'].answer.shape.rows,
  arrivals: list(
    z.object({
      weekday: z.number().describe('1 is Monday'),
      hour: z.number().describe('0 to 23, by the clock at the company'),
      people: z.number(),
    }),
  ),
  sources: list(
    z.object({
      date: plainDate,
      source: z.number().nullable().describe("Keka's number of how the first in was made"),
      people: z.number(),
    }),
  ),
});
