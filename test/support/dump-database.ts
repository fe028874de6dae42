import type { Pool } from 'pg';

/** Every row of every table as text, sorted: equal dumps mean that nothing was changed. */
export type Dump = Readonly<Record<string, readonly string[]>>;

export async function dumpDatabase(pool: Pool, schema = 'public'): Promise<Dump> {
  const tables = await pool.query<{ name: string }>(
    `select relname as name from pg_class
    where relkind in ('r', 'p') and not relispartition and relnamespace = $1::regnamespace order by 1`,
    [schema],
  );
  const dump: Record<string, readonly string[]> = {};
  for (const { name } of tables.rows) {
    const { rows } = await pool.query<{ row: string }>(
      `select t::text as row from ${schema}."${name}" t order by 1`,
    );
    dump[name] = rows.map(({ row }) => row);
  }
  return dump;
}
