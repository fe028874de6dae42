import { stat } from 'node:fs/promises';
import type { Clock } from '../../clock/clock.ts';
import { HajiriError, type SafeDetails } from '../../errors/hajiri-error.ts';
import { databaseName, superuser } from './ask-server.ts';
import { chooseRunAs } from './choose-run-as.ts';
import { clusterFolderFor, type DataFolder, listClusterFolders, prepareDataFolder } from './data-folder.ts';
import { ensureServer, type RunningServer, type ServerContext } from './ensure-server.ts';
import { asFolderProblem } from './folder-problem.ts';
import { openDataFolderTo } from './open-data-folder-to.ts';
import { findPostgresBinaries } from './platform-binaries.ts';
import { isPostmasterOf, readPostmasterNote, stopPostmaster } from './postmaster.ts';
import { type Claim, createProcessRegistry, type ProcessRegistry } from './process-registry.ts';
import type { RunAs } from './run-as.ts';
import { withServerLock } from './server-lock.ts';
import { removeTemporarySocketFolder, socketPort } from './socket-folder.ts';

export type EmbeddedServer = {
  readonly connection: {
    /** The folder of the server's Unix socket. */
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  readonly serverPid: number;
  readonly logFile: string;
  /** Gives the claim back; the last one to do so stops the server. Close the connections before. May be called twice. */
  close(): Promise<void>;
};

export type EmbeddedServerOptions = {
  readonly dataFolder: string;
  /** `exclusive` for the one process that serves, `shared` for commands beside it. */
  readonly claim: Claim;
  readonly clock: Clock;
  readonly log?: (event: string, details: SafeDetails) => void;
  /** Further PostgreSQL settings; they count only for a server that this call starts. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The `bin` folder of a PostgreSQL on this machine, to be used in place of the bundled programs. */
  readonly binFolder?: string;
  /** Where the npm package with the bundled programs lies; found by its name when left out. */
  readonly packageFolder?: string;
};

const lockPatience = Temporal.Duration.from({ minutes: 2 });
const stopPatience = {
  fastPatience: Temporal.Duration.from({ minutes: 1 }),
  immediatePatience: Temporal.Duration.from({ seconds: 20 }),
};

/**
 * Opens the PostgreSQL server of a data folder: makes it at the first time, starts it when it does not run, attaches to it
 * when it does, also when the Hajiri that started it was killed.
 *
 * Fails with `data_folder_in_use` (a second exclusive claim), `data_folder_unusable` (rights, full disk),
 * `database_unsupported` (no programs for this platform) or `database_unavailable` (it does not start).
 */
export async function openEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw asFolderProblem(error, options.dataFolder);
    }
  };
  const server = await guarded(async () => open(options));
  return { ...server, close: async () => guarded(async () => server.close()) };
}

async function open(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const dataFolder = await prepareDataFolder(options.dataFolder);
  const clusterFolders = await listClusterFolders(dataFolder.path);
  const runAs = await chooseRunAs({
    owners: await Promise.all([...clusterFolders, dataFolder.path].map(async (folder) => stat(folder))),
    userId: process.getuid?.(),
    usersFile: '/etc/passwd',
  });
  await openDataFolderTo(runAs, dataFolder.path);
  const registry = createProcessRegistry({ folder: dataFolder.processesFolder, runAs });
  const locked = async <Result>(work: () => Promise<Result>): Promise<Result> =>
    withServerLock(
      {
        file: dataFolder.lockFile,
        dataFolder: dataFolder.path,
        runAs,
        clock: options.clock,
        patience: lockPatience,
      },
      work,
    );

  const { server, release } = await locked(async () => {
    const others = await registry.live();
    if (options.claim === 'exclusive') refuseSecondExclusive(others, dataFolder);
    const context = await makeContext(options, dataFolder, runAs);
    const unregister = await registry.register(options.claim);
    const release = async (): Promise<void> => {
      await unregister();
      await stopWhenUnused(registry, context);
    };
    try {
      return { server: await ensureServer(context, others.length > 0), release };
    } catch (error) {
      await release().catch(() => {});
      throw error;
    }
  });

  let closing: Promise<void> | undefined;
  return {
    connection: describeConnection(server),
    serverPid: server.pid,
    logFile: dataFolder.logFile,
    close: async () => {
      closing ??= locked(release);
      await closing;
    },
  };
}

function refuseSecondExclusive(
  others: readonly { readonly pid: number; readonly claim: Claim }[],
  dataFolder: DataFolder,
): void {
  const other = others.find(({ claim }) => claim === 'exclusive');
  if (other === undefined) return;
  throw new HajiriError(
    'data_folder_in_use',
    `Another Hajiri (process ${other.pid}) is already running on the data folder ${dataFolder.path}.`,
    { details: { pid: other.pid, folder: dataFolder.path } },
  );
}

async function makeContext(
  options: EmbeddedServerOptions,
  dataFolder: DataFolder,
  runAs: RunAs,
): Promise<ServerContext> {
  const binaries = await findPostgresBinaries({
    binFolder: options.binFolder,
    packageFolder: options.packageFolder,
    copiesFolder: dataFolder.copiesFolder,
    runAs,
  });
  const clusterFolder = clusterFolderFor(dataFolder.path, binaries.major);
  const present = await listClusterFolders(dataFolder.path);
  if (present.length > 0 && !present.includes(clusterFolder)) {
    // Going on would show an empty Hajiri to somebody whose data is one folder further.
    throw new HajiriError(
      'database_unsupported',
      `The database in ${present.join(', ')} was made by another major version of PostgreSQL than the one to be used now (${binaries.major}). Use the earlier version, make a backup and restore it into a new data folder.`,
      { details: { major: binaries.major } },
    );
  }
  return {
    dataFolder,
    clusterFolder,
    binaries,
    runAs,
    settings: options.settings ?? {},
    clock: options.clock,
    log: options.log ?? (() => {}),
  };
}

async function stopWhenUnused(registry: ProcessRegistry, context: ServerContext): Promise<void> {
  if ((await registry.live()).length > 0) return;
  const note = await readPostmasterNote(context.clusterFolder);
  if (note === undefined || !(await isPostmasterOf(note.pid, context.clusterFolder))) return;
  await stopPostmaster({
    pid: note.pid,
    clusterFolder: context.clusterFolder,
    logFile: context.dataFolder.logFile,
    clock: context.clock,
    ...stopPatience,
  });
  if (note.socketFolder !== undefined) await removeTemporarySocketFolder(note.socketFolder);
  context.log('embedded_server.stopped', { pid: note.pid });
}

function describeConnection(server: RunningServer): EmbeddedServer['connection'] {
  return {
    host: server.socketFolder,
    port: socketPort,
    user: superuser,
    password: server.password,
    database: databaseName,
  };
}
