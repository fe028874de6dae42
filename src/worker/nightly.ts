import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { nextDue } from '../attendance/daily-due-times.ts';
import type { OrganisationId } from '../db/schema.ts';
import { chooseOrganisation } from '../db/tenancy.ts';
import { HajiriError, isHajiriError } from '../errors/hajiri-error.ts';
import type { Installation } from '../installation.ts';
import { contextOf } from './context-of.ts';
import { type NightlyJob, nightlyTime } from './nightly-jobs.ts';

type Tools = Pick<Installation, 'kysely' | 'clock' | 'jobs' | 'log'>;
type WorkTools = Pick<Installation, 'kysely' | 'clock' | 'log' | 'settings'>;

const mostAtOnce = 100;

/**
 * Hands out the upkeep of every organisation for which it is due: once a night, however many processes look, and once
 * for all the nights in which none did. Returns how many it were.
 */
export async function claimNightly(tools: Tools): Promise<number> {
  const { kysely, clock } = tools;
  const due = await chooseOrganisation(kysely, (transaction) =>
    transaction
      .selectFrom('organisation as o')
      .leftJoin('nightly as n', 'n.organisation_id', 'o.id')
      .select('o.id')
      .where((where) =>
        where.or([
          where('n.next_due_at', 'is', null),
          where('n.next_due_at', '<=', clock.now()),
          // No night is that far off: the clock was set back.
          where('n.next_due_at', '>', clock.now().add({ hours: 49 })),
        ]),
      )
      .limit(mostAtOnce)
      .execute(),
  );
  let claimed = 0;
  for (const { id } of due) {
    const context = await contextOf(tools, id);
    if (context !== null && (await claim(tools, context))) claimed += 1;
  }
  return claimed;
}

/** An organisation that was just made has its first night ahead; nothing is due before. */
async function claim({ jobs }: Tools, context: OrganisationContext): Promise<boolean> {
  const { organisation, clock } = context;
  const now = clock.now();
  const next = nextDue({ time: nightlyTime, zone: organisation.zone }, now).at;
  return inOrganisation(context, async (transaction) => {
    await transaction
      .insertInto('nightly')
      .values({ organisation_id: organisation.id, next_due_at: next })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await transaction
      .selectFrom('nightly')
      .select('next_due_at')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return false;
    const isDue = Temporal.Instant.compare(row.next_due_at, now) <= 0;
    await transaction.updateTable('nightly').set({ next_due_at: next }).execute();
    if (isDue)
      await jobs.send(transaction, 'nightly', { organisation: organisation.id }, { key: organisation.id });
    return isDue;
  });
}

/**
 * One night of one organisation: every job, whatever happens to the others. Throws when one of them failed, so that the
 * queue tries the night again.
 */
export async function doNightly(
  tools: WorkTools,
  id: OrganisationId,
  nightlyJobs: readonly NightlyJob[],
  signal: AbortSignal,
): Promise<void> {
  const { log, settings } = tools;
  const context = await contextOf(tools, id);
  if (context === null) return;
  const { clock } = context;
  const set = (values: {
    last_started_at?: Temporal.Instant;
    last_ended_at?: Temporal.Instant;
    failed?: string[];
  }) => inOrganisation(context, (transaction) => transaction.updateTable('nightly').set(values).execute());
  await set({ last_started_at: clock.now() });
  const failed: string[] = [];
  for (const { name, work } of nightlyJobs) {
    signal.throwIfAborted();
    try {
      await work(context, signal, settings);
    } catch (error) {
      signal.throwIfAborted();
      failed.push(name);
      log.error({ job: name, organisation: id, code: codeOf(error) }, 'nightly_job_failed');
    }
  }
  await set({ last_ended_at: clock.now(), failed });
  if (failed.length > 0) throw new HajiriError('internal', `Failed in the night: ${failed.join(', ')}.`);
}

function codeOf(error: unknown): string {
  return isHajiriError(error) ? error.code : 'internal';
}
