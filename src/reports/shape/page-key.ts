import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { InvalidInputError } from '../../errors/hajiri-error.ts';

/**
 * One part of what the rows of a report are sorted by, over the alias `r`: ascending, never null. All parts together
 * tell any two rows apart, so that a page can begin after the last row of the page before.
 */
export type KeyPart = {
  readonly by: RawBuilder<unknown>;
  readonly type: 'date' | 'text' | 'boolean' | 'integer';
};

const part = (type: KeyPart['type']) => (column: string) => ({ by: sql.raw(column), type });
export const byDate = part('date');
export const byText = part('text');
export const byBoolean = part('boolean');
export const byInteger = part('integer');

/** Alphabetically by person, people without a name last. */
export const byPerson: readonly KeyPart[] = [
  byBoolean('not r.is_employee'),
  byBoolean('r.name is null'),
  byText("coalesce(r.name, '')"),
  byText("coalesce(r.employee_id, r.employee_number, '')"),
  byText('r.person'),
];

export function orderBy(key: readonly KeyPart[]): RawBuilder<unknown> {
  return sql.join(key.map(({ by }) => by));
}

export function keyOfRow(key: readonly KeyPart[]): RawBuilder<string[]> {
  return sql<string[]>`array[${sql.join(key.map(({ by }) => sql`(${by})::text`))}]`;
}

const sqlTypes = { date: 'date', text: 'text', boolean: 'boolean', integer: 'bigint' } as const;

export function isAfter(key: readonly KeyPart[], values: readonly string[]): RawBuilder<SqlBool> {
  const left = sql.join(key.map(({ by }) => by));
  const right = sql.join(key.map(({ type }, index) => sql`${values[index]}::${sql.raw(sqlTypes[type])}`));
  return sql<SqlBool>`(${left}) > (${right})`;
}

export function toCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

const isDate = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};
const valueOf: Readonly<Record<KeyPart['type'], z.ZodType<string>>> = {
  date: z.string().refine(isDate),
  text: z.string().refine((text) => !text.includes('\0')),
  boolean: z.enum(['true', 'false']),
  integer: z.string().regex(/^-?\d{1,18}$/),
};

/** The values that `toCursor` wrote for rows of this key. Throws InvalidInputError. */
export function fromCursor(key: readonly KeyPart[], cursor: string): readonly string[] {
  try {
    const values = z
      .array(z.string())
      .length(key.length)
      .parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return key.map(({ type }, index) => valueOf[type].parse(values[index]));
  } catch {
    throw new InvalidInputError([{ field: 'cursor', reason: 'is none that this report gave' }]);
  }
}
