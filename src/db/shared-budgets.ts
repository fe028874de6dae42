import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '../clock/clock.ts';

/**
 * Within a minute and as much as a request may travel to Keka's counter, so many requests are let through for a company,
 * whichever process sends them.
 */
const spanMilliseconds = 60_800;

/**
 * Counts the requests of all processes to each company in the database: written before a request goes, so that one whose
 * process died at once counts as well. `key` must hold nothing secret.
 */
export function createSharedBudgets(
  pool: Pool,
  clock: Clock,
): (key: string) => (requestsPerMinute: number) => Promise<number> {
  const process = randomUUID();
  return (key) => async (requestsPerMinute) => {
    const { rows } = await pool.query<{ wait: number }>(
      `select hajiri_shared.take_request($1, $2, $3, $4, make_interval(secs => ${spanMilliseconds / 1000})) as wait`,
      [key, process, clock.now().toString(), requestsPerMinute],
    );
    return rows[0]?.wait ?? 0;
  };
}
