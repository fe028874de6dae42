import { spawn } from 'node:child_process';
import type { Clock } from '../../clock/clock.ts';
import { errorCode } from '../../errors/error-code.ts';
import { askServer, diskFull } from './ask-server.ts';
import { folderUnusable } from './folder-problem.ts';
import type { PostgresBinaries } from './platform-binaries.ts';
import { readPostmasterNote } from './postmaster.ts';
import { type RunAs, spawnIdentity } from './run-as.ts';
import { programEnvironment } from './run-program.ts';
import { type LogLine, openServerLog, readFatalLines } from './server-log.ts';
import { serverRefuses, startFailed } from './server-problem.ts';
import { serverArguments } from './server-settings.ts';

export type StartOptions = {
  readonly binaries: PostgresBinaries;
  readonly dataFolder: string;
  readonly clusterFolder: string;
  readonly socketFolder: string;
  readonly password: string;
  readonly passwordFile: string;
  readonly logFile: string;
  readonly runAs: RunAs;
  readonly settings: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** The pid in a leftover postmaster.pid, when its process is known not to be a server of this cluster. */
  readonly recycledPid: number | undefined;
};

export type StartResult =
  | { readonly kind: 'started'; readonly pid: number }
  /** Something still holds the cluster: remains of a killed server, which end by themselves, or another server. */
  | { readonly kind: 'occupied'; readonly reason: string };

const lockFileExists = 'F0001';
const startPatience = Temporal.Duration.from({ seconds: 60 });

/** Starts the server and waits until it serves. */
export async function startPostmaster(options: StartOptions): Promise<StartResult> {
  const log = await openServerLog(options.logFile, options.runAs);
  try {
    const launched = launch(options, log.handle.fd);
    let deadline = options.clock.now().add(startPatience);
    while (launched.end === undefined) {
      const progress = await askProgress(options, launched.pid);
      if (progress.kind === 'serves') return { kind: 'started', pid: progress.pid };
      // It has the cluster and recovers after a crash, which takes as long as it takes.
      if (progress.kind === 'starting') deadline = options.clock.now().add(startPatience);
      if (Temporal.Instant.compare(options.clock.now(), deadline) >= 0) {
        throw startFailed(options.logFile, 'it did not answer in time');
      }
      await options.clock.sleep(10);
    }
    return explainEnd(options, launched.end, await readFatalLines(options.logFile, log.size));
  } finally {
    await log.handle.close();
  }
}

type Progress = { readonly kind: 'serves'; readonly pid: number } | { readonly kind: 'starting' | 'silent' };

/** Asks only a server that has noted that it is ready: refusals before that would fill its log. */
async function askProgress(options: StartOptions, pid: number | undefined): Promise<Progress> {
  const note = await readPostmasterNote(options.clusterFolder);
  if (note === undefined || note.pid !== pid) return { kind: 'silent' };
  if (!note.isReady) return { kind: 'starting' };
  const answer = await askServer(options);
  if (answer.kind === 'refuses') throw serverRefuses(options, note.pid, answer.sqlState);
  return answer.kind === 'serves' ? { kind: 'serves', pid: note.pid } : { kind: 'silent' };
}

type Launched = { pid?: number; end?: string };

/**
 * The server gets a session of its own and nothing of Hajiri's standard streams: Ctrl-C in the terminal does not reach it,
 * and a pipe that reads from Hajiri ends when Hajiri ends.
 */
function launch(options: StartOptions, logDescriptor: number): Launched {
  const launched: Launched = {};
  try {
    const child = spawn(options.binaries.postgres, serverArguments({ ...options, extra: options.settings }), {
      ...spawnIdentity(options.runAs),
      cwd: '/',
      env: { ...programEnvironment, ...allowRecycledPid(options.recycledPid) },
      detached: true,
      stdio: ['ignore', logDescriptor, logDescriptor],
    });
    child.unref();
    child.once('error', (error) => {
      launched.end = error.message;
    });
    child.once('exit', (exitCode, signal) => {
      launched.end = `exit code ${exitCode ?? signal ?? 'none'}`;
    });
    if (child.pid !== undefined) launched.pid = child.pid;
  } catch (error) {
    launched.end = errorCode(error) ?? 'unknown';
  }
  return launched;
}

/**
 * PostgreSQL refuses to start while the pid in a leftover postmaster.pid belongs to any living process of its user, except
 * its own ancestors (in a container, the same few pids come again at every start). A pid that is known to be another
 * program's is passed off as such an ancestor. Deleting the file instead would also switch off the check of the shared
 * memory of the earlier server, which this leaves in force.
 */
function allowRecycledPid(pid: number | undefined): Readonly<Record<string, string>> {
  return pid === undefined ? {} : { PG_GRANDPARENT_PID: String(pid) };
}

function explainEnd(options: StartOptions, reason: string, fatal: readonly LogLine[]): StartResult {
  if (fatal.some(({ sqlState }) => sqlState === lockFileExists)) {
    return { kind: 'occupied', reason: fatal[0]?.text ?? reason };
  }
  if (fatal.some(({ sqlState }) => sqlState === diskFull))
    throw folderUnusable(options.dataFolder, 'the disk is full');
  throw startFailed(options.logFile, fatal[0]?.text ?? reason);
}
