import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock/clock.ts';
import { openEmbeddedServer } from '../../src/db/embedded/embedded-server.ts';
import { isPostmasterOf, readPostmasterNote } from '../../src/db/embedded/postmaster.ts';
import { type OpenDatabase, openDatabase } from '../../src/db/open-database.ts';
import { type Ended, type HajiriProcess, startHajiri } from './hajiri-process.ts';

/** A data folder of its own, and the real command line on it, as processes. */
export type HajiriHome = {
  readonly dataFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  start(argv: readonly string[], more?: NodeJS.ProcessEnv): HajiriProcess;
  run(...argv: readonly string[]): Promise<Ended>;
  /**
   * The embedded database, beside whatever runs. It keeps the server alive until it is closed. A server that it starts
   * itself is quick and not durable, unless other settings are given.
   */
  openDatabase(settings?: Readonly<Record<string, string>>): Promise<HomeDatabase>;
  /** The process of the database server of this folder, or of the one that the demo has in it; null when none runs. */
  serverPid(below?: 'demo'): Promise<number | null>;
  /** Ends what is left running, and removes the folder. */
  remove(): Promise<void>;
};

export type HomeDatabase = OpenDatabase & { readonly serverPid: number };

const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export async function makeHome(environment: NodeJS.ProcessEnv = {}): Promise<HajiriHome> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hajiri-home-')));
  // The server runs as another user where the tests run as root.
  await chmod(folder, 0o755);
  const dataFolder = join(folder, 'data');
  const whole = {
    PATH: process.env['PATH'],
    TZ: process.env['TZ'],
    HAJIRI_DATA_DIR: dataFolder,
    ...environment,
  };
  const processes: HajiriProcess[] = [];

  const start: HajiriHome['start'] = (argv, more = {}) => {
    const started = startHajiri(argv, { ...whole, ...more });
    processes.push(started);
    return started;
  };
  const serverPid: HajiriHome['serverPid'] = async (below) => {
    const clusterFolder = join(dataFolder, below ?? '', 'pg18');
    const note = await readPostmasterNote(clusterFolder);
    return note !== undefined && (await isPostmasterOf(note.pid, clusterFolder)) ? note.pid : null;
  };
  return {
    dataFolder,
    environment: whole,
    start,
    run: (...argv) => start(argv).ended,
    async openDatabase(settings = fastSettings) {
      const server = await openEmbeddedServer({ dataFolder, claim: 'shared', clock: systemClock, settings });
      const database = openDatabase({ kind: 'socket', ...server.connection });
      return {
        ...database,
        serverPid: server.serverPid,
        async close() {
          await database.close();
          await server.close();
        },
      };
    },
    serverPid,
    async remove() {
      for (const one of processes) {
        one.signal('SIGKILL');
        await one.ended;
      }
      for (const below of [undefined, 'demo'] as const) {
        const pid = await serverPid(below);
        if (pid !== null) process.kill(pid, 'SIGQUIT');
        while ((await serverPid(below)) !== null) await systemClock.sleep(10);
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
