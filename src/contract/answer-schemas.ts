import { z } from 'zod';

// Building blocks of answers. An answer is checked against its schema before it is sent, so that what is documented, what is
// sent and what the pages expect are one thing.

/** An instant in UTC, as `2026-03-10T03:42:00Z`. */
export const instant = z.string().meta({ format: 'date-time' });

/** A calendar date, as `2026-03-10`. */
export const plainDate = z.string().meta({ format: 'date' });

export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** Facts of a problem that are safe to show. */
export const safeDetails = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .readonly();
