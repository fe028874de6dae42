import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Clock } from '../../clock/clock.ts';
import { errorCode } from '../../errors/error-code.ts';
import { HajiriError, type SafeDetails } from '../../errors/hajiri-error.ts';
import { lookUpProcess } from '../../processes/process-identity.ts';
import { askServer, diskFull, makeDatabase } from './ask-server.ts';
import type { DataFolder } from './data-folder.ts';
import { folderUnusable } from './folder-problem.ts';
import { initialiseCluster, removeUnfinished } from './initialise-cluster.ts';
import { readPassword, writePassword } from './password-file.ts';
import { type PostgresBinaries, removeOtherCopies } from './platform-binaries.ts';
import { isPostmasterOf, isSameFolder, readPostmasterNote, stopPostmaster } from './postmaster.ts';
import { giveTreeTo, type RunAs } from './run-as.ts';
import { serverRefuses, serverUnresponsive, startFailed } from './server-problem.ts';
import { chooseSocketFolder, prepareSocketFolder } from './socket-folder.ts';
import { type StartResult, startPostmaster } from './start-postmaster.ts';

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

/**
 * Finds the running server of the cluster, or makes and starts it. Call under the server lock. A start that finds the
 * cluster occupied begins again from the search: the remains of a killed server end by themselves, and a server whose
 * Hajiri was killed before the server had noted its pid is found the second time.
 */
export async function ensureServer(context: ServerContext, othersUseIt: boolean): Promise<RunningServer> {
  const password = await ensureCluster(context);
  const deadline = context.clock.now().add(remainsPatience);
  for (;;) {
    const found = await findServer(context, password);
    if (found.kind === 'serves') {
      context.log('embedded_server.attached', { pid: found.pid });
      return withDatabase(context, { ...found, password });
    }
    if (found.kind === 'unresponsive') await stopUnresponsive(context, found.pid, othersUseIt);
    const recycledPid = found.kind === 'absent' ? found.recycledPid : undefined;
    const { socketFolder, result } = await startServer(context, password, recycledPid);
    if (result.kind === 'started') {
      context.log('embedded_server.started', { pid: result.pid });
      return withDatabase(context, { pid: result.pid, socketFolder, password });
    }
    if (Temporal.Instant.compare(context.clock.now(), deadline) >= 0) {
      throw startFailed(context.dataFolder.logFile, result.reason);
    }
    await context.clock.sleep(200);
  }
}

async function startServer(
  context: ServerContext,
  password: string,
  recycledPid: number | undefined,
): Promise<{ readonly socketFolder: string; readonly result: StartResult }> {
  const { path: dataFolder, logFile, passwordFile, copiesFolder } = context.dataFolder;
  const socketFolder = chooseSocketFolder(dataFolder, tmpdir());
  await prepareSocketFolder({ socketFolder, dataFolder, runAs: context.runAs });
  await removeOtherCopies(copiesFolder, context.binaries);
  const result = await startPostmaster({
    ...context,
    dataFolder,
    logFile,
    passwordFile,
    socketFolder,
    password,
    recycledPid,
  });
  return { socketFolder, result };
}

async function withDatabase(context: ServerContext, server: RunningServer): Promise<RunningServer> {
  try {
    await makeDatabase(server);
    return server;
  } catch (error) {
    const reason = errorCode(error) ?? 'unknown';
    if (reason === diskFull) throw folderUnusable(context.dataFolder.path, 'the disk is full', error);
    throw startFailed(context.dataFolder.logFile, `its database could not be made: ${reason}`, error);
  }
}

async function ensureCluster(context: ServerContext): Promise<string> {
  const { clusterFolder, dataFolder, runAs } = context;
  await removeUnfinished(dataFolder.path);
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
    if (answer.kind === 'refuses') throw serverRefuses(context.dataFolder, note.pid, answer.sqlState);
    if (answer.kind === 'changing') deadline = clock.now().add(answerPatience);
    if (Temporal.Instant.compare(clock.now(), deadline) >= 0) return { kind: 'unresponsive', pid: note.pid };
    await clock.sleep(50);
  }
}

/** A server that answers and whose process is not here is not ours to own: it runs in another container that shares the folder. */
async function requireOurs(context: ServerContext, pid: number): Promise<number> {
  if (await isPostmasterOf(pid, context.clusterFolder)) return pid;
  throw new HajiriError(
    'data_folder_in_use',
    `The database in ${context.dataFolder.path} runs in another container, or was started by hand.`,
    { details: { folder: context.dataFolder.path } },
  );
}

async function stopUnresponsive(context: ServerContext, pid: number, othersUseIt: boolean): Promise<void> {
  if (othersUseIt) {
    throw serverUnresponsive(
      context.dataFolder.logFile,
      pid,
      ', and another Hajiri is using it. Stop that one, then start again.',
    );
  }
  context.log('embedded_server.unresponsive', { pid });
  await stopPostmaster({
    pid,
    clusterFolder: context.clusterFolder,
    logFile: context.dataFolder.logFile,
    clock: context.clock,
    fastPatience: Temporal.Duration.from({ seconds: 10 }),
    immediatePatience: Temporal.Duration.from({ seconds: 10 }),
  });
}
