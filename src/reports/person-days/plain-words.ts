import { type RawBuilder, sql } from 'kysely';

/** The texts of these columns in the form of `plainText`, made by the database. */
export function plainWords(columns: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`lower(regexp_replace(normalize(concat_ws(E'\n', ${columns}), nfd), '[\\u0300-\\u036F]', '', 'g'))`;
}
