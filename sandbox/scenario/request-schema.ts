import { z } from 'zod';
import { daySchema, wireRecordSchema } from './field-schemas.ts';

/** The lists of requests that Keka serves, by the last part of their address. */
export const requestLists = ['leaverequests', 'wfh', 'od'] as const;
export type RequestList = (typeof requestLists)[number];

/** A request as served; what the filters look at has to be readable. */
const requestSchema = wireRecordSchema.superRefine((record, context) => {
  for (const name of ['fromDate', 'toDate']) {
    const value = record[name];
    const day = typeof value === 'string' ? daySchema.safeParse(value.slice(0, 10)) : null;
    if (day?.success !== true)
      context.addIssue({ code: 'custom', path: [name], message: 'does not begin with a date' });
  }
});

/** `requests.json`: leave requests, requests to work from home, on-duty requests, each as Keka would serve it. */
export const requestsSchema = z.strictObject({
  leaverequests: z.array(requestSchema).default([]),
  wfh: z.array(requestSchema).default([]),
  od: z.array(requestSchema).default([]),
});
export type RequestsInput = z.input<typeof requestsSchema>;
export type Requests = z.output<typeof requestsSchema>;
