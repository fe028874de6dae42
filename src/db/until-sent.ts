import { once } from 'node:events';
import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** The sockets of each open database; they go with it. */
const socketsOf = new WeakMap<Kysely<Database>, ReadonlySet<Socket>>();

/** Makes the sockets of a pool and keeps them in sight as long as they are open. */
export function createSocketMaker(): { makeSocket(): Socket; watch(kysely: Kysely<Database>): void } {
  const sockets = new Set<Socket>();
  return {
    makeSocket() {
      const socket = new Socket();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    watch: (kysely) => void socketsOf.set(kysely, sockets),
  };
}

/**
 * Resolves when the statements that were begun have left this process as a whole. A large statement goes out in
 * pieces, each in a turn of the event loop of its own: whoever begins one and computes on, without a pause, lets the
 * database sit and wait for the rest.
 */
export async function untilSent(kysely: Kysely<Database>): Promise<void> {
  // The statement reaches its socket a few promises after it was begun.
  await nextTurn();
  const full = [...(socketsOf.get(kysely) ?? [])].filter((socket) => socket.writableNeedDrain);
  await Promise.all(full.map(untilDrained));
}

/** Many runs of one process may wait for one socket: they share the wait, and its listeners. */
const draining = new WeakMap<Socket, Promise<void>>();

function untilDrained(socket: Socket): Promise<void> {
  const waiting = draining.get(socket) ?? drain(socket).finally(() => draining.delete(socket));
  draining.set(socket, waiting);
  return waiting;
}

async function drain(socket: Socket): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    // A socket that closes has nothing left to send; its statement tells what happened.
    await Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]);
  } catch {
    // An error of the socket, likewise.
  } finally {
    settled.abort();
  }
}
