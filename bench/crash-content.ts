import type { Pool } from 'pg';

/** What is stored of one date: how many people, and a digest of everything but run ids and times of reading. */
export type DateContent = { readonly people: number; readonly digest: string };

export type StoredContent = {
  readonly days: ReadonlyMap<string, DateContent>;
  /** Dates that are marked as completely read, with how many people that was. */
  readonly covered: ReadonlyMap<string, number>;
  /** First and last date of every committed chunk of every run. */
  readonly chunks: readonly (readonly [from: string, to: string])[];
};

/** Columns that differ between two fetches of the same. */
const ownOfFetch = `'{connection_id,first_run_id,last_run_id,first_read_at,first_seen_at,profile_read_at,made_at,
  changed_at,first_complete_read_at,last_complete_read_at}'::text[]`;

export async function readContent(pool: Pool, connection: string): Promise<StoredContent> {
  const days = await pool.query<{ date: string; people: number; digest: string }>(
    `select date::text, count(*)::int as people, md5(string_agg(content, e'\\n' order by source_guid)) as digest
    from (
      -- The record itself as text: jsonb would bring its members into an order.
      select date, source_guid, (to_jsonb(d) - ${ownOfFetch} - 'record')::text || record::text as content
      from attendance_day d where connection_id = $1
    ) as day group by date order by date`,
    [connection],
  );
  const covered = await pool.query<{ date: string; people: number }>(
    'select date::text, people from date_coverage where connection_id = $1',
    [connection],
  );
  const chunks = await pool.query<{ from: string; to: string }>(
    `select c.date_from::text as from, c.date_to::text as to from run_chunk c join run r on r.id = c.run_id
    where r.connection_id = $1 and c.state = 'committed'`,
    [connection],
  );
  return {
    days: new Map(days.rows.map(({ date, people, digest }) => [date, { people, digest }])),
    covered: new Map(covered.rows.map(({ date, people }) => [date, people])),
    chunks: chunks.rows.map(({ from, to }) => [from, to]),
  };
}

export const comparedTables = ['attendance_day', 'source_person', 'person_link', 'date_coverage'] as const;

/** Every row of the compared tables as text, without what tells one fetch from another. */
export async function readWhole(pool: Pool, connection: string): Promise<readonly string[]> {
  const rows: string[] = [];
  for (const table of comparedTables) {
    const record = table === 'attendance_day' ? ` - 'record')::text || record::text` : ')::text';
    const found = await pool.query<{ row: string }>(
      `select (to_jsonb(t) - ${ownOfFetch}${record} as row from ${table} t where connection_id = $1 order by 1`,
      [connection],
    );
    rows.push(...found.rows.map(({ row }) => `${table} ${row}`));
  }
  return rows;
}

export type RunTotals = {
  readonly running: number;
  readonly interrupted: number;
  /** Over all runs of the connection. */
  readonly inserted: number;
  readonly changed: number;
  readonly revisions: number;
};

export async function readRunTotals(pool: Pool, connection: string): Promise<RunTotals> {
  const { rows } = await pool.query<RunTotals>(
    `select count(*) filter (where state = 'running')::int as running,
      count(*) filter (where state = 'interrupted')::int as interrupted,
      sum(inserted)::int as inserted, sum(changed)::int as changed,
      (select count(*)::int from revision where connection_id = $1) as revisions
    from run where connection_id = $1`,
    [connection],
  );
  return rows[0] ?? { running: 0, interrupted: 0, inserted: 0, changed: 0, revisions: 0 };
}
