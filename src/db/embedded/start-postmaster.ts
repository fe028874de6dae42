import { spawn } from 'node:child_process';
import type { Clock } from '../../clock/clock.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { askServer } from './ask-server.ts';
import { folderUnusable } from './folder-problem.ts';
import type { PostgresBinaries } from './platform-binaries.ts';
import { readPostmasterNote } from './postmaster.ts';
import { type RunAs, spawnIdentity } from './run-as.ts';
import { programEnvironment } from './run-program.ts';
import { type LogLine, openServerLog, readFatalLines } from './server-log.ts';
import { serverArguments } from './server-settings.ts';

export type StartOptions = {
  readonly binaries: PostgresBinaries;
  readonly dataFolder: string;
  readonly clusterFolder: string;
  readonly socketFolder: string;
  readonly password: string;
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
const diskFull = '53100';
const startPatience = Temporal.Duration.from({ seconds: 60 });

/**
 * Starts the server and waits until it serves. It runs in a session of its own and keeps nothing of Hajiri's standard
 * streams: Ctrl-C in the terminal does not reach it, and a pipe that reads from Hajiri ends when Hajiri ends.
 */
export async function startPostmaster(options: StartOptions): Promise<StartResult> {
  const log = await openServerLog(options.logFile, options.runAs);
  try {
    const child = spawn(options.binaries.postgres, serverArguments({ ...options, extra: options.settings }), {
      ...spawnIdentity(options.runAs),
      cwd: '/',
      env: { ...programEnvironment, ...allowRecycledPid(options.recycledPid) },
      detached: true,
      stdio: ['ignore', log.handle.fd, log.handle.fd],
    });
    child.unref();
    const life: { end?: string } = {};
    child.once('error', (error) => {
      life.end = error.message;
    });
    child.once('exit', (exitCode, signal) => {
      life.end = `exit code ${exitCode ?? signal ?? 'none'}`;
    });

    let deadline = options.clock.now().add(startPatience);
    while (life.end === undefined) {
      const answer = await askServer(options);
      const note = await readPostmasterNote(options.clusterFolder);
      if (answer.kind === 'serves' && note !== undefined && note.pid === child.pid) {
        return { kind: 'started', pid: note.pid };
      }
      // Recovery after a crash takes as long as it takes.
      if (answer.kind === 'changing') deadline = options.clock.now().add(startPatience);
      if (Temporal.Instant.compare(options.clock.now(), deadline) >= 0) {
        throw startFailed(options.logFile, 'it did not answer in time');
      }
      await options.clock.sleep(20);
    }
    return explainEnd(options, life.end, await readFatalLines(options.logFile, log.size));
  } finally {
    await log.handle.close();
  }
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

export function startFailed(logFile: string, reason: string): HajiriError {
  return new HajiriError(
    'database_unavailable',
    `The embedded database did not start (${reason}). Its log is ${logFile}.`,
    { details: { logFile, reason } },
  );
}
