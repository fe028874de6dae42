import { type Pool, types } from 'pg';
import type { Db } from 'pg-boss';

/** pg's own reading of values: pg-boss counts with Dates, where the rest of the program has Temporal. */
const plainTypes = { getTypeParser: types.getTypeParser };

/** The pool as pg-boss wants it. Its statements run as the owner of its tables, each by itself. */
export function bossDatabase(pool: Pool): Db {
  return {
    executeSql: async (text, values) => pool.query({ text, values: values ?? [], types: plainTypes }),
  };
}
