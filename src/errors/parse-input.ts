import type { z } from 'zod';
import { InvalidInputError } from './hajiri-error.ts';

/** Parses what crosses the border of a use case; all faults together. Throws InvalidInputError. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    parsed.error.issues.map((issue) => ({
      field: issue.path.length === 0 ? 'input' : issue.path.join('.'),
      reason: issue.message,
    })),
  );
}
