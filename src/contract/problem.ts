import { z } from 'zod';

/** Every failure over HTTP: application/problem+json. */
export const problemAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  whatToDo: z.string(),
  requestId: z.string(),
  run: z.string().optional().describe('The run that is active, where that is the reason'),
  faults: z
    .array(z.object({ field: z.string(), reason: z.string() }))
    .readonly()
    .optional(),
});

export type ProblemAnswer = z.infer<typeof problemAnswer>;
