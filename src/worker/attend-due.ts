import { bySchedule } from '../accounts/actor.ts';
import { credentialsOf } from '../connections/connections.ts';
import type { ConnectionId } from '../db/schema.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import type { Installation } from '../installation.ts';
import { type AttendanceTools, attendConnection } from '../runs/queue/attend-connection.ts';
import { type DueConnection, findDueConnections } from './find-due.ts';

/** So many at once are asked for, and looked after by so many transactions at a time. */
const mostAtOnce = 100;
const atATime = 4;

/** A process that cannot do what is due for a connection leaves it to others, and looks again in case there are none. */
const blockedSeconds = 60;

/**
 * Gives a function that looks after every connection that is due, whoever it belongs to, and returns how many runs were
 * handed out. What fails for one connection is told and does not keep the others waiting.
 */
export function createAttendance(
  installation: Installation,
  onError: (error: unknown) => void,
): () => Promise<number> {
  const { kysely, clock } = installation;
  const tools = attendanceTools(installation);
  const leftToOthers = new Map<ConnectionId, Temporal.Instant>();

  async function attend({ organisation, connection }: DueConnection): Promise<boolean> {
    try {
      const context = { kysely, clock, organisation, ...bySchedule };
      const attendance = await attendConnection(context, tools, connection);
      if (attendance === 'blocked') leftToOthers.set(connection, clock.now());
      return attendance === 'dispatched';
    } catch (error) {
      onError(error);
      return false;
    }
  }

  return async () => {
    const now = clock.now();
    for (const [connection, since] of leftToOthers) {
      const seconds = since.until(now).total('seconds');
      // Below zero the clock was set back.
      if (seconds < 0 || seconds >= blockedSeconds) leftToOthers.delete(connection);
    }
    let dispatched = 0;
    const seen = new Set<ConnectionId>();
    for (;;) {
      const except = [...leftToOthers.keys()];
      const due = await findDueConnections(kysely, { now: clock.now(), most: mostAtOnce, except });
      const fresh = due.filter(({ connection }) => !seen.has(connection));
      if (fresh.length === 0) return dispatched;
      for (const { connection } of fresh) seen.add(connection);
      // In another order than any other process, so that they do not all wait for the same ones.
      const waiting = shuffled(fresh);
      const workers = Array.from({ length: atATime }, async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          if (await attend(next)) dispatched += 1;
        }
      });
      await Promise.all(workers);
    }
  };
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** With what this process looks after connections. */
function attendanceTools({ jobs, settings, encryptionKey }: Installation): AttendanceTools {
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
