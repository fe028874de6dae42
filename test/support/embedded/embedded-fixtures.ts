import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Clock, systemClock } from '../../../src/clock/clock.ts';
import {
  type EmbeddedServer,
  type EmbeddedServerOptions,
  openEmbeddedServer,
} from '../../../src/db/embedded/embedded-server.ts';
import { isPostmasterOf, readPostmasterNote } from '../../../src/db/embedded/postmaster.ts';
import { lookUpProcess } from '../../../src/processes/process-identity.ts';

/** Nothing is forced to the disk: these tests kill processes, not the machine. */
export const fastSettings = { fsync: 'off' } as const;

/** A folder that other users may enter, and that goes at the end of the test. */
export async function makeTemporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hajiri-embedded-')));
  await chmod(folder, 0o755);
  onTestFinished(async () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A data folder that does not exist yet. A server that a test leaves on it is ended with the test. */
export async function planDataFolder(...below: readonly string[]): Promise<string> {
  const dataFolder = join(await makeTemporaryFolder(), ...below, 'data');
  onTestFinished(async () => endServerOf(dataFolder));
  return dataFolder;
}

/**
 * A data folder whose database is made once for all tests of a file, as that takes longer than most of the tests. The
 * result gives its path; whatever a test leaves running there is ended with the test.
 */
export function shareDataFolder(): () => string {
  let folder = '';
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'hajiri-embedded-')));
    await (await openEmbeddedServer(defaults(folder))).close();
  });
  afterAll(async () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return () => {
    onTestFinished(async () => endServerOf(folder));
    return folder;
  };
}

/** A clock on which five seconds pass in one, for waits that must stay long beside what real processes take. */
export function createHurriedClock(): Clock {
  const start = systemClock.now();
  return {
    now: () => {
      const passed = start.until(systemClock.now()).total('milliseconds');
      return start.add({ milliseconds: 5 * Math.round(passed) });
    },
    sleep: async (milliseconds, signal) => systemClock.sleep(milliseconds / 5, signal),
  };
}

function defaults(dataFolder: string): EmbeddedServerOptions {
  return { dataFolder, claim: 'shared', clock: systemClock, settings: fastSettings };
}

async function endServerOf(dataFolder: string): Promise<void> {
  const clusterFolder = join(dataFolder, 'pg18');
  const note = await readPostmasterNote(clusterFolder);
  if (note === undefined || !(await isPostmasterOf(note.pid, clusterFolder))) return;
  process.kill(note.pid, 'SIGQUIT');
  await untilGone(note.pid);
}

export async function openServer(
  options: Partial<EmbeddedServerOptions> & { readonly dataFolder: string },
): Promise<EmbeddedServer> {
  const server = await openEmbeddedServer({ ...defaults(options.dataFolder), ...options });
  onTestFinished(async () => server.close());
  return server;
}

export async function query(
  server: EmbeddedServer,
  sql: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ ...server.connection });
  client.on('error', () => {});
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

const toldSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('opened'), serverPid: z.number() }),
  z.object({ event: z.literal('closed') }),
  z.object({ event: z.literal('interrupted') }),
  z.object({ event: z.literal('failed'), code: z.string(), message: z.string() }),
]);

export type Told = z.infer<typeof toldSchema>;

/** Another Hajiri process that holds the server of a data folder. */
export type Holder = {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The next thing that it tells. */
  next(): Promise<Told>;
  /** Lets it close the server and end; the last thing that it tells. */
  finish(): Promise<Told>;
  kill(): Promise<void>;
};

export async function startHolder(
  dataFolder: string,
  claim: 'exclusive' | 'shared' = 'shared',
): Promise<Holder> {
  const script = join(import.meta.dirname, 'hold-server.ts');
  const child = spawn(
    process.execPath,
    [script, JSON.stringify({ dataFolder, claim, settings: fastSettings })],
    {
      // A process group of its own, as a shell gives to what is typed into it.
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error('the holder did not start');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Told> => toldSchema.parse(JSON.parse((await lines.next()).value ?? 'null'));
  // "close" comes when nobody holds its standard output any more, a server that it started included.
  const closed = once(child, 'close');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await closed;
  };
  onTestFinished(kill);
  return {
    child,
    pid,
    next,
    finish: async () => {
      child.stdin.end();
      const last = await next();
      await closed;
      return last;
    },
    kill,
  };
}

/** The pid that a holder reports; a holder that failed fails the test with its message. */
export async function openedBy(holder: Holder): Promise<number> {
  const told = await holder.next();
  if (told.event !== 'opened') throw new Error(JSON.stringify(told));
  return told.serverPid;
}

/** A process that is no server, owned by the user who owns `path`; what a recycled pid may point to. */
export async function startBystander(path: string): Promise<number> {
  const { uid, gid } = await stat(path);
  const identity = process.getuid?.() === 0 ? { uid, gid } : {};
  const child = spawn('/bin/sleep', ['600'], { ...identity, cwd: '/', stdio: 'ignore' });
  await once(child, 'spawn');
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  if (child.pid === undefined) throw new Error('the bystander did not start');
  return child.pid;
}

export async function isThere(pid: number): Promise<boolean> {
  return (await lookUpProcess(pid)).kind === 'alive';
}

export async function untilGone(pid: number): Promise<void> {
  for (let turn = 0; await isThere(pid); turn += 1) {
    if (turn > 1000) throw new Error(`process ${pid} does not end`);
    await systemClock.sleep(10);
  }
}

export async function untilTrue(condition: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; !(await condition()); turn += 1) {
    if (turn > 3000) throw new Error('the condition did not come true');
    await systemClock.sleep(5);
  }
}
