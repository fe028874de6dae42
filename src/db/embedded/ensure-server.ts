import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Clock } from '../../clock/clock.ts';
import { HajiriError, type SafeDetails } from '../../errors/hajiri-error.ts';
import { askServer, makeDatabase } from './ask-server.ts';
import type { DataFolder } from './data-folder.ts';
import { folderUnusable } from './folder-problem.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { readPassword, writePassword } from './password-file.ts';
import { type PostgresBinaries, removeOtherCopies } from './platform-binaries.ts';
import { isPostmasterOf, isSameFolder, readPostmasterNote, stopPostmaster } from './postmaster.ts';
import { lookUpProcess } from './process-identity.ts';
import { giveTreeTo, type RunAs } from './run-as.ts';
import { chooseSocketFolder, prepareSocketFolder } from './socket-folder.ts';
import { startFailed, startPostmaster } from './start-postmaster.ts';

export type ServerContext = {
  readonly dataFolder: DataFolder;
  readonly clusterFolder: string;
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly settings: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly log: (event: string, details: SafeDetails) => void;
};

export type RunningServer = {
  readonly pid: number;
  readonly socketFolder: string;
  readonly password: string;
};

const answerPatience = Temporal.Duration.from({ seconds: 5 });
const remainsPatience = Temporal.Duration.from({ seconds: 20 });

/** Finds the running server of the cluster, or makes and starts it. Call under the server lock. */
export async function ensureServer(context: ServerContext, othersUseIt: boolean): Promise<RunningServer> {
  const password = await ensureCluster(context);
  const deadline = context.clock.now().add(remainsPatience);
  for (;;) {
    const found = await findServer(context, password);
    if (found.kind === 'serves') {
      const server = { pid: found.pid, socketFolder: found.socketFolder, password };
      await makeDatabase(server);
      context.log('embedded_server.attached', { pid: server.pid });
      return server;
    }
    if (found.kind === 'unresponsive') await stopUnresponsive(context, found.pid, othersUseIt);
    const socketFolder = chooseSocketFolder(context.dataFolder.path, tmpdir());
    await prepareSocketFolder({ socketFolder, dataFolder: context.dataFolder.path, runAs: context.runAs });
    await removeOtherCopies(context.dataFolder.copiesFolder, context.binaries);
    const result = await startPostmaster({
      ...context,
      dataFolder: context.dataFolder.path,
      logFile: context.dataFolder.logFile,
      socketFolder,
      password,
      recycledPid: found.kind === 'absent' ? found.recycledPid : undefined,
    });
    if (result.kind === 'started') {
      const server = { pid: result.pid, socketFolder, password };
      await makeDatabase(server);
      context.log('embedded_server.started', { pid: server.pid });
      return server;
    }
    if (Temporal.Instant.compare(context.clock.now(), deadline) >= 0) {
      throw startFailed(context.dataFolder.logFile, result.reason);
    }
    await context.clock.sleep(200);
  }
}

async function ensureCluster(context: ServerContext): Promise<string> {
  const { clusterFolder, dataFolder, runAs } = context;
  const isThere = await stat(clusterFolder).then(
    () => true,
    () => false,
  );
  const password = await readPassword(dataFolder.passwordFile);
  if (isThere) {
    if (password === undefined) {
      throw folderUnusable(
        dataFolder.path,
        `the database is there, but its password is not (${dataFolder.passwordFile})`,
      );
    }
    // A folder that root restored from a backup still belongs to root.
    await giveTreeTo(runAs, clusterFolder);
    return password;
  }
  const newPassword = password ?? (await writePassword(dataFolder.passwordFile, runAs));
  await initialiseCluster({
    ...context,
    passwordFile: dataFolder.passwordFile,
    durable: context.settings['fsync'] !== 'off',
  });
  context.log('embedded_server.initialised', { folder: clusterFolder });
  return newPassword;
}

type FoundServer =
  | { readonly kind: 'serves'; readonly pid: number; readonly socketFolder: string }
  | { readonly kind: 'unresponsive'; readonly pid: number }
  | { readonly kind: 'absent'; readonly recycledPid: number | undefined };

/** Looks for a server of this cluster. Its note tells where to ask; only the answer counts. */
async function findServer(context: ServerContext, password: string): Promise<FoundServer> {
  const { clusterFolder, clock } = context;
  let deadline = clock.now().add(answerPatience);
  for (;;) {
    const note = await readPostmasterNote(clusterFolder);
    if (note === undefined) return { kind: 'absent', recycledPid: undefined };
    const socketFolder = note.socketFolder ?? chooseSocketFolder(context.dataFolder.path, tmpdir());
    const answer = await askServer({ socketFolder, password });
    if (answer.kind === 'serves' && (await isSameFolder(answer.clusterFolder, clusterFolder))) {
      return { kind: 'serves', pid: await requireOurs(context, note.pid), socketFolder };
    }
    if (!(await isPostmasterOf(note.pid, clusterFolder))) {
      const isTaken = (await lookUpProcess(note.pid)).kind === 'alive';
      return { kind: 'absent', recycledPid: isTaken ? note.pid : undefined };
    }
    if (answer.kind === 'refuses') throw refused(context, note.pid, answer.sqlState);
    if (answer.kind === 'changing') deadline = clock.now().add(answerPatience);
    if (Temporal.Instant.compare(clock.now(), deadline) >= 0) return { kind: 'unresponsive', pid: note.pid };
    await clock.sleep(50);
  }
}

/** A server that answers and whose process is not here runs in another container that shares the folder. */
async function requireOurs(context: ServerContext, pid: number): Promise<number> {
  if ((await lookUpProcess(pid)).kind === 'alive') return pid;
  throw new HajiriError(
    'data_folder_in_use',
    `The database in ${context.dataFolder.path} is run by a Hajiri in another container.`,
    { details: { folder: context.dataFolder.path } },
  );
}

function refused(context: ServerContext, pid: number, sqlState: string): HajiriError {
  const reason = sqlState.startsWith('28')
    ? `it does not accept the password in ${context.dataFolder.passwordFile}`
    : `it answers with SQLSTATE ${sqlState}`;
  return new HajiriError(
    'database_unavailable',
    `The embedded database (process ${pid}) runs, but ${reason}. Its log is ${context.dataFolder.logFile}.`,
    { details: { pid, sqlState, logFile: context.dataFolder.logFile } },
  );
}

async function stopUnresponsive(context: ServerContext, pid: number, othersUseIt: boolean): Promise<void> {
  if (othersUseIt) {
    throw new HajiriError(
      'database_unavailable',
      `The embedded database (process ${pid}) does not answer, and another Hajiri is using it. Stop that one, then start again; the log is ${context.dataFolder.logFile}.`,
      { details: { pid, logFile: context.dataFolder.logFile } },
    );
  }
  context.log('embedded_server.unresponsive', { pid });
  await stopPostmaster({
    pid,
    clusterFolder: context.clusterFolder,
    clock: context.clock,
    fastPatience: Temporal.Duration.from({ seconds: 10 }),
    immediatePatience: Temporal.Duration.from({ seconds: 10 }),
  });
}
