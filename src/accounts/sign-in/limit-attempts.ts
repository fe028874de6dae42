import { createHmac } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../../clock/clock.ts';
import type { Database } from '../../db/schema.ts';
import { asInstallation } from '../../db/tenancy.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { SignInTables } from './sign-in-tables.ts';

/** How often something may fail within a quarter of an hour. */
export type AttemptLimit = {
  readonly kind: string;
  /** The name that was typed, the address that asks; stored as an HMAC. */
  readonly of: string;
  readonly most: number;
  /** A good attempt clears the count. Otherwise it only is not counted itself. */
  readonly cleared?: true;
};

export const windowMinutes = 15;

export type AttemptTools = {
  readonly kysely: Kysely<Database>;
  readonly clock: Clock;
  readonly attemptKey: Buffer;
};

/**
 * Counts an attempt before it is made, so that many at once cannot slip through, and whether the name exists or not.
 * Throws `too_many_attempts`. `forgive` takes the attempt back when it was a good one.
 */
export async function countAttempt(
  tools: AttemptTools,
  limits: readonly AttemptLimit[],
): Promise<{ forgive(): Promise<void> }> {
  const { kysely, clock, attemptKey } = tools;
  const now = clock.now();
  const oldest = now.subtract({ minutes: windowMinutes });
  const counted = limits.map((limit) => ({
    ...limit,
    key: createHmac('sha256', attemptKey).update(`${limit.kind}\n${limit.of}`).digest(),
  }));
  const rows = await asInstallation(kysely, async (transaction) => {
    const { rows } = await sql<{ key: Buffer; count: number; counted_from: Temporal.Instant }>`
      insert into sign_in.attempt as a (key, count, counted_from)
      select key, 1, ${now}::timestamptz from unnest(${counted.map(({ key }) => key)}::bytea[]) as key order by key
      on conflict (key) do update set
        count = case when a.counted_from > ${oldest}::timestamptz then a.count + 1 else 1 end,
        counted_from = case when a.counted_from > ${oldest}::timestamptz then a.counted_from else ${now}::timestamptz end
      returning key, count, counted_from`.execute(transaction);
    return rows;
  });
  const exceeded = rows.filter(({ key, count }) =>
    counted.some((limit) => limit.key.equals(key) && count > limit.most),
  );
  if (exceeded.length > 0) throw tooManyAttempts(now, exceeded);
  return {
    async forgive() {
      await asInstallation(kysely, async (transaction) => {
        const attempts = transaction.$extendTables<SignInTables>();
        for (const { key, cleared } of counted) {
          await attempts
            .updateTable('sign_in.attempt')
            .set(({ eb }) => ({ count: cleared === true ? 0 : eb('count', '-', 1) }))
            .where('key', '=', key)
            .where('count', '>', 0)
            .execute();
        }
      });
    },
  };
}

function tooManyAttempts(
  now: Temporal.Instant,
  rows: readonly { counted_from: Temporal.Instant }[],
): HajiriError {
  const waits = rows.map(({ counted_from }) =>
    now.until(counted_from.add({ minutes: windowMinutes })).total('seconds'),
  );
  const seconds = Math.max(1, Math.ceil(Math.max(...waits)));
  return new HajiriError(
    'too_many_attempts',
    `That was tried too often. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    { details: { retryAfterSeconds: seconds } },
  );
}

/** What is older than the window counts for nothing. */
export async function forgetAttempts({ kysely, clock }: Omit<AttemptTools, 'attemptKey'>): Promise<void> {
  await asInstallation(kysely, (transaction) =>
    transaction
      .$extendTables<SignInTables>()
      .deleteFrom('sign_in.attempt')
      .where('counted_from', '<', clock.now().subtract({ minutes: windowMinutes }))
      .execute(),
  );
}
