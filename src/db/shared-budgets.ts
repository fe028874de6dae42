import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '../clock/clock.ts';

/**
 * Within a minute and as much as a request may travel to Keka's counter, so many requests are let through for a company,
 * whichever process sends them.
 */
const spanMilliseconds = 60_800;

/** How many more requests may be sent to a company at this moment, whichever process sends them. */
export async function readRequestsLeft(
  pool: Pool,
  asked: { readonly key: string; readonly requestsPerMinute: number; readonly now: Temporal.Instant },
): Promise<number> {
  const { key, requestsPerMinute, now } = asked;
  const since = now.subtract({ milliseconds: spanMilliseconds });
  const { rows } = await pool.query<{ sent: number }>(
    `select count(*)::int as sent from hajiri_shared.keka_request
      where company = $1 and sent_at > $2 and sent_at <= $3`,
    [key, since.toString(), now.toString()],
  );
  return Math.max(0, requestsPerMinute - (rows[0]?.sent ?? 0));
}

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
