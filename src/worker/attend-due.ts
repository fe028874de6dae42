import { bySchedule } from '../accounts/actor.ts';
import { credentialsOf } from '../connections/connections.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import type { Installation } from '../installation.ts';
import { type AttendanceTools, attendConnection } from '../runs/queue/attend-connection.ts';
import { type DueConnection, findDueConnections } from './find-due.ts';

/** So many at once are asked for, and looked after by so many transactions at a time. */
const mostAtOnce = 100;
const atATime = 4;

/**
 * Looks after every connection that is due, whoever it belongs to. Returns how many runs were handed out. What fails for
 * one connection is told and does not keep the others waiting.
 */
export async function attendDue(
  { kysely, clock }: Pick<Installation, 'kysely' | 'clock'>,
  tools: AttendanceTools,
  onError: (error: unknown) => void,
): Promise<number> {
  let dispatched = 0;
  const seen = new Set<string>();
  for (;;) {
    const due = await findDueConnections(kysely, { now: clock.now(), most: mostAtOnce });
    const fresh = due.filter(({ connection }) => !seen.has(connection));
    if (fresh.length === 0) return dispatched;
    for (const { connection } of fresh) seen.add(connection);
    // In another order than any other process, so that they do not all wait for the same ones.
    const waiting = shuffled(fresh);
    const workers = Array.from({ length: atATime }, async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        try {
          if ((await attend(next)) === 'dispatched') dispatched += 1;
        } catch (error) {
          onError(error);
        }
      }
    });
    await Promise.all(workers);
  }

  function attend({ organisation, connection }: DueConnection) {
    return attendConnection({ kysely, clock, organisation, ...bySchedule }, tools, connection);
  }
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** With what this process looks after connections. */
export function attendanceTools({ jobs, settings, encryptionKey }: Installation): AttendanceTools {
  return {
    jobs,
    graceMinutes: settings.HAJIRI_GRACE_AFTER_SHIFT_MINUTES,
    unfitFor(connection) {
      try {
        credentialsOf(connection, encryptionKey);
        return null;
      } catch (error) {
        return isHajiriError(error) ? error.code : 'internal';
      }
    },
  };
}
